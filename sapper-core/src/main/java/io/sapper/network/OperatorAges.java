package io.sapper.network;

import java.util.HashMap;
import java.util.Map;

/**
 * The opsets that ONNX's own operators came with, and those they left with: a file that uses one outside of them means
 * something else, or nothing. Those that are older than the oldest opset that is read are not listed.
 */
final class OperatorAges {
    private static final Map<String, Integer> FIRST = new HashMap<>();
    private static final Map<String, Integer> LAST = Map.of("Upsample", 9, "Scatter", 10);

    static {
        from(7, "Acos Asin Atan Cos Multinomial Sin Tan");
        from(8, "Expand Scan");
        from(9, "Acosh Asinh Atanh Compress ConstantOfShape Cosh Erf EyeLike IsNaN MaxUnpool");
        from(9, "MeanVarianceNormalization NonZero OneHot Scatter Shrink Sign Sinh TfIdfVectorizer Where");
        from(10, "ConvInteger DequantizeLinear IsInf MatMulInteger Mod NonMaxSuppression QLinearConv QLinearMatMul");
        from(10, "QuantizeLinear Resize ReverseSequence RoiAlign StringNormalizer ThresholdedRelu");
        from(11, "BitShift CumSum Det DynamicQuantizeLinear GatherElements GatherND Range Round ScatterElements");
        from(11, "ScatterND Unique");
        from(12, "Celu Einsum GreaterOrEqual LessOrEqual NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss");
        from(14, "HardSwish Trilu");
        from(15, "Bernoulli CastLike");
        from(16, "GridSample");
        from(17, "BlackmanWindow DFT HammingWindow HannWindow LayerNormalization MelWeightMatrix STFT");
        from(18, "BitwiseAnd BitwiseNot BitwiseOr BitwiseXor CenterCropPad Col2Im GroupNormalization Mish");
        from(19, "DeformConv");
        from(20, "AffineGrid Gelu ImageDecoder");
        from(23, "Attention RMSNormalization RotaryEmbedding");
        from(24, "Swish TensorScatter");
    }

    private OperatorAges() {}

    private static void from(int opset, String operators) {
        for (String operator : operators.split(" ", -1)) {
            FIRST.put(operator, opset);
        }
    }

    /** Why an opset does not have an operator; empty where it does, or where that is not known. */
    static String problem(String operator, long opset) {
        if (opset < FIRST.getOrDefault(operator, 0)) {
            return "came with opset " + FIRST.get(operator) + ", and the file says that it uses " + opset;
        } else if (opset > LAST.getOrDefault(operator, Integer.MAX_VALUE)) {
            return "ended with opset " + LAST.get(operator) + ", and the file says that it uses " + opset;
        }
        return "";
    }
}
