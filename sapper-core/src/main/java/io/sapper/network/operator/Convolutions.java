package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Convolutions in one, two and three dimensions. */
final class Convolutions {
    private Convolutions() {}

    static List<OperatorType> types() {
        return List.of(type("Conv", Convolutions::convolution)
                .inputs(2, 3)
                .attributes(Windows.ATTRIBUTES)
                .attributes("group")
                .weights(1, 2)
                .sizes(Convolutions::sizes)
                .traits(Trait.LAYER)
                .build());
    }

    private static Windows windows(Attributes attributes, long[] input, long[] weights) {
        long[] kernel = Arrays.copyOfRange(weights, 2, weights.length);
        long[] named = attributes.integers("kernel_shape", kernel);
        require(
                Arrays.equals(named, kernel),
                "weights " + Sizes.text(weights) + " are not of kernel " + Sizes.text(named));
        return Windows.of(attributes, kernel, Arrays.copyOfRange(input, 2, input.length), false);
    }

    private static List<long[]> sizes(Known known) {
        long[] input = known.shape(0);
        long[] weights = known.shape(1);
        require(input.length >= 3, "needs channels and positions, not shape " + Sizes.text(input));
        require(
                weights.length == input.length,
                "weights " + Sizes.text(weights) + " do not fit an input of shape " + Sizes.text(input));
        long groups = known.attributes().integer("group", 1);
        require(
                groups >= 1 && input[1] == weights[1] * groups && weights[0] % groups == 0,
                "weights " + Sizes.text(weights) + " in " + groups + " group(s) do not fit " + input[1]
                        + " input channels");
        if (known.has(2)) {
            require(
                    Arrays.equals(known.shape(2), new long[] {weights[0]}),
                    "its bias does not have " + weights[0] + " numbers");
        }
        long[] positions = Arrays.copyOfRange(input, 2, input.length);
        long[] output = windows(known.attributes(), input, weights).output(positions);
        long[] shape = new long[input.length];
        shape[0] = input[0];
        shape[1] = weights[0];
        System.arraycopy(output, 0, shape, 2, output.length);
        return List.of(shape);
    }

    private static Tensor convolution(Call call) {
        Tensor x = call.in(0);
        Tensor weights = call.in(1);
        Windows windows = call.prepared(
                Windows.class, () -> windows(call.attributes(), call.in(0).shape(), weights.shape()));
        long[] pads = windows.before();
        if (!windows.symmetric()) { // libtorch pads the same on opposite sides; the rest is padded beforehand
            x = torch.constant_pad_nd(x, windows.padding(), new Scalar(0.0));
            pads = new long[pads.length];
        }
        long groups = call.attributes().integer("group", 1);
        return switch (pads.length) {
            case 1 -> torch.conv1d(x, weights, call.optional(2), windows.strides(), pads, windows.dilations(), groups);
            case 2 -> torch.conv2d(x, weights, call.optional(2), windows.strides(), pads, windows.dilations(), groups);
            case 3 -> torch.conv3d(x, weights, call.optional(2), windows.strides(), pads, windows.dilations(), groups);
            default -> throw new NotSupported("a convolution in " + pads.length + " dimensions is not supported");
        };
    }
}
