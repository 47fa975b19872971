package io.sapper.network;

import static io.sapper.network.Upgrades.until;

import java.util.List;

/** Older forms of operators that compute number by number, reduce or choose. */
final class MathUpgrades {
    /** Settings of our own, for what the newest forms cannot say; {@code Aligned} and {@code Softmaxes} read them. */
    private static final String FROM = "broadcast_axis";

    private static final String FLAT = "flattened";

    private MathUpgrades() {}

    /** A file cannot have a setting of ours. */
    private static void own(String operator, String attribute) {
        until(Long.MAX_VALUE, operator, form -> {
            if (form.attributes.containsKey(attribute)) {
                throw new IllegalArgumentException("the attribute " + attribute + " is none of " + operator);
            }
        });
    }

    static void add() {
        for (String name : List.of("Add", "And", "Div", "Equal", "Greater", "Less", "Mul", "Or", "Pow", "Sub", "Xor")) {
            own(name, FROM);
            until(6, name, MathUpgrades::stretched);
        }
        own("PRelu", FROM);
        until(6, "PRelu", form -> form.attributes.put(FROM, 1L)); // one slope for each channel
        until(6, "Gemm", form -> form.attributes.remove("broadcast"));
        until(10, "Clip", MathUpgrades::bounds);
        until(9, "TopK", form -> form.integerToInput("k", 1));
        for (String name : List.of("Softmax", "LogSoftmax", "Hardmax")) {
            own(name, FLAT);
            until(12, name, MathUpgrades::flattened);
        }
        until(12, "ReduceSum", form -> form.integersToInput("axes", 1));
        for (String name : List.of(
                "ReduceL1",
                "ReduceL2",
                "ReduceLogSum",
                "ReduceLogSumExp",
                "ReduceMax",
                "ReduceMean",
                "ReduceMin",
                "ReduceProd",
                "ReduceSumSquare")) {
            until(17, name, form -> form.integersToInput("axes", 1));
        }
        until(19, "DFT", MathUpgrades::transformAxis);
    }

    /** The second input was stretched only on request, and from a dimension of the first that could be named. */
    private static void stretched(OnnxForm form) {
        form.attributes.remove("broadcast");
        Object axis = form.attributes.remove("axis");
        if (axis != null) {
            form.attributes.put(FROM, axis);
        }
    }

    private static void bounds(OnnxForm form) {
        form.realToInput("min", 1);
        form.realToInput("max", 2);
    }

    /** From the axis on, all dimensions were one; the first one was the default. */
    private static void flattened(OnnxForm form) {
        form.attributes.putIfAbsent("axis", 1L);
        form.attributes.put(FLAT, 1L);
    }

    private static void transformAxis(OnnxForm form) {
        form.attributes.putIfAbsent("axis", 1L);
        form.integerToInput("axis", 2);
    }
}
