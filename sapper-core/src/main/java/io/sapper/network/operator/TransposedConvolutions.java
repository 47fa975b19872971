package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Convolutions the other way round, in one, two and three dimensions: each number of the input is spread. */
final class TransposedConvolutions {
    private TransposedConvolutions() {}

    static List<OperatorType> types() {
        return List.of(type("ConvTranspose", TransposedConvolutions::convolution)
                .inputs(2, 3)
                .attributes(Windows.ATTRIBUTES)
                .attributes("group", "output_padding", "output_shape")
                .weights(1, 2)
                .sizes(TransposedConvolutions::sizes)
                .traits(Trait.LAYER)
                .build());
    }

    /**
     * Which part of all that was spread is the result.
     *
     * @param before how much is cut off at the beginning
     * @param size what is left; reaches beyond the end where that is asked for
     * @param full size of all that was spread
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and gone when the call is over
    private record Part(long[] before, long[] size, long[] full) {
        /** As libtorch's {@code pad} wants it. */
        long[] padding() {
            long[] padding = new long[2 * size.length];
            for (int i = 0; i < size.length; i++) {
                padding[2 * (size.length - 1 - i)] = -before[i];
                padding[2 * (size.length - 1 - i) + 1] = size[i] + before[i] - full[i];
            }
            return padding;
        }
    }

    private static Part part(Attributes attributes, long[] input, long[] weights) {
        int dimensions = input.length - 2;
        long[] kernel = Arrays.copyOfRange(weights, 2, weights.length);
        long[] named = attributes.integers("kernel_shape", kernel);
        require(
                Arrays.equals(named, kernel),
                "weights " + Sizes.text(weights) + " are not of kernel " + Sizes.text(named));
        long[] strides = Windows.list(attributes, "strides", dimensions, 1);
        long[] dilations = Windows.list(attributes, "dilations", dimensions, 1);
        long[] extra = Windows.list(attributes, "output_padding", dimensions, 0);
        Windows.checkSteps(kernel, strides, dilations);
        long[] full = new long[dimensions];
        long[] spread = new long[dimensions];
        for (int i = 0; i < dimensions; i++) {
            full[i] = strides[i] * (input[i + 2] - 1) + dilations[i] * (kernel[i] - 1) + 1;
            spread[i] = full[i] + extra[i];
            require(extra[i] >= 0, "output_padding of " + Sizes.text(extra));
        }
        Part found = place(attributes, Arrays.copyOfRange(input, 2, input.length), strides, spread, full);
        require(
                Arrays.stream(found.size()).allMatch(size -> size >= 1),
                "its result would be of size " + Sizes.text(found.size()));
        return found;
    }

    private static Part place(Attributes attributes, long[] input, long[] strides, long[] spread, long[] full) {
        int dimensions = input.length;
        long[] before = new long[dimensions];
        long[] size = new long[dimensions];
        String auto = attributes.text("auto_pad", "NOTSET");
        boolean same = auto.equals("SAME_UPPER") || auto.equals("SAME_LOWER");
        require(same || auto.equals("NOTSET") || auto.equals("VALID"), "auto_pad " + auto + " is not known");
        if (!same && !attributes.has("output_shape")) {
            long[] pads = Windows.list(attributes, "pads", 2 * dimensions, 0);
            for (int i = 0; i < dimensions && auto.equals("NOTSET"); i++) {
                before[i] = pads[i];
                size[i] = spread[i] - pads[i] - pads[i + dimensions];
            }
            return new Part(before, auto.equals("NOTSET") ? size : spread, full);
        }
        long[] asked = asked(attributes, dimensions);
        for (int i = 0; i < dimensions; i++) {
            size[i] = asked == null ? input[i] * strides[i] : asked[i];
            long total = Math.max(0, spread[i] - size[i]);
            before[i] = auto.equals("SAME_UPPER") ? total / 2 : total - total / 2;
        }
        return new Part(before, size, full);
    }

    /** The sizes asked for; some exporters name those of images and channels too. */
    private static long @org.jspecify.annotations.Nullable [] asked(Attributes attributes, int dimensions) {
        if (!attributes.has("output_shape")) {
            return null;
        }
        long[] shape = attributes.integers("output_shape");
        require(
                shape.length == dimensions || shape.length == dimensions + 2,
                "output_shape of " + shape.length + " numbers for " + dimensions + " dimension(s)");
        return Arrays.copyOfRange(shape, shape.length - dimensions, shape.length);
    }

    private static List<long[]> sizes(Known known) {
        long[] input = known.shape(0);
        long[] weights = known.shape(1);
        long groups = known.attributes().integer("group", 1);
        require(input.length >= 3, "needs channels and positions, not shape " + Sizes.text(input));
        require(
                weights.length == input.length && groups >= 1 && weights[0] == input[1] && weights[0] % groups == 0,
                "weights " + Sizes.text(weights) + " in " + groups + " group(s) do not fit an input of shape "
                        + Sizes.text(input));
        long channels = Math.multiplyExact(weights[1], groups);
        if (known.has(2)) {
            support(
                    Arrays.equals(known.shape(2), new long[] {channels}),
                    "its bias does not have " + channels + " numbers");
        }
        long[] size = part(known.attributes(), input, weights).size();
        long[] shape = new long[input.length];
        shape[0] = input[0];
        shape[1] = channels;
        System.arraycopy(size, 0, shape, 2, size.length);
        return List.of(shape);
    }

    /**
     * All that is spread, then the part that is wanted: libtorch knows neither uneven padding nor results larger than
     * its own. The bias comes last, for it stands also where nothing was spread to.
     */
    private static Tensor convolution(Call call) {
        Tensor x = call.in(0);
        Tensor weights = call.in(1);
        Part part = part(call.attributes(), x.shape(), weights.shape());
        Tensor result = spread(call.attributes(), x, weights);
        if (!Arrays.equals(part.full(), part.size())
                || Arrays.stream(part.before()).anyMatch(cut -> cut != 0)) {
            result = torch.constant_pad_nd(result, part.padding(), new Scalar(0.0));
        }
        if (!call.has(2)) {
            return result;
        }
        long[] perChannel = new long[(int) x.dim()];
        Arrays.fill(perChannel, 1);
        perChannel[1] = -1;
        return result.add(call.in(2).reshape(perChannel));
    }

    private static Tensor spread(Attributes attributes, Tensor x, Tensor weights) {
        int dimensions = (int) x.dim() - 2;
        long[] strides = Windows.list(attributes, "strides", dimensions, 1);
        long[] dilations = Windows.list(attributes, "dilations", dimensions, 1);
        long groups = attributes.integer("group", 1);
        long[] none = new long[dimensions];
        TensorOptional bias = new TensorOptional();
        return switch (dimensions) {
            case 1 -> torch.conv_transpose1d(x, weights, bias, strides, none, none, groups, dilations);
            case 2 -> torch.conv_transpose2d(x, weights, bias, strides, none, none, groups, dilations);
            case 3 -> torch.conv_transpose3d(x, weights, bias, strides, none, none, groups, dilations);
            default ->
                throw new IllegalArgumentException(
                        "a transposed convolution in " + dimensions + " dimensions is not supported");
        };
    }
}
