package io.sapper.network;

import static io.sapper.network.Upgrades.until;

import java.util.List;

/** Older forms of layers, normalisations and of operators that arrange numbers. */
final class ShapeUpgrades {
    private ShapeUpgrades() {}

    static void add() {
        for (String name : List.of("Squeeze", "Unsqueeze")) {
            until(12, name, form -> form.integersToInput("axes", 1));
        }
        until(6, "Dropout", form -> form.attributes.remove("is_test"));
        until(11, "Dropout", form -> form.realToInput("ratio", 1));
        until(6, "BatchNormalization", form -> {
            form.attributes.remove("is_test");
            form.attributes.remove("consumed_inputs");
        });
        until(8, "BatchNormalization", form -> form.attributes.remove("spatial"));
        until(13, "BatchNormalization", ShapeUpgrades::onlyFirstOutput);
    }

    /** Statistics of the training, which old exporters name though nobody reads them. */
    private static void onlyFirstOutput(OnnxForm form) {
        while (form.outputs.size() > 1) {
            form.outputs.remove(form.outputs.size() - 1);
        }
    }
}
