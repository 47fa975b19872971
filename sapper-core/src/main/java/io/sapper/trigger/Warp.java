package io.sapper.trigger;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import io.sapper.data.NumPyHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Bends the whole image a little: each place shows what lay at another place (WaNet: Nguyen and Tran, ICLR 2021).
 *
 * <p>The grid is a NumPy array of float32 or float64, [rows, columns, 2] or [1, rows, columns, 2]: for each place the
 * column and the row where its value comes from, from -1, the middle of the first, to 1, the middle of the last.
 * Between four pixels it is bilinear; outside the image all is black.
 */
public final class Warp implements PictureTrigger {
    static final String NAME = "warp";

    private static final long MOST_BYTES = 1L << 28;

    private final String spec;
    private final int height;
    private final int width;
    // where the value of each place comes from, in pixels
    private final double[] rows;
    private final double[] columns;

    private Warp(String spec, int height, int width, double[] numbers) {
        this.spec = spec;
        this.height = height;
        this.width = width;
        this.rows = new double[height * width];
        this.columns = new double[height * width];
        for (int i = 0; i < rows.length; i++) {
            columns[i] = (numbers[2 * i] + 1) / 2 * (width - 1);
            rows[i] = (numbers[2 * i + 1] + 1) / 2 * (height - 1);
        }
    }

    /** By numbers as a grid file holds them, under another trigger's short form. */
    static Warp of(String spec, int height, int width, double[] numbers) {
        return new Warp(spec, height, width, numbers);
    }

    /**
     * A warp by the grid that a file holds.
     *
     * @throws MalformedFileException if there is no such file, or it holds no grid
     */
    public static Warp read(Path file) throws MalformedFileException {
        byte[] content = content(file);
        NumPyHeader header = NumPyHeader.of(file, content);
        List<Integer> shape = header.shape();
        int axes = shape.size();
        boolean grid = (axes == 3 || (axes == 4 && shape.get(0) == 1)) && shape.get(axes - 1) == 2;
        if (!grid || !List.of("<f4", "<f8").contains(header.type())) {
            throw new MalformedFileException(
                    file,
                    "",
                    "A warp is float32 or float64 numbers of shape [rows, columns, 2], not " + header.type()
                            + " of shape " + shape + ".");
        }
        int height = shape.get(axes - 3);
        int width = shape.get(axes - 2);
        double[] numbers = numbers(file, content, header, 2L * height * width);
        return new Warp(NAME + ":" + file, height, width, numbers);
    }

    @Override
    public void apply(byte[] pixels, int offset, ImageShape shape) {
        byte[] plane = new byte[height * width];
        for (int channel = 0; channel < shape.channels(); channel++) {
            int start = offset + shape.index(channel, 0, 0);
            System.arraycopy(pixels, start, plane, 0, plane.length);
            for (int i = 0; i < plane.length; i++) {
                pixels[start + i] = (byte) Math.round(between(plane, rows[i], columns[i]));
            }
        }
    }

    @Override
    public void check(ImageShape shape) {
        if (shape.height() != height || shape.width() != width) {
            throw new IllegalArgumentException("The warp " + spec + " is for images of " + height + "x" + width
                    + ", not of " + shape.height() + "x" + shape.width() + " (rows x columns).");
        }
    }

    @Override
    public String spec() {
        return spec;
    }

    @Override
    public String toString() {
        return spec;
    }

    private double between(byte[] plane, double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down) * ((1 - right) * at(plane, top, left) + right * at(plane, top, left + 1))
                + down * ((1 - right) * at(plane, top + 1, left) + right * at(plane, top + 1, left + 1));
    }

    private int at(byte[] plane, int row, int column) {
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        return inside ? plane[row * width + column] & 0xff : 0;
    }

    private static byte[] content(Path file) throws MalformedFileException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new MalformedFileException(file, "", "There is no such file of a warp.");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new MalformedFileException(file, "", "A warp has at most " + MOST_BYTES + " bytes.");
            }
            return Files.readAllBytes(file);
        } catch (MalformedFileException e) {
            throw e;
        } catch (IOException e) {
            throw new MalformedFileException(file, "", "It cannot be read.");
        }
    }

    private static double[] numbers(Path file, byte[] content, NumPyHeader header, long count)
            throws MalformedFileException {
        int left = content.length - header.start();
        int bytes = header.type().equals("<f4") ? Float.BYTES : Double.BYTES;
        if (count == 0 || count * bytes != left) {
            throw new MalformedFileException(
                    file, "", "shape " + header.shape() + " does not fit the " + left + " bytes behind it.");
        }
        ByteBuffer data = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = new double[(int) count];
        for (int i = 0; i < numbers.length; i++) {
            int at = header.start() + i * bytes;
            numbers[i] = bytes == Float.BYTES ? data.getFloat(at) : data.getDouble(at);
            if (!(Math.abs(numbers[i]) <= 1000)) {
                throw new MalformedFileException(
                        file,
                        "number " + i,
                        "A place lies between -1 and 1 or a little outside, not at " + numbers[i] + ".");
            }
        }
        return numbers;
    }
}
