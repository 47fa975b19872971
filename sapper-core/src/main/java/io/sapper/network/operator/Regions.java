package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.Known.NotKnown;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Parts of maps, and boxes. */
final class Regions {
    private Regions() {}

    static List<OperatorType> types() {
        return List.of(
                type("MaxRoiPool", Regions::maxPool)
                        .inputs(2)
                        .attributes("pooled_shape", "spatial_scale")
                        .sizes(Regions::maxPoolSizes)
                        .build(),
                type("RoiAlign", RegionAlignment::align)
                        .inputs(3)
                        .attributes(
                                "coordinate_transformation_mode",
                                "mode",
                                "output_height",
                                "output_width",
                                "sampling_ratio",
                                "spatial_scale")
                        .sizes(RegionAlignment::sizes)
                        .build(),
                type("NonMaxSuppression", Suppression::suppress)
                        .inputs(2, 5)
                        .attributes("center_point_box")
                        .sizes(known -> {
                            Suppression.check(known.shape(0), known.shape(1));
                            throw new NotKnown();
                        })
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("Col2Im", Blocks::together)
                        .inputs(3)
                        .attributes("dilations", "pads", "strides")
                        .sizes(Blocks::sizes)
                        .build());
    }

    private static long[] pooled(Attributes attributes) {
        long[] pooled = attributes.integers("pooled_shape");
        require(pooled.length == 2 && pooled[0] >= 1 && pooled[1] >= 1, "pooled_shape of " + Sizes.text(pooled));
        return pooled;
    }

    private static List<long[]> maxPoolSizes(Known known) {
        long[] shape = known.shape(0);
        long[] regions = known.shape(1);
        require(
                shape.length == 4 && regions.length == 2 && regions[1] == 5,
                "regions of shape " + Sizes.text(regions) + " do not fit shape " + Sizes.text(shape));
        long[] pooled = pooled(known.attributes());
        return List.of(new long[] {regions[0], shape[1], pooled[0], pooled[1]});
    }

    /** Each region in cells as equal as whole positions allow; of each cell the largest number, of none 0. */
    private static Tensor maxPool(Call call) {
        Tensor x = call.in(0);
        long[] pooled = pooled(call.attributes());
        float scale = call.attributes().real("spatial_scale", 1);
        double[] regions = call.reals(1);
        List<Tensor> all = new ArrayList<>();
        for (int at = 0; at < regions.length; at += 5) {
            long image = (long) regions[at];
            require(image >= 0 && image < x.size(0), "a region of image " + image + " of " + x.size(0));
            long[][] rows = cells(regions[at + 2], regions[at + 4], scale, pooled[0], x.size(2));
            long[][] columns = cells(regions[at + 1], regions[at + 3], scale, pooled[1], x.size(3));
            Tensor map = x.select(0, image);
            all.add(even(rows) && even(columns) ? atOnce(map, rows, columns) : largest(map, rows, columns));
        }
        return all.isEmpty() ? x.new_zeros(0, x.size(1), pooled[0], pooled[1]) : Made.stack(all, 0);
    }

    /** Whether cells are those that {@code adaptive_max_pool2d} makes of all that they cover. */
    private static boolean even(long[][] cells) {
        long first = cells[0][0];
        long all = cells[cells.length - 1][1] - first;
        for (int i = 0; i < cells.length; i++) {
            long begin = first + i * all / cells.length;
            long end = first - Math.floorDiv(-(i + 1) * all, cells.length);
            if (all < 1 || cells[i][0] != begin || cells[i][1] != end) {
                return false;
            }
        }
        return true;
    }

    /** One call for a region in place of one for each cell; the usual case, for regions lie on the map. */
    private static Tensor atOnce(Tensor map, long[][] rows, long[][] columns) {
        Tensor part = part(part(map, 1, rows), 2, columns);
        return torch.adaptive_max_pool2d(part, rows.length, columns.length).get0();
    }

    private static Tensor part(Tensor map, int axis, long[][] cells) {
        return map.narrow(axis, cells[0][0], cells[cells.length - 1][1] - cells[0][0]);
    }

    private static Tensor largest(Tensor map, long[][] rows, long[][] columns) {
        List<Tensor> lines = new ArrayList<>();
        for (long[] row : rows) {
            List<Tensor> cells = new ArrayList<>();
            Tensor line = largest(map, row, 1);
            for (long[] column : columns) {
                cells.add(row[0] >= row[1] ? map.new_zeros(map.size(0)) : largest(line, column, 1));
            }
            lines.add(Made.stack(cells, 1));
        }
        return Made.stack(lines, 1);
    }

    private static Tensor largest(Tensor x, long[] span, int axis) {
        if (span[0] < span[1]) {
            return x.narrow(axis, span[0], span[1] - span[0]).amax(new long[] {axis}, false);
        }
        return x.dim() == 2 ? x.new_zeros(x.size(0)) : x.new_zeros(x.size(0), x.size(2));
    }

    /** Begin and end of each cell along one dimension. */
    private static long[][] cells(double from, double to, float scale, long count, long size) {
        long first = rounded((float) from * scale);
        long last = rounded((float) to * scale);
        float each = (float) Math.max(last - first + 1, 1) / count;
        long[][] cells = new long[Math.toIntExact(count)][];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new long[] {
                within((long) Math.floor(i * each) + first, size),
                within((long) Math.ceil((i + 1) * each) + first, size)
            };
        }
        return cells;
    }

    private static long within(long at, long size) {
        return Math.max(0, Math.min(size, at));
    }

    /** Halves away from zero. */
    private static long rounded(float value) {
        return (long) (value < 0 ? Math.ceil(value - 0.5f) : Math.floor(value + 0.5f));
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static float[] row(float[] values, int row, int width) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
}
