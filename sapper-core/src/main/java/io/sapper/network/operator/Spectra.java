package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.axis;
import static io.sapper.network.operator.Sizes.require;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.StringViewOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Fourier transforms. Complex numbers stand as pairs of real ones along the last dimension. */
final class Spectra {
    private Spectra() {}

    static List<OperatorType> types() {
        return List.of(
                type("DFT", Spectra::transform)
                        .inputs(1, 3)
                        .attributes("inverse", "onesided")
                        .sizes(Spectra::transformSizes)
                        .build(),
                type("STFT", Spectra::shortTime)
                        .inputs(2, 4)
                        .attributes("onesided")
                        .sizes(Spectra::shortTimeSizes)
                        .build());
    }

    private static int along(long named, int rank) {
        int axis = axis(named, rank);
        require(rank >= 2 && axis < rank - 1, "axis " + named + " is that of real and imaginary parts");
        return axis;
    }

    private static long one(long... values) {
        require(values.length == 1, "needs one axis and one length, not " + values.length);
        return values[0];
    }

    private static void complex(long[] shape) {
        long parts = shape[shape.length - 1];
        require(parts == 1 || parts == 2, "its last dimension is 1 or 2 parts of a number, not " + parts);
    }

    private static long length(Attributes set, long[] named, long size) {
        boolean half = set.flag("inverse") && set.flag("onesided");
        return named.length > 0 ? one(named) : half ? 2 * (size - 1) : size;
    }

    private static List<long[]> transformSizes(Known known) {
        long[] shape = known.shape(0).clone();
        Attributes set = known.attributes();
        int axis = along(known.has(2) ? one(known.integers(2)) : -2, shape.length);
        complex(shape);
        long length = length(set, known.has(1) ? known.integers(1) : new long[0], shape[axis]);
        require(length >= 1, "a transform of length " + length);
        boolean half = set.flag("onesided");
        shape[axis] = half && !set.flag("inverse") ? length / 2 + 1 : length;
        shape[shape.length - 1] = half && set.flag("inverse") ? 1 : 2;
        return List.of(shape);
    }

    private static Tensor transform(Call call) {
        Tensor x = Types.needReal(call.in(0));
        int axis = along(one(call.integers(2, -2)), x.shape().length);
        Attributes set = call.attributes();
        long length = length(set, call.integers(1), x.size(axis));
        boolean half = set.flag("onesided");
        LongOptional size = new LongOptional(length);
        if (half && !set.flag("inverse")) {
            require(x.size(-1) == 1, "onesided needs real numbers");
            return torch.view_as_real(torch.fft_rfft(x.select(-1, 0), size, axis, usual()));
        }
        Tensor numbers = numbers(x);
        if (half) {
            return torch.fft_irfft(numbers, size, axis, usual()).unsqueeze(-1);
        }
        Tensor made = set.flag("inverse")
                ? torch.fft_ifft(numbers, size, axis, usual())
                : torch.fft_fft(numbers, size, axis, usual());
        return torch.view_as_real(torch.resolve_conj(made)); // of real numbers it is conjugated lazily
    }

    /** Divided by the length on the way back. Not kept: a scope may free what is made inside it. */
    private static StringViewOptional usual() {
        return new StringViewOptional();
    }

    private static Tensor numbers(Tensor pairs) {
        return pairs.size(-1) == 1 ? pairs.select(-1, 0) : torch.view_as_complex(pairs.contiguous());
    }

    private static long[] frames(long[] signal, long[] steps, long[] length, long[] window, boolean half) {
        require(signal.length == 3, "needs a signal of shape [count, length, 1 or 2]");
        complex(signal);
        long frame = length.length > 0 ? length[0] : window.length > 0 ? window[0] : signal[1];
        require(window.length == 0 || window[0] == frame, "its window does not have the frame's length " + frame);
        require(steps.length == 1 && steps[0] >= 1, "needs a step of at least 1");
        require(frame >= 1 && frame <= signal[1], "a frame of " + frame + " does not fit a signal of " + signal[1]);
        return new long[] {signal[0], (signal[1] - frame) / steps[0] + 1, half ? frame / 2 + 1 : frame, 2};
    }

    private static boolean half(Attributes set) {
        return set.integer("onesided", 1) != 0;
    }

    private static List<long[]> shortTimeSizes(Known known) {
        return List.of(frames(
                known.shape(0),
                known.integers(1),
                known.has(3) ? known.integers(3) : new long[0],
                known.has(2) ? known.shape(2) : new long[0],
                half(known.attributes())));
    }

    private static Tensor shortTime(Call call) {
        Tensor signal = Types.needReal(call.in(0));
        boolean half = half(call.attributes());
        require(!half || signal.size(-1) == 1, "onesided needs real numbers");
        long[] step = call.integers(1);
        long whole = call.has(2) ? call.in(2).size(0) : signal.size(1);
        long frame = call.integers(3, whole)[0];
        Tensor pieces = numbers(signal).unfold(1, frame, step[0]);
        Tensor weighted = call.has(2) ? torch.mul(pieces, call.in(2)) : pieces;
        LongOptional size = new LongOptional(frame);
        return torch.view_as_real(
                half ? torch.fft_rfft(weighted, size, -1, usual()) : torch.fft_fft(weighted, size, -1, usual()));
    }
}
