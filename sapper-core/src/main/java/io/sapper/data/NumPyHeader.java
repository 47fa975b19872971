package io.sapper.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands at the beginning of a file that NumPy wrote ({@code .npy}, versions 1 to 3).
 *
 * @param type of its elements, as NumPy says it, for example {@code <f4}
 * @param shape row-major; empty for a single number
 * @param start where the elements begin, in bytes
 */
public record NumPyHeader(String type, List<Integer> shape, int start) {
    private static final int NEWEST = 3;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d, ]*)\\)");

    public NumPyHeader {
        shape = List.copyOf(shape);
    }

    /**
     * Reads the head of such a file.
     *
     * @param file to be named in errors
     * @throws MalformedFileException if it is none, or holds something else than rows of plain elements
     */
    public static NumPyHeader of(Path file, byte[] content) throws MalformedFileException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 12 || !bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new MalformedFileException(file, "", "not a file that NumPy wrote.");
        }
        int version = bytes.get(MAGIC.length);
        if (version < 1 || version > NEWEST) {
            throw new MalformedFileException(file, "", "version " + version + " of NumPy's format is not read.");
        }
        int head = version == 1 ? 10 : 12;
        int length = version == 1 ? bytes.getShort(8) & 0xffff : bytes.getInt(8);
        if (length < 0 || head + (long) length > bytes.capacity()) {
            throw new MalformedFileException(file, "", "its head is longer than the file.");
        }
        return of(file, new String(content, head, length, StandardCharsets.ISO_8859_1), head + length);
    }

    private static NumPyHeader of(Path file, String head, int start) throws MalformedFileException {
        Matcher type = TYPE.matcher(head);
        Matcher shape = SHAPE.matcher(head);
        if (!type.find() || !shape.find() || head.contains("'fortran_order': True")) {
            throw new MalformedFileException(file, "", "holds something else than numbers in rows.");
        }
        try {
            List<Integer> sizes = Arrays.stream(shape.group(1).split(",", -1))
                    .filter(size -> !size.isBlank())
                    .map(size -> Integer.valueOf(size.strip()))
                    .toList();
            return new NumPyHeader(type.group(1), sizes, start);
        } catch (NumberFormatException e) {
            throw new MalformedFileException(file, "", "shape (" + shape.group(1) + ") is too large.");
        }
    }
}
