package io.sapper.network;

import static io.sapper.network.Upgrades.until;

import java.util.List;

/** Older forms of layers, normalisations and of operators that arrange numbers. */
final class ShapeUpgrades {
    private static final String COORDINATES = "coordinate_transformation_mode";

    private ShapeUpgrades() {}

    static void add() {
        for (String name : List.of("Squeeze", "Unsqueeze")) {
            until(12, name, form -> form.integersToInput("axes", 1));
        }
        normalizations();
        arrangements();
        resizing();
        until(19, "GridSample", ShapeUpgrades::gridModes);
        for (String name : List.of("LSTM", "GRU", "RNN")) {
            until(6, name, form -> form.attributes.remove("output_sequence"));
        }
        until(8, "Scan", form -> form.operator = "Scan before opset 9"); // another operator, and not supported
        until(15, "RoiAlign", form -> form.attributes.putIfAbsent(COORDINATES, "output_half_pixel"));
    }

    private static void normalizations() {
        until(6, "Dropout", form -> form.attributes.remove("is_test"));
        until(11, "Dropout", form -> form.realToInput("ratio", 1));
        until(6, "BatchNormalization", form -> {
            form.attributes.remove("is_test");
            form.attributes.remove("consumed_inputs");
        });
        until(8, "BatchNormalization", form -> form.attributes.remove("spatial", 1L)); // else it is refused by name
        until(13, "BatchNormalization", ShapeUpgrades::onlyFirstOutput);
        until(5, "InstanceNormalization", form -> form.attributes.remove("consumed_inputs"));
    }

    private static void arrangements() {
        until(3, "Concat", form -> form.attributes.putIfAbsent("axis", 1L));
        until(4, "Reshape", form -> {
            form.attributes.remove("consumed_inputs");
            form.integersToInput("shape", 1);
        });
        until(12, "Split", form -> form.integersToInput("split", 1));
        until(9, "Slice", form -> {
            form.integersToInput("starts", 1);
            form.integersToInput("ends", 2);
            form.integersToInput("axes", 3);
        });
        until(1, "Pad", form -> form.integersToInput("paddings", 1));
        until(10, "Pad", form -> {
            form.integersToInput("pads", 1);
            form.realToInput("value", 2);
        });
        until(10, "Scatter", form -> form.operator = "ScatterElements");
    }

    /** Upsampling is resizing with the oldest coordinates, which opset 10 still had and opset 11 calls asymmetric. */
    private static void resizing() {
        until(8, "Upsample", form -> {
            if (form.attributes.containsKey("scales")) {
                float[] scales = form.set().reals("scales");
                form.attributes.remove("scales");
                form.input(1, new Initializer(List.of(scales.length), scales));
            }
        });
        until(9, "Upsample", ShapeUpgrades::asymmetric);
        until(10, "Resize", ShapeUpgrades::asymmetric);
    }

    private static void asymmetric(OnnxForm form) {
        form.operator = "Resize";
        form.attributes.put(COORDINATES, "asymmetric");
        form.attributes.put("nearest_mode", ""); // down where it grows, up where it shrinks
        if ("bilinear".equals(form.attributes.get("mode"))) {
            form.attributes.put("mode", "linear");
        }
        if (form.inputs.size() == 2) {
            form.inputs.add(1, ""); // the region of interest, which newer forms name before the scales
        }
    }

    private static void gridModes(OnnxForm form) {
        Object mode = form.attributes.get("mode");
        if ("bilinear".equals(mode)) {
            form.attributes.put("mode", "linear");
        } else if ("bicubic".equals(mode)) {
            form.attributes.put("mode", "cubic");
        }
    }

    /** Statistics of the training, which old exporters name though nobody reads them. */
    private static void onlyFirstOutput(OnnxForm form) {
        while (form.outputs.size() > 1) {
            form.outputs.remove(form.outputs.size() - 1);
        }
    }
}
