package io.sapper.data.audio;

import io.sapper.data.ImageShape;
import java.util.Arrays;

/**
 * The input step of recordings: the short-time Fourier transform as an image of bytes, time to the right, low
 * frequencies at the bottom, bright is loud.
 *
 * <p>Each column is the power under a Hann window of 32 ms, the windows' centres spread evenly over the recording (64
 * columns of a second: one each 15.6 ms). Each row is the mean power of its share of the frequencies from 0 to half the
 * rate (64 rows at 8 kHz: 62.5 Hz each); the transform is at least twice as long as there are rows. Decibels relative
 * to a tone of full scale become bytes: {@value #FLOOR} dB and less 0, {@value #CEILING} dB and more 255. An image of
 * several channels has the same in each. Why so: docs/decisions/0056.
 *
 * @param shape of the image
 * @param rate of the recordings, in Hz
 * @param length of the recordings, in samples
 */
public record Spectrogram(ImageShape shape, int rate, int length) {
    /** The window, in milliseconds. */
    static final int WINDOW = 32;
    /** What is black, in dB. */
    static final int FLOOR = -90;
    /** What is white, in dB. */
    static final int CEILING = -20;

    /** Rows and columns where nobody says how many. */
    public static final ImageShape USUAL = new ImageShape(1, 64, 64);

    /** The tables of one image: not for several threads at once. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and gone when the image is drawn
    private record Tables(RealTransform transform, double[] window, double[] samples, double[] power) {}

    /** Writes the image of {@code length} samples from {@code from} on to {@code target} from {@code offset} on. */
    void draw(short[] sound, int from, byte[] target, int offset) {
        Tables tables = tables();
        byte[] column = new byte[shape.height()];
        for (int x = 0; x < shape.width(); x++) {
            if (fill(tables, sound, from, x)) {
                column(tables, column);
            } else {
                Arrays.fill(column, (byte) 0);
            }
            for (int y = 0; y < column.length; y++) {
                target[offset + shape.index(0, y, x)] = column[y];
            }
        }
        int plane = shape.height() * shape.width();
        for (int channel = 1; channel < shape.channels(); channel++) {
            System.arraycopy(target, offset, target, offset + channel * plane, plane);
        }
    }

    private Tables tables() {
        double[] window = window();
        int size = Math.max(8, Math.max(power(window.length), power(2 * shape.height())));
        return new Tables(new RealTransform(size), window, new double[size], new double[size / 2]);
    }

    /** Hann, scaled so that a tone of full scale has the power 1. */
    private double[] window() {
        double[] window = new double[Math.max(4, Math.round(rate * WINDOW / 1000f))];
        for (int i = 0; i < window.length; i++) {
            window[i] = (0.5 - 0.5 * StrictMath.cos(2 * StrictMath.PI * (i + 0.5) / window.length))
                    * 4
                    / window.length
                    / Short.MAX_VALUE;
        }
        return window;
    }

    /** The smallest power of two that is no smaller. */
    private static int power(int least) {
        return Integer.highestOneBit(Math.max(1, least - 1)) * 2;
    }

    /** Puts the sound under the window of a column; whether there is any. */
    private boolean fill(Tables tables, short[] sound, int from, int x) {
        int start = (int) Math.round((x + 0.5) * length / shape.width() - tables.window.length / 2.0);
        boolean any = false;
        for (int i = 0; i < tables.window.length; i++) {
            int at = start + i;
            int sample = at < 0 || at >= length ? 0 : sound[from + at];
            tables.samples[i] = sample * tables.window[i];
            any |= sample != 0;
        }
        return any;
    }

    private void column(Tables tables, byte[] column) {
        tables.transform.power(tables.samples, tables.power);
        int rows = column.length;
        int bins = tables.power.length;
        for (int y = 0; y < rows; y++) {
            int low = (int) ((long) (rows - 1 - y) * bins / rows);
            int high = (int) ((long) (rows - y) * bins / rows);
            double sum = 0;
            for (int bin = low; bin < high; bin++) {
                sum += tables.power[bin];
            }
            column[y] = brightness(sum / (high - low));
        }
    }

    private static byte brightness(double power) {
        double decibels = 10 * Math.log10(power);
        double share = (decibels - FLOOR) / (CEILING - FLOOR);
        return (byte) Math.round(255 * Math.max(0, Math.min(1, share)));
    }

    /** In words, for reports. */
    String text() {
        return "spectrogram of " + shape.height() + "x" + shape.width() + " (rows x columns), 0 to " + rate / 2
                + " Hz, Hann window of " + WINDOW + " ms, one column each "
                + Math.round(10.0 * 1000 * length / rate / shape.width()) / 10.0 + " ms, " + FLOOR + " to " + CEILING
                + " dB";
    }
}
