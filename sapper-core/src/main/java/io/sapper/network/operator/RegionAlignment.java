package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * RoIAlign (He and others, Mask R-CNN, 2017): regions read at points between the positions. What is read is a weighted
 * sum of rows and columns, so gradients reach the map; they do not reach the regions.
 */
final class RegionAlignment {
    private static final int MOST_SAMPLES = 1 << 12;

    private RegionAlignment() {}

    static List<long[]> sizes(Known known) {
        long[] shape = known.shape(0);
        long[] regions = known.shape(1);
        long[] images = known.shape(2);
        require(
                shape.length == 4
                        && regions.length == 2
                        && regions[1] == 4
                        && images.length == 1
                        && images[0] == regions[0],
                "regions of shape " + Sizes.text(regions) + " do not fit shape " + Sizes.text(shape));
        String mode = known.attributes().text("mode", "avg");
        require(mode.equals("avg") || mode.equals("max"), "mode " + mode + " is not known");
        return List.of(new long[] {
            regions[0], shape[1], size(known.attributes(), "output_height"), size(known.attributes(), "output_width")
        });
    }

    private static long size(Attributes attributes, String name) {
        long size = attributes.integer(name, 1);
        require(size >= 1, name + " of " + size);
        return size;
    }

    static Tensor align(Call call) {
        Tensor x = call.in(0);
        float[] regions = Regions.floats(call.reals(1));
        long[] images = call.integers(2);
        int height = (int) size(call.attributes(), "output_height");
        int width = (int) size(call.attributes(), "output_width");
        boolean max = call.attributes().text("mode", "avg").equals("max");
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            require(images[i] >= 0 && images[i] < x.size(0), "a region of image " + images[i] + " of " + x.size(0));
            float[] region = Regions.row(regions, i, 4);
            Points rows = Points.of(call.attributes(), region[1], region[3], height, (int) x.size(2));
            Points columns = Points.of(call.attributes(), region[0], region[2], width, (int) x.size(3));
            Tensor map = x.select(0, images[i]);
            all.add(max ? largest(map, rows, columns) : mean(map, rows, columns));
        }
        return all.isEmpty() ? x.new_zeros(0, x.size(1), height, width) : Made.stack(all, 0);
    }

    /**
     * Where one dimension is read.
     *
     * @param cells how many cells
     * @param samples points in a cell
     * @param low position before each point
     * @param high position after it
     * @param share weight of the latter; NaN for a point too far outside, where nothing is read
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and gone when the call is over
    private record Points(int cells, int samples, int[] low, int[] high, double[] share, int size) {
        static Points of(Attributes attributes, float from, float to, int cells, int size) {
            float scale = attributes.real("spatial_scale", 1);
            String mode = attributes.text("coordinate_transformation_mode", "half_pixel");
            require(
                    mode.equals("half_pixel") || mode.equals("output_half_pixel"),
                    "coordinate_transformation_mode " + mode + " is not known");
            boolean half = mode.equals("half_pixel");
            float begin = from * scale - (half ? 0.5f : 0);
            float span = to * scale - (half ? 0.5f : 0) - begin;
            span = half ? span : Math.max(span, 1);
            long ratio = attributes.integer("sampling_ratio", 0);
            double samples = ratio > 0 ? ratio : Math.max(0, Math.ceil(span / cells));
            support(samples <= MOST_SAMPLES, "a region that is read at more than " + MOST_SAMPLES + " points a cell");
            return of(begin, span / cells, cells, (int) samples, size);
        }

        private static Points of(float begin, float cell, int cells, int samples, int size) {
            int count = Math.multiplyExact(cells, samples);
            Points points = new Points(cells, samples, new int[count], new int[count], new double[count], size);
            for (int i = 0; i < count; i++) {
                int before = i / samples; // whole cells
                float at = begin + before * cell + (i % samples + 0.5f) * cell / samples;
                double inside = Math.max(at, 0);
                points.low[i] = (int) Math.min(inside, size - 1);
                points.high[i] = Math.min(points.low[i] + 1, size - 1);
                points.share[i] =
                        at < -1 || at > size ? Double.NaN : points.low[i] == size - 1 ? 0 : inside - points.low[i];
            }
            return points;
        }

        boolean reads(int point) {
            return !Double.isNaN(share[point]);
        }

        /** For each cell, the weight of each position in the mean of the cell's points. */
        double[] weights() {
            double[] weights = new double[Math.multiplyExact(cells, size)];
            for (int i = 0; i < share.length; i++) {
                if (reads(i)) {
                    int row = i / samples * size;
                    weights[row + low[i]] += (1 - share[i]) / samples;
                    weights[row + high[i]] += share[i] / samples;
                }
            }
            return weights;
        }
    }

    private static Tensor mean(Tensor map, Points rows, Points columns) {
        Tensor down = Made.reals(map, rows.weights(), rows.cells(), rows.size());
        Tensor across = Made.reals(map, columns.weights(), columns.cells(), columns.size());
        return torch.matmul(torch.matmul(down, map), across.t());
    }

    /** ONNX takes the largest of the four weighted numbers around all points, not of the points' own. */
    private static Tensor largest(Tensor map, Points rows, Points columns) {
        int cells = rows.cells() * columns.cells();
        int points = rows.samples() * columns.samples();
        if (points == 0) {
            return map.new_zeros(map.size(0), rows.cells(), columns.cells());
        }
        int count = Math.multiplyExact(Math.multiplyExact(cells, points), 4);
        long[] from = new long[count];
        double[] weights = new double[count];
        int at = 0;
        for (int cell = 0; cell < cells; cell++) {
            for (int point = 0; point < points; point++) {
                int row = cell / columns.cells() * rows.samples() + point / columns.samples();
                int column = cell % columns.cells() * columns.samples() + point % columns.samples();
                for (int corner = 0; corner < 4; corner++, at++) {
                    if (rows.reads(row) && columns.reads(column)) {
                        int y = corner < 2 ? rows.low()[row] : rows.high()[row];
                        int x = corner % 2 == 0 ? columns.low()[column] : columns.high()[column];
                        from[at] = (long) y * columns.size() + x;
                        weights[at] = (corner < 2 ? 1 - rows.share()[row] : rows.share()[row])
                                * (corner % 2 == 0 ? 1 - columns.share()[column] : columns.share()[column]);
                    }
                }
            }
        }
        return map.reshape(map.size(0), -1)
                .index_select(1, Made.row(map, from))
                .mul(Made.reals(map, weights, 1, count))
                .reshape(map.size(0), rows.cells(), columns.cells(), points * 4L)
                .amax(new long[] {3}, false);
    }
}
