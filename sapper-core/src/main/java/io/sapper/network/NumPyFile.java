package io.sapper.network;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads tensors that NumPy wrote ({@code .npy}, versions 1 to 3): numbers and truth values, row-major. */
final class NumPyFile {
    private static final int NEWEST = 3;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d, ]*)\\)");
    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("<f4", ElementType.FLOAT),
            Map.entry("<f8", ElementType.DOUBLE),
            Map.entry("<f2", ElementType.FLOAT16),
            Map.entry("|i1", ElementType.INT8),
            Map.entry("|u1", ElementType.UINT8),
            Map.entry("<i2", ElementType.INT16),
            Map.entry("<u2", ElementType.UINT16),
            Map.entry("<i4", ElementType.INT32),
            Map.entry("<u4", ElementType.UINT32),
            Map.entry("<i8", ElementType.INT64),
            Map.entry("<u8", ElementType.UINT64),
            Map.entry("|b1", ElementType.BOOL));

    private NumPyFile() {}

    static Initializer read(Path file) throws IOException {
        return read(file, Files.readAllBytes(file));
    }

    /**
     * Reads what such a file holds.
     *
     * @param file to be named in errors
     */
    static Initializer read(Path file, byte[] content) throws MalformedFileException {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 12 || !bytes.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new MalformedFileException(file, "", "not a file that NumPy wrote.");
        }
        int version = bytes.get(MAGIC.length);
        if (version < 1 || version > NEWEST) {
            throw new MalformedFileException(file, "", "version " + version + " of NumPy's format is not read.");
        }
        int start = version == 1 ? 10 : 12;
        int length = version == 1 ? bytes.getShort(8) & 0xffff : bytes.getInt(8);
        if (length < 0 || start + (long) length > bytes.capacity()) {
            throw new MalformedFileException(file, "", "its head is longer than the file.");
        }
        String head = new String(bytes.array(), start, length, StandardCharsets.ISO_8859_1);
        Matcher type = TYPE.matcher(head);
        Matcher shape = SHAPE.matcher(head);
        ElementType elements = type.find() ? TYPES.get(type.group(1)) : null;
        if (elements == null || !shape.find() || head.contains("'fortran_order': True")) {
            throw new MalformedFileException(file, "", "holds something else than numbers in rows.");
        }
        int left = bytes.capacity() - start - length;
        try {
            List<Integer> sizes = new ArrayList<>();
            for (String size : shape.group(1).split(",", -1)) {
                if (!size.isBlank()) {
                    sizes.add(Integer.parseInt(size.strip()));
                }
            }
            if (Math.multiplyExact(Initializer.count(sizes), elements.bytes()) == left) {
                return Initializer.of(elements, sizes, bytes.slice(start + length, left));
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // a size that no number holds; said below
        }
        throw new MalformedFileException(
                file, "", "shape (" + shape.group(1) + ") does not fit the " + left + " bytes behind it.");
    }
}
