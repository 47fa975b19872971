package io.sapper.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What brings a node of an older opset to the newest form of its operator, so that whatever computes knows one form
 * only.
 */
final class Upgrades {
    /** The newest opset of ONNX's own domain whose operators are known here. */
    static final long NEWEST = 25;

    private static final Map<String, List<Step>> STEPS = new TreeMap<>();

    private record Step(long last, Consumer<OnnxForm> change) {}

    static {
        MathUpgrades.add();
        ShapeUpgrades.add();
    }

    private Upgrades() {}

    /** Applies to nodes of opsets up to {@code last}; of one operator, the older ones first. */
    static void until(long last, String operator, Consumer<OnnxForm> change) {
        STEPS.computeIfAbsent(operator, name -> new ArrayList<>()).add(new Step(last, change));
    }

    /** Brings one of ONNX's own operators to its newest form. */
    static void apply(OnnxForm form) {
        for (Step step : STEPS.getOrDefault(form.operator, List.of())) {
            if (form.version <= step.last()) {
                step.change().accept(form);
            }
        }
    }
}
