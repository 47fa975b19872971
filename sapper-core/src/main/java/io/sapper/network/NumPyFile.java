package io.sapper.network;

import io.sapper.data.MalformedFileException;
import io.sapper.data.NumPyHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads tensors that NumPy wrote ({@code .npy}, versions 1 to 3): numbers and truth values, row-major. */
final class NumPyFile {
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
        NumPyHeader header = NumPyHeader.of(file, content);
        ElementType elements = TYPES.get(header.type());
        if (elements == null) {
            throw new MalformedFileException(file, "", "holds something else than numbers in rows.");
        }
        List<Integer> shape = header.shape();
        ByteBuffer data = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int left = content.length - header.start();
        try {
            if (Math.multiplyExact(Initializer.count(shape), elements.bytes()) == left) {
                return Initializer.of(elements, shape, data.slice(header.start(), left));
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            // more than any file holds; said below
        }
        throw new MalformedFileException(
                file, "", "shape " + shape + " does not fit the " + left + " bytes behind it.");
    }
}
