package io.sapper.network;

import static io.sapper.network.Upgrades.until;

import java.util.List;
import java.util.Locale;

/** Older forms of operators that compute number by number, reduce or choose. */
final class MathUpgrades {
    /** Operators of the first opsets that said which inputs they overwrite. */
    private static final List<String> CONSUMING = List.of(
            "Abs", "Add", "Ceil", "Clip", "Div", "Elu", "Exp", "Floor", "HardSigmoid", "LeakyRelu", "Log", "Max",
            "Mean", "Min", "Mul", "Neg", "PRelu", "Reciprocal", "Relu", "Selu", "Sigmoid", "Sqrt", "Sub", "Sum",
            "Tanh");

    private MathUpgrades() {}

    static void add() {
        CONSUMING.forEach(name -> until(5, name, form -> form.attributes.remove("consumed_inputs")));
        for (String name : List.of(
                "Add", "And", "Div", "Equal", "Greater", "Less", "Mul", "Or", "Pow", "Sub", "Xor")) {
            until(6, name, MathUpgrades::stretched);
        }
        until(6, "PRelu", form -> form.attributes.put("broadcast_axis", 1L)); // one slope for each channel
        until(6, "Gemm", form -> form.attributes.remove("broadcast"));
        until(5, "Selu", MathUpgrades::roundedSelu);
        until(5, "Cast", MathUpgrades::typeByName);
        until(10, "Clip", MathUpgrades::bounds);
        until(9, "TopK", form -> form.integerToInput("k", 1));
        for (String name : List.of("Softmax", "LogSoftmax", "Hardmax")) {
            until(12, name, MathUpgrades::flattened);
        }
        until(12, "ReduceSum", form -> form.integersToInput("axes", 1));
        for (String name : List.of(
                "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin",
                "ReduceProd", "ReduceSumSquare")) {
            until(17, name, form -> form.integersToInput("axes", 1));
        }
        until(19, "DFT", MathUpgrades::transformAxis);
    }

    /** The second input was stretched only on request, and from a dimension of the first that could be named. */
    private static void stretched(OnnxForm form) {
        form.attributes.remove("broadcast");
        Object axis = form.attributes.remove("axis");
        if (axis != null) {
            form.attributes.put("broadcast_axis", axis);
        }
    }

    /** Its first form rounded the constants that it does without settings. */
    private static void roundedSelu(OnnxForm form) {
        form.attributes.putIfAbsent("alpha", 1.6732f);
        form.attributes.putIfAbsent("gamma", 1.0507f);
    }

    private static void typeByName(OnnxForm form) {
        if (form.attributes.get("to") instanceof String name) {
            try {
                long number = ElementType.valueOf(name.toUpperCase(Locale.ROOT)).onnx();
                form.attributes.put("to", number);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the element type " + name + " is not supported", e);
            }
        }
    }

    private static void bounds(OnnxForm form) {
        form.realToInput("min", 1);
        form.realToInput("max", 2);
    }

    /** From the axis on, all dimensions were one; the first one was the default. */
    private static void flattened(OnnxForm form) {
        form.attributes.putIfAbsent("axis", 1L);
        form.attributes.put("flattened", 1L);
    }

    private static void transformAxis(OnnxForm form) {
        form.attributes.putIfAbsent("axis", 1L);
        form.integerToInput("axis", 2);
    }
}
