package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Windows that keep one number of each channel. */
final class Pooling {
    private Pooling() {}

    static List<OperatorType> types() {
        return List.of(
                several("MaxPool", 2, MaxPooling::pool)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("ceil_mode", "storage_order")
                        .sizes(Pooling::sizes)
                        .traits(Trait.CHANNELWISE)
                        .build(),
                type("MaxUnpool", MaxPooling::back)
                        .inputs(2, 3)
                        .attributes("kernel_shape", "pads", "strides")
                        .sizes(MaxPooling::backSizes)
                        .build(),
                type("AveragePool", Pooling::averagePool)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("ceil_mode", "count_include_pad")
                        .sizes(Pooling::sizes)
                        .traits(Trait.CHANNELWISE)
                        .build(),
                type("LpPool", Pooling::lpPool)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("ceil_mode", "p")
                        .sizes(Pooling::sizes)
                        .traits(Trait.CHANNELWISE)
                        .build(),
                type("GlobalAveragePool", Pooling::globalAverage)
                        .sizes(Pooling::globalSizes)
                        .traits(Trait.CHANNELWISE)
                        .build(),
                type("GlobalMaxPool", call -> call.in(0).amax(positions(call.in(0)), true))
                        .sizes(Pooling::globalSizes)
                        .traits(Trait.CHANNELWISE)
                        .build(),
                type("GlobalLpPool", Pooling::globalLp)
                        .attributes("p")
                        .sizes(Pooling::globalSizes)
                        .traits(Trait.CHANNELWISE)
                        .build());
    }

    static Windows windows(Attributes attributes, long[] input) {
        require(attributes.has("kernel_shape"), "its attribute kernel_shape is missing");
        long[] kernel = attributes.integers("kernel_shape");
        long[] pads = attributes.integers("pads");
        for (int i = 0; i < pads.length && kernel.length > 0; i++) { // else a window could lie outside the input
            long size = kernel[i % kernel.length];
            require(pads[i] < size, "pads of " + pads[i] + " are as wide as its window of " + size);
        }
        return Windows.of(
                attributes,
                kernel,
                Arrays.copyOfRange(input, Math.min(2, input.length), input.length),
                attributes.flag("ceil_mode"));
    }

    private static List<long[]> sizes(Known known) {
        long[] input = known.shape(0);
        require(input.length >= 3, "needs channels and positions, not shape " + Sizes.text(input));
        support(input.length <= 5, "pooling in " + (input.length - 2) + " dimensions is not supported");
        long[] output = windows(known.attributes(), input).output(Arrays.copyOfRange(input, 2, input.length));
        long[] shape = input.clone();
        System.arraycopy(output, 0, shape, 2, output.length);
        return java.util.Collections.nCopies(Math.max(1, known.outputs()), shape);
    }

    private static List<long[]> globalSizes(Known known) {
        long[] shape = known.shape(0).clone();
        require(shape.length >= 3, "needs channels and positions, not shape " + Sizes.text(shape));
        Arrays.fill(shape, 2, shape.length, 1);
        return List.of(shape);
    }

    /** Windows, and whether libtorch's own function means the same by them: it takes no padding wider than half. */
    private record Means(Windows windows, boolean simple) {
        static Means of(Call call) {
            Windows windows = Pooling.windows(call.attributes(), call.in(0).shape());
            long[] pads = windows.before();
            boolean narrow =
                    LongStream.range(0, pads.length).allMatch(i -> 2 * pads[(int) i] <= windows.kernel()[(int) i]);
            return new Means(windows, pads.length == 2 && windows.plain() && narrow);
        }
    }

    private static Tensor averagePool(Call call) {
        Tensor x = call.in(0);
        Means means = call.prepared(Means.class, () -> Means.of(call));
        Windows windows = means.windows();
        boolean padCounts = call.attributes().flag("count_include_pad");
        long[] pads = windows.before();
        if (means.simple()) {
            return torch.avg_pool2d(x, windows.kernel(), windows.strides(), pads, false, padCounts, new LongOptional());
        }
        Tensor sums = sums(windows, x);
        for (int i = 0; i < pads.length; i++) {
            double[] counts = windows.inside(i, x.size(i + 2), sums.size(i + 2), padCounts);
            Arrays.setAll(counts, at -> Math.max(1, counts[at])); // a window on padding alone sums to zero
            long[] shape = new long[(int) x.dim()];
            Arrays.fill(shape, 1);
            shape[i + 2] = counts.length;
            sums = sums.div(Made.reals(x, counts, shape));
        }
        return sums;
    }

    /** The sum of each window, with padding of zeros. */
    private static Tensor sums(Windows windows, Tensor x) {
        long[] shape = x.shape();
        long[] positions = Arrays.copyOfRange(shape, 2, shape.length);
        Windows all = windows.filled(positions);
        Tensor padded = torch.constant_pad_nd(x, all.padding(), new Scalar(0.0));
        long[] single = padded.shape();
        single[1] = 1;
        single[0] = Sizes.count(Arrays.copyOf(shape, 2));
        long[] ones = new long[shape.length];
        Arrays.fill(ones, 1);
        System.arraycopy(windows.kernel(), 0, ones, 2, positions.length);
        Tensor summed =
                convolve(padded.reshape(single), Made.filled(x, x.scalar_type().intern(), 1, ones), windows);
        long[] result = shape.clone();
        System.arraycopy(windows.output(positions), 0, result, 2, positions.length);
        return summed.reshape(result);
    }

    private static Tensor convolve(Tensor x, Tensor weights, Windows windows) {
        long[] none = new long[windows.kernel().length];
        TensorOptional bias = new TensorOptional();
        return switch (none.length) {
            case 1 -> torch.conv1d(x, weights, bias, windows.strides(), none, windows.dilations(), 1);
            case 2 -> torch.conv2d(x, weights, bias, windows.strides(), none, windows.dilations(), 1);
            default -> torch.conv3d(x, weights, bias, windows.strides(), none, windows.dilations(), 1);
        };
    }

    private static double power(Call call) {
        long p = call.attributes().integer("p", 2);
        require(p >= 1, "p of " + p);
        return p;
    }

    private static Tensor lpPool(Call call) {
        Tensor x = call.in(0);
        double p = power(call);
        Tensor sums = sums(windows(call.attributes(), x.shape()), x.abs().pow(new Scalar(p)));
        Tensor some = sums.gt(new Scalar(0.0)); // the root's slope at zero is infinite, and would spoil all gradients
        Tensor safe = torch.where(some, sums, torch.ones_like(sums));
        return torch.where(some, safe.pow(new Scalar(1 / p)), torch.zeros_like(sums));
    }

    private static Tensor globalLp(Call call) {
        Tensor x = call.in(0);
        return torch.norm(x, new org.bytedeco.pytorch.ScalarOptional(new Scalar(power(call))), positions(x), true);
    }

    private static long[] positions(Tensor x) {
        return LongStream.range(2, x.dim()).toArray();
    }

    private static Tensor globalAverage(Call call) {
        Tensor x = call.in(0);
        return x.dim() == 4
                ? torch.adaptive_avg_pool2d(x, new long[] {1, 1})
                : x.mean(positions(x), true, new org.bytedeco.pytorch.ScalarTypeOptional());
    }
}
