package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Images and maps at other sizes: one dimension after the other, each number a weighted sum of a few. */
final class Resizing {
    private Resizing() {}

    static List<OperatorType> types() {
        return List.of(type("Resize", Resizing::resize)
                .inputs(1, 4)
                .attributes(
                        "antialias",
                        "axes",
                        "coordinate_transformation_mode",
                        "cubic_coeff_a",
                        "exclude_outside",
                        "extrapolation_value",
                        "keep_aspect_ratio_policy",
                        "mode",
                        "nearest_mode")
                .sizes(Resizing::sizes)
                .build());
    }

    /**
     * What becomes of one dimension.
     *
     * @param axis which
     * @param scale how much larger it is asked to get
     * @param size how large it gets, rounded
     * @param from where the region that is resized begins, as a share of the input
     * @param to where it ends
     */
    record Change(int axis, double scale, long size, double from, double to) {
        boolean changes(long input) {
            return scale != 1 || size != input || from != 0 || to != 1;
        }
    }

    private static int[] axes(Attributes attributes, int rank) {
        long[] all = attributes.integers("axes", LongStream.range(0, rank).toArray());
        return Arrays.stream(all).mapToInt(axis -> Sizes.axis(axis, rank)).toArray();
    }

    /**
     * What is asked for.
     *
     * @param region empty where there is none
     * @param scales empty where sizes are given
     * @param sizes empty where scales are given
     */
    private static List<Change> changes(
            Attributes attributes, long[] shape, double[] region, double[] scales, long[] sizes) {
        int[] axes = axes(attributes, shape.length);
        require(
                scales.length == 0 ^ sizes.length == 0 && scales.length + sizes.length == axes.length,
                scales.length + " scales and " + sizes.length + " sizes for " + axes.length + " dimension(s)");
        boolean crops = attributes.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize");
        require(
                !crops || region.length == 2 * axes.length,
                "a region of " + region.length + " numbers for " + axes.length + " dimension(s)");
        double common = sizes.length == 0 ? 0 : common(attributes, shape, axes, sizes);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < axes.length; i++) {
            long input = shape[axes[i]];
            double from = crops ? region[i] : 0;
            double to = crops ? region[i + axes.length] : 1;
            double scale = common > 0 ? common : sizes.length > 0 ? (double) sizes[i] / input : scales[i];
            require(scale > 0 || input == 0 || sizes.length > 0, "a scale of " + scale);
            long size = common > 0
                    ? (long) (common * input + 0.5)
                    : sizes.length > 0 ? sizes[i] : rounded(input, scale, crops ? to - from : 1);
            require(input > 0 ? size > 0 : size == 0, "a size of " + size + " of " + input);
            changes.add(new Change(axes[i], scale, size, from, to));
        }
        return changes;
    }

    /** Scales are 32-bit numbers: a product that is whole in 32 bits is meant to be whole. */
    private static long rounded(long input, double scale, double share) {
        return (long) Math.floor((float) input * (float) share * (float) scale);
    }

    /** The one scale of all dimensions where the ratio of the sides is kept; 0 where it is not. */
    private static double common(Attributes attributes, long[] shape, int[] axes, long[] sizes) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < axes.length; i++) {
            double scale = (double) sizes[i] / shape[axes[i]];
            least = Math.min(least, scale);
            most = Math.max(most, scale);
        }
        String policy = attributes.text("keep_aspect_ratio_policy", "stretch");
        return switch (policy) {
            case "stretch" -> 0;
            case "not_larger" -> least;
            case "not_smaller" -> most;
            default -> throw new IllegalArgumentException("keep_aspect_ratio_policy " + policy + " is not known");
        };
    }

    private static List<long[]> sizes(Known known) {
        Attributes attributes = known.attributes();
        boolean crops = attributes.text("coordinate_transformation_mode", "").equals("tf_crop_and_resize");
        long[] result = known.shape(0).clone();
        List<Change> changes = changes(
                attributes,
                result,
                crops && known.has(1) ? known.reals(1) : new double[0],
                known.has(2) ? known.reals(2) : new double[0],
                known.has(3) ? known.integers(3) : new long[0]);
        changes.forEach(change -> result[change.axis()] = change.size());
        return List.of(result);
    }

    private static Tensor resize(Call call) {
        Tensor x = call.in(0);
        List<Change> changes = changes(call.attributes(), x.shape(), call.reals(1), call.reals(2), call.integers(3));
        boolean nearest = call.attributes().text("mode", "nearest").equals("nearest");
        boolean real = torch.isFloatingType(x.scalar_type());
        Tensor result = nearest || real ? x.alias() : x.to(ScalarType.Double);
        List<Change> needed = changes.stream()
                .filter(change -> change.changes(x.size(change.axis())))
                .toList();
        Tensor plane = needed.isEmpty() ? null : PlaneResizing.resize(result, needed, call.attributes());
        if (plane != null) {
            return real ? plane : whole(plane, x);
        }
        for (Change change : needed) {
            result = along(result, change, call.attributes(), nearest);
        }
        return nearest || real ? result : whole(result, x);
    }

    /** The nearest whole numbers that the type has. */
    private static Tensor whole(Tensor values, Tensor like) {
        Tensor rounded = values.round();
        boolean bytes = like.scalar_type().intern() == ScalarType.Byte;
        boolean small = like.scalar_type().intern() == ScalarType.Char;
        Tensor within = bytes
                ? torch.clamp(rounded, option(0), option(255))
                : small ? torch.clamp(rounded, option(-128), option(127)) : rounded;
        return within.to(like.scalar_type());
    }

    private static org.bytedeco.pytorch.ScalarOptional option(double value) {
        return new org.bytedeco.pytorch.ScalarOptional(new Scalar(value));
    }

    private static Tensor along(Tensor x, Change change, Attributes attributes, boolean nearest) {
        long input = x.size(change.axis());
        Coordinates coordinates = Coordinates.of(attributes, change, input);
        if (nearest) {
            require(!attributes.flag("antialias"), "antialias does not go with the mode nearest");
            Tensor picked = picked(x, change.axis(), coordinates.nearest(attributes));
            return outside(picked, coordinates, change, attributes);
        }
        Taps taps = Taps.of(attributes, coordinates.at(), change.scale(), input);
        long[] column = new long[(int) x.dim()];
        Arrays.fill(column, 1);
        column[change.axis()] = change.size();
        Tensor sum = null;
        for (int tap = 0; tap < taps.count(); tap++) {
            Tensor part = x.index_select(change.axis(), Made.row(x, taps.positions(tap)))
                    .mul(Made.reals(x, taps.weights(tap), column));
            sum = sum == null ? part : sum.add(part);
        }
        return outside(sum == null ? x : sum, coordinates, change, attributes);
    }

    /** Numbers that are each repeated as often need no search: they are stretched, four times as fast. */
    private static Tensor picked(Tensor x, int axis, long[] from) {
        long input = x.size(axis);
        long times = from.length / input;
        for (int i = 0; i < from.length; i++) {
            if (times * input != from.length || from[i] != i / times) {
                return x.index_select(axis, Made.row(x, from));
            }
        }
        long[] stretched = new long[(int) x.dim() + 1];
        Arrays.fill(stretched, -1);
        stretched[axis + 1] = times;
        long[] shape = x.shape();
        shape[axis] = from.length;
        return x.unsqueeze(axis + 1L).expand(stretched).reshape(shape);
    }

    /** Where the region reaches beyond the input, a number of the node's own stands. */
    private static Tensor outside(Tensor x, Coordinates coordinates, Change change, Attributes attributes) {
        if (!coordinates.crops()) {
            return x;
        }
        boolean[] outside = coordinates.outside();
        double[] mask = new double[outside.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = outside[i] ? 1 : 0;
        }
        long[] column = new long[(int) x.dim()];
        Arrays.fill(column, 1);
        column[change.axis()] = mask.length;
        Tensor where = Tensor.create(mask, column).to(x.device(), ScalarType.Bool);
        return x.masked_fill(where, new Scalar((double) attributes.real("extrapolation_value", 0)));
    }
}
