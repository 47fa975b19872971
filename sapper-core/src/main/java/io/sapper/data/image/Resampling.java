package io.sapper.data.image;

/**
 * Resizing by a triangle filter that widens when shrinking (bilinear with antialiasing). Plain arithmetic, so that the
 * same picture gives the same bytes on every machine.
 */
public final class Resampling {
    private Resampling() {}

    /**
     * Resizes one plane of numbers.
     *
     * @param plane {@code rows * columns} numbers, row by row
     * @return {@code newRows * newColumns} numbers; {@code plane} itself when the size stays
     */
    public static float[] resize(float[] plane, int rows, int columns, int newRows, int newColumns) {
        return rows == newRows && columns == newColumns
                ? plane
                : resize(plane, rows, columns, newRows, newColumns, new Resizing.Part(0, 0, newRows, newColumns));
    }

    /**
     * As {@link #resize(float[], int, int, int, int)}, of which only a part is wanted: no more than that is computed,
     * however large the whole would be.
     *
     * @param kept of the resized plane
     */
    static float[] resize(float[] plane, int rows, int columns, int newRows, int newColumns, Resizing.Part kept) {
        int width = kept.width();
        float[] narrow = new float[rows * width];
        for (int x = 0; x < width; x++) {
            Window window = Window.at(kept.left() + x, columns, newColumns);
            for (int y = 0; y < rows; y++) {
                narrow[y * width + x] = window.sum(plane, y * columns, 1);
            }
        }
        float[] result = new float[kept.height() * width];
        for (int y = 0; y < kept.height(); y++) {
            Window window = Window.at(kept.top() + y, rows, newRows);
            for (int x = 0; x < width; x++) {
                result[y * width + x] = window.sum(narrow, x, width);
            }
        }
        return result;
    }

    /** Each number to the nearest byte, 0 to 255; halves go up. */
    public static byte[] round(float[] plane) {
        byte[] bytes = new byte[plane.length];
        for (int i = 0; i < plane.length; i++) {
            bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(plane[i])));
        }
        return bytes;
    }

    /** Which old places make up one new place, and with what weights; the weights sum to one. */
    private static final class Window {
        private final int first;
        private final float[] weights;

        private Window(int first, float[] weights) {
            this.first = first;
            this.weights = weights;
        }

        static Window at(int place, int oldSize, int newSize) {
            double scale = (double) oldSize / newSize;
            double reach = Math.max(1, scale);
            double centre = (place + 0.5) * scale;
            int first = Math.max(0, (int) Math.floor(centre - reach));
            int end = Math.min(oldSize, (int) Math.ceil(centre + reach));
            double[] exact = new double[end - first];
            double sum = 0;
            for (int i = 0; i < exact.length; i++) {
                exact[i] = Math.max(0, 1 - Math.abs(first + i + 0.5 - centre) / reach);
                sum += exact[i];
            }
            float[] weights = new float[exact.length];
            for (int i = 0; i < exact.length; i++) {
                weights[i] = (float) (exact[i] / sum);
            }
            return new Window(first, weights);
        }

        float sum(float[] values, int offset, int step) {
            float sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * values[offset + (first + i) * step];
            }
            return sum;
        }
    }
}
