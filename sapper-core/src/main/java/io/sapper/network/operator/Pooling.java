package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Windows that keep one number of each channel. */
final class Pooling {
    private Pooling() {}

    static List<OperatorType> types() {
        return List.of(
                several("MaxPool", 2, Pooling::maxPool)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("ceil_mode", "storage_order")
                        .sizes(Pooling::sizes)
                        .traits(Trait.CHANNELWISE)
                        .build(),
                type("AveragePool", Pooling::averagePool)
                        .attributes(Windows.ATTRIBUTES)
                        .attributes("ceil_mode", "count_include_pad")
                        .sizes(Pooling::sizes)
                        .traits(Trait.CHANNELWISE)
                        .build(),
                type("GlobalAveragePool", Pooling::globalAverage)
                        .sizes(Pooling::globalSizes)
                        .traits(Trait.CHANNELWISE)
                        .build());
    }

    private static Windows windows(Attributes attributes, long[] input) {
        require(attributes.has("kernel_shape"), "its attribute kernel_shape is missing");
        return Windows.of(
                attributes,
                attributes.integers("kernel_shape"),
                Arrays.copyOfRange(input, Math.min(2, input.length), input.length),
                attributes.flag("ceil_mode"));
    }

    private static List<long[]> sizes(Known known) {
        long[] input = known.shape(0);
        require(input.length >= 3, "needs channels and positions, not shape " + Sizes.text(input));
        long[] output =
                windows(known.attributes(), input).output(Arrays.copyOfRange(input, 2, input.length));
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

    private static List<Tensor> maxPool(Call call) {
        Tensor x = call.in(0);
        Windows windows = windows(call.attributes(), x.shape());
        require(call.outputs() == 1 && !windows.ceil() && windows.kernel().length == 2, "this kind of pooling is not supported");
        long[] pads = windows.before();
        if (!windows.symmetric()) {
            x = torch.constant_pad_nd(x, windows.padding(), new Scalar(Double.NEGATIVE_INFINITY));
            pads = new long[pads.length];
        }
        return List.of(torch.max_pool2d(x, windows.kernel(), windows.strides(), pads, windows.dilations(), false));
    }

    private static Tensor averagePool(Call call) {
        Tensor x = call.in(0);
        Windows windows = windows(call.attributes(), x.shape());
        require(!windows.ceil() && windows.kernel().length == 2, "this kind of pooling is not supported");
        boolean padCounts = call.attributes().flag("count_include_pad");
        if (windows.symmetric()) {
            return mean(windows, x, windows.before(), padCounts);
        }
        long[] none = new long[windows.before().length];
        Tensor mean = mean(windows, torch.constant_pad_nd(x, windows.padding(), new Scalar(0.0)), none, true);
        if (padCounts) {
            return mean;
        }
        // Padded beforehand, zeros count as pixels: divide by the share of the window that is image.
        Tensor ones = torch.constant_pad_nd(torch.ones_like(x), windows.padding(), new Scalar(0.0));
        return mean.div(mean(windows, ones, none, true));
    }

    private static Tensor mean(Windows windows, Tensor x, long[] pads, boolean padCounts) {
        return torch.avg_pool2d(x, windows.kernel(), windows.strides(), pads, false, padCounts, new LongOptional());
    }

    private static Tensor globalAverage(Call call) {
        Tensor x = call.in(0);
        int positions = (int) x.dim() - 2;
        return switch (positions) {
            case 2 -> torch.adaptive_avg_pool2d(x, new long[] {1, 1});
            default -> throw new IllegalArgumentException("this kind of pooling is not supported");
        };
    }
}
