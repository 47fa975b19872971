package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Cutting out, filling up around, turning round. */
final class Slicing {
    private Slicing() {}

    static List<OperatorType> types() {
        return List.of(
                type("Slice", Slicing::slice)
                        .inputs(3, 5)
                        .sizes(Slicing::sliceSizes)
                        .build(),
                type("Pad", Slicing::pad)
                        .inputs(2, 4)
                        .attributes("mode")
                        .sizes(Slicing::padSizes)
                        .build(),
                type("CenterCropPad", Slicing::center)
                        .inputs(2)
                        .attributes("axes")
                        .sizes(known -> List.of(centered(known.shape(0), known.integers(1), known.attributes())))
                        .build(),
                type("Trilu", Slicing::triangle)
                        .inputs(1, 2)
                        .attributes("upper")
                        .sizes(Sizes::same)
                        .build(),
                type("ReverseSequence", Slicing::reverse)
                        .inputs(2)
                        .attributes("batch_axis", "time_axis")
                        .sizes(Sizes::same)
                        .build());
    }

    /** What is cut out along one dimension: {@code count} numbers from {@code start} on, {@code step} apart. */
    private record Cut(long start, long step, long count) {
        static Cut of(long size, long start, long end, long step) {
            require(step != 0, "steps of 0");
            long least = step > 0 ? 0 : -1; // backward it may go on to before the first
            long most = step > 0 ? size : size - 1;
            long from = Math.max(least, Math.min(most, start < 0 ? start + size : start));
            long to = Math.max(least, Math.min(most, end < 0 ? end + size : end));
            long span = step > 0 ? to - from : from - to;
            long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
            return new Cut(from, step, span <= 0 ? 0 : (span - 1) / stride + 1);
        }
    }

    /** For each dimension. */
    private static Cut[] cuts(long[] shape, long[] starts, long[] ends, long[] axes, long[] steps) {
        require(
                starts.length == ends.length && axes.length == starts.length && steps.length == starts.length,
                "starts, ends, axes and steps are not as many");
        Cut[] cuts = new Cut[shape.length];
        Arrays.setAll(cuts, i -> new Cut(0, 1, shape[i]));
        for (int i = 0; i < starts.length; i++) {
            int axis = Sizes.axis(axes[i], shape.length);
            cuts[axis] = Cut.of(shape[axis], starts[i], ends[i], steps[i]);
        }
        return cuts;
    }

    private static long[] first(int count) {
        return LongStream.range(0, count).toArray();
    }

    private static long[] ones(int count) {
        return LongStream.generate(() -> 1).limit(count).toArray();
    }

    private static List<long[]> sliceSizes(Known known) {
        long[] starts = known.integers(1);
        Cut[] cuts = cuts(
                known.shape(0),
                starts,
                known.integers(2),
                known.has(3) ? known.integers(3) : first(starts.length),
                known.has(4) ? known.integers(4) : ones(starts.length));
        return List.of(Arrays.stream(cuts).mapToLong(Cut::count).toArray());
    }

    private static Tensor slice(Call call) {
        Tensor x = call.in(0);
        long[] starts = call.integers(1);
        Cut[] cuts = cuts(
                x.shape(),
                starts,
                call.integers(2),
                call.integers(3, first(starts.length)),
                call.integers(4, ones(starts.length)));
        Tensor result = x.alias();
        for (int axis = 0; axis < cuts.length; axis++) {
            Cut cut = cuts[axis];
            if (cut.count() != x.size(axis) || cut.step() < 0) {
                result = cut(result, axis, cut);
            }
        }
        return result;
    }

    /** libtorch steps forward only: backward is forward, turned round. */
    private static Tensor cut(Tensor x, int axis, Cut cut) {
        if (cut.count() <= 1) {
            return x.narrow(axis, cut.count() == 0 ? 0 : cut.start(), cut.count());
        }
        long last = cut.start() + (cut.count() - 1) * cut.step();
        long low = Math.min(cut.start(), last);
        long high = Math.max(cut.start(), last);
        Tensor part = x.slice(axis, new LongOptional(low), new LongOptional(high + 1), Math.abs(cut.step()));
        return cut.step() < 0 ? part.flip(axis) : part;
    }

    /** Numbers to put before and behind each dimension; fewer than none where it is cut. */
    private static long[][] padding(long[] shape, long[] pads, long[] axes) {
        require(
                pads.length == 2 * axes.length,
                "pads of " + pads.length + " numbers for " + axes.length + " dimension(s)");
        long[][] padding = new long[2][shape.length];
        for (int i = 0; i < axes.length; i++) {
            int axis = Sizes.axis(axes[i], shape.length);
            padding[0][axis] = pads[i];
            padding[1][axis] = pads[i + axes.length];
        }
        return padding;
    }

    private static List<long[]> padSizes(Known known) {
        long[] shape = known.shape(0);
        long[][] padding = padding(shape, known.integers(1), known.has(3) ? known.integers(3) : first(shape.length));
        boolean constant = known.attributes().text("mode", "constant").equals("constant");
        long[] result = new long[shape.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.addExact(Math.addExact(shape[i], padding[0][i]), padding[1][i]);
            require(result[i] >= 0, "pads cut more than there is of shape " + Sizes.text(shape));
            require(
                    constant || shape[i] > 0 || result[i] == 0,
                    "there is nothing to repeat in shape " + Sizes.text(shape));
        }
        return List.of(result);
    }

    private static Tensor pad(Call call) {
        Tensor x = call.in(0);
        long[][] padding = padding(x.shape(), call.integers(1), call.integers(3, first((int) x.dim())));
        String mode = call.attributes().text("mode", "constant");
        if (mode.equals("constant")) {
            return constant(x, padding, call);
        }
        Tensor result = x.alias();
        for (int axis = 0; axis < x.dim(); axis++) {
            if (padding[0][axis] != 0 || padding[1][axis] != 0) {
                result = repeat(result, axis, padding[0][axis], padding[1][axis], mode);
            }
        }
        return result;
    }

    /** What is cut goes first: what is left is repeated. */
    private static Tensor repeat(Tensor x, int axis, long before, long after, String mode) {
        long from = Math.max(0, -before);
        long size = x.size(axis) - from - Math.max(0, -after);
        require(size > 0, "pads cut more than there is of shape " + Sizes.text(x.shape()));
        long[] at = LongStream.range(-Math.max(0, before), size + Math.max(0, after))
                .map(position -> from + source(mode, position, size))
                .toArray();
        return x.index_select(axis, Made.row(x, at));
    }

    private static Tensor constant(Tensor x, long[][] padding, Call call) {
        int rank = (int) x.dim();
        long[] all = new long[2 * rank];
        for (int i = 0; i < rank; i++) {
            all[2 * (rank - 1 - i)] = padding[0][i];
            all[2 * (rank - 1 - i) + 1] = padding[1][i];
        }
        boolean real = torch.isFloatingType(x.scalar_type());
        return torch.constant_pad_nd(
                x, all, real || !call.has(2) ? new Scalar(call.number(2, 0)) : new Scalar(call.integers(2)[0]));
    }

    /** Where the number at a position inside or outside comes from. */
    private static long source(String mode, long at, long size) {
        return switch (mode) {
            case "edge" -> Math.max(0, Math.min(size - 1, at));
            case "wrap" -> Math.floorMod(at, size);
            case "reflect" -> {
                long period = Math.max(1, 2 * (size - 1));
                long within = Math.floorMod(at, period);
                yield within < size ? within : period - within;
            }
            default -> throw new IllegalArgumentException("mode " + mode + " is not known");
        };
    }

    private static long[] centered(long[] shape, long[] wanted, Attributes attributes) {
        long[] axes = attributes.integers("axes", first(shape.length));
        require(
                wanted.length == axes.length && Arrays.stream(wanted).allMatch(size -> size >= 0),
                "a shape of " + Sizes.text(wanted) + " for " + axes.length + " dimension(s)");
        long[] result = shape.clone();
        for (int i = 0; i < axes.length; i++) {
            result[Sizes.axis(axes[i], shape.length)] = wanted[i];
        }
        return result;
    }

    private static Tensor center(Call call) {
        Tensor x = call.in(0);
        long[] wanted = centered(x.shape(), call.integers(1), call.attributes());
        int rank = wanted.length;
        long[] all = new long[2 * rank];
        for (int i = 0; i < rank; i++) {
            long more = wanted[i] - x.size(i);
            all[2 * (rank - 1 - i)] = more / 2; // towards zero: of odd ones the larger part lies behind
            all[2 * (rank - 1 - i) + 1] = more - more / 2;
        }
        return torch.constant_pad_nd(x, all, new Scalar(0.0));
    }

    private static Tensor triangle(Call call) {
        long diagonal = call.has(1) ? (long) call.number(1, 0) : 0;
        return call.attributes().integer("upper", 1) != 0
                ? torch.triu(call.in(0), diagonal)
                : torch.tril(call.in(0), diagonal);
    }

    /** The first numbers of each sequence turned round, as many as it is long. */
    private static Tensor reverse(Call call) {
        Tensor x = call.in(0);
        long time = call.attributes().integer("time_axis", 0);
        long batch = call.attributes().integer("batch_axis", 1);
        require(x.dim() >= 2 && time + batch == 1 && time * batch == 0, "time_axis " + time + ", batch_axis " + batch);
        Tensor sorted = time == 0 ? x : x.transpose(0, 1);
        Tensor turned = turned(sorted, call.in(1));
        return time == 0 ? turned : turned.transpose(0, 1);
    }

    /**
     * As {@link #reverse}.
     *
     * @param x shape [time, batch, ...]
     * @param lengths of each sequence of the batch
     */
    static Tensor turned(Tensor x, Tensor lengths) {
        long steps = x.size(0);
        long batch = x.size(1);
        require(
                lengths.dim() == 1 && lengths.size(0) == batch,
                "lengths of shape " + Sizes.text(lengths.shape()) + " for " + batch + " sequence(s)");
        long[] each = Call.integers(lengths);
        long[] from = new long[Math.toIntExact(steps * batch)];
        for (int t = 0; t < steps; t++) {
            for (int b = 0; b < batch; b++) {
                require(each[b] >= 0 && each[b] <= steps, "a sequence of length " + each[b] + " in " + steps);
                from[(int) (t * batch + b)] = (t < each[b] ? each[b] - 1 - t : t) * batch + b;
            }
        }
        long[] shape = x.shape();
        long[] flat = Arrays.copyOfRange(shape, 1, shape.length);
        flat[0] = steps * batch;
        return x.reshape(flat).index_select(0, Made.row(x, from)).reshape(shape);
    }
}
