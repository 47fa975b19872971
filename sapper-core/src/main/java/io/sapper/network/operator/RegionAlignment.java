package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * RoIAlign (He and others, Mask R-CNN, 2017): regions read at points between the positions. What is read is a weighted
 * sum of rows and columns, so gradients reach the map; they do not reach the regions.
 */
final class RegionAlignment {
    private static final int MOST_SAMPLES = 1 << 12;
    private static final long SUM = 0; // libtorch's number for the way to put them together

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
        Sums sums = new Sums();
        for (int i = 0; i < images.length; i++) {
            require(images[i] >= 0 && images[i] < x.size(0), "a region of image " + images[i] + " of " + x.size(0));
            float[] region = Regions.row(regions, i, 4);
            Points rows = Points.of(call.attributes(), region[1], region[3], height, (int) x.size(2));
            Points columns = Points.of(call.attributes(), region[0], region[2], width, (int) x.size(3));
            if (max) {
                all.add(largest(x.select(0, images[i]), rows, columns));
            } else {
                sums.add(images[i], rows, columns);
            }
        }
        if (images.length == 0) {
            return x.new_zeros(0, x.size(1), height, width);
        }
        return max ? Made.stack(all, 0) : sums.of(x, images.length, height, width);
    }

    /**
     * Of each cell the places that it reads and their weights. All cells of all regions are summed up at once, place by
     * place with all channels of it, so that memory is read in order, and the gradient is one map, not one for each
     * region.
     */
    private static final class Sums {
        private long[] places = new long[1 << 12];
        private double[] weights = new double[1 << 12];
        private long[] begins = new long[1 << 8];
        private int count;
        private int cells;

        void add(long image, Points rows, Points columns) {
            double[] down = rows.weights();
            double[] across = columns.weights();
            for (int row = 0; row < rows.cells(); row++) {
                for (int column = 0; column < columns.cells(); column++) {
                    begins = cells == begins.length ? Arrays.copyOf(begins, 2 * cells) : begins;
                    begins[cells++] = count;
                    add(image, rows, row, down, columns, column, across);
                }
            }
        }

        private void add(long image, Points rows, int row, double[] down, Points columns, int column, double[] across) {
            for (int y = rows.first(row); y <= rows.last(row); y++) {
                double weight = down[row * rows.size() + y];
                for (int x = columns.first(column); weight != 0 && x <= columns.last(column); x++) {
                    double both = weight * across[column * columns.size() + x];
                    if (both != 0) {
                        if (count == places.length) {
                            places = Arrays.copyOf(places, 2 * count);
                            weights = Arrays.copyOf(weights, 2 * count);
                        }
                        places[count] = (image * rows.size() + y) * columns.size() + x;
                        weights[count++] = both;
                    }
                }
            }
        }

        Tensor of(Tensor x, long regions, long height, long width) {
            long channels = x.size(1);
            boolean narrow = x.element_size() < Float.BYTES;
            // Of one image the rows would else be a view with a step, which is read 60 times more slowly.
            Tensor table = x.permute(0, 2, 3, 1).reshape(-1, channels).contiguous();
            Tensor wide = narrow ? table.to(ScalarType.Float) : table;
            Tensor sums = torch.embedding_bag(
                            wide,
                            Made.longs(x, Arrays.copyOf(places, count), count),
                            Made.longs(x, Arrays.copyOf(begins, cells), cells),
                            false,
                            SUM,
                            false,
                            new TensorOptional(weights(wide)),
                            false)
                    .get0();
            return (narrow ? sums.to(x.scalar_type()) : sums)
                    .reshape(regions, height, width, channels)
                    .permute(0, 3, 1, 2);
        }

        private Tensor weights(Tensor like) {
            return Made.reals(like, Arrays.copyOf(weights, count), count);
        }
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

        /** The first place that any point of a cell reads; behind the last where none does. */
        int first(int cell) {
            int first = size;
            for (int i = cell * samples; i < (cell + 1) * samples; i++) {
                first = reads(i) ? Math.min(first, low[i]) : first;
            }
            return first;
        }

        /** The last place that any point of a cell reads; -1 where none does. */
        int last(int cell) {
            int last = -1;
            for (int i = cell * samples; i < (cell + 1) * samples; i++) {
                last = reads(i) ? Math.max(last, high[i]) : last;
            }
            return last;
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
