package io.sapper.network;

import io.sapper.network.Operator.AveragePool;
import io.sapper.network.Operator.BatchNormalization;
import io.sapper.network.Operator.Conv;
import io.sapper.network.Operator.MaxPool;
import io.sapper.network.Operator.Pads;
import io.sapper.network.Operator.Window;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** One operator on libtorch. */
final class Kernel {
    private static final long[] NO_PADS = {0, 0};
    private static final long[] POSITIONS = {1, 1};

    private Kernel() {}

    /** @param overwrite whether the first input may be changed in place: nobody else reads it */
    static Tensor run(Operator operator, List<Tensor> in, boolean overwrite) {
        Tensor x = in.get(0);
        if (operator instanceof Conv conv) {
            return convolution(conv, in);
        } else if (operator instanceof Operator.Gemm) {
            return torch.linear(x, in.get(1), optional(in, 2));
        } else if (operator instanceof Operator.Relu) {
            return relu(x, overwrite);
        } else if (operator instanceof MaxPool pool) {
            return maxPool(pool.window(), x);
        } else if (operator instanceof AveragePool pool) {
            return averagePool(pool, x);
        } else if (operator instanceof Operator.GlobalAveragePool) {
            return torch.adaptive_avg_pool2d(x, POSITIONS);
        } else if (operator instanceof Operator.Flatten) {
            return torch.flatten(x, 1, -1);
        } else if (operator instanceof Operator.Softmax) {
            return torch.softmax(x, -1);
        } else if (operator instanceof Operator.Add) {
            return torch.add(x, in.get(1));
        } else if (operator instanceof Operator.Mul) {
            return torch.mul(x, in.get(1));
        } else if (operator instanceof BatchNormalization norm) {
            return normalise(norm, in);
        }
        return x.alias();
    }

    private static Tensor relu(Tensor x, boolean overwrite) {
        if (!overwrite) {
            return torch.relu(x);
        }
        torch.relu_(x);
        return x;
    }

    private static Tensor convolution(Conv conv, List<Tensor> in) {
        Window window = conv.window();
        Tensor x = pad(window.pads(), in.get(0), 0);
        return torch.conv2d(
                x, in.get(1), optional(in, 2), strides(window), pads(window), dilations(window), conv.groups());
    }

    private static Tensor maxPool(Window window, Tensor x) {
        Tensor padded = pad(window.pads(), x, Float.NEGATIVE_INFINITY);
        return torch.max_pool2d(padded, kernel(window), strides(window), pads(window), dilations(window), false);
    }

    private static Tensor averagePool(AveragePool pool, Tensor x) {
        Pads pads = pool.window().pads();
        Tensor mean = mean(pool, pad(pads, x, 0));
        // Padded beforehand, zeros count as pixels: divide by the share of the window that is image.
        return pads.symmetric() || pool.countIncludePad()
                ? mean
                : mean.div(mean(pool, pad(pads, torch.ones_like(x), 0)));
    }

    private static Tensor mean(AveragePool pool, Tensor x) {
        Window window = pool.window();
        return torch.avg_pool2d(
                x, kernel(window), strides(window), pads(window), false, pool.countIncludePad(), new LongOptional());
    }

    private static Tensor normalise(BatchNormalization norm, List<Tensor> in) {
        return torch.batch_norm(
                in.get(0),
                new TensorOptional(in.get(1)),
                new TensorOptional(in.get(2)),
                new TensorOptional(in.get(3)),
                new TensorOptional(in.get(4)),
                false,
                0,
                norm.epsilon(),
                false);
    }

    /** libtorch pads the same on opposite sides; the rest is padded beforehand. */
    private static Tensor pad(Pads pads, Tensor x, float value) {
        if (pads.symmetric()) {
            return x;
        }
        long[] widths = {pads.left(), pads.right(), pads.top(), pads.bottom()};
        return torch.constant_pad_nd(x, widths, new Scalar(value));
    }

    private static long[] pads(Window window) {
        Pads pads = window.pads();
        return pads.symmetric() ? new long[] {pads.top(), pads.left()} : NO_PADS;
    }

    private static long[] kernel(Window window) {
        return new long[] {window.height(), window.width()};
    }

    private static long[] strides(Window window) {
        return new long[] {window.strideHeight(), window.strideWidth()};
    }

    private static long[] dilations(Window window) {
        return new long[] {window.dilationHeight(), window.dilationWidth()};
    }

    private static TensorOptional optional(List<Tensor> in, int index) {
        return index < in.size() ? new TensorOptional(in.get(index)) : new TensorOptional();
    }
}
