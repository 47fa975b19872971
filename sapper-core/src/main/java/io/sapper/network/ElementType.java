package io.sapper.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The element types of ONNX tensors that Sapper computes with. Text and complex numbers are none of them; types of less
 * than a byte neither.
 */
public enum ElementType {
    FLOAT(1, 4, true),
    UINT8(2, 1, false),
    INT8(3, 1, false),
    UINT16(4, 2, false),
    INT16(5, 2, false),
    INT32(6, 4, false),
    INT64(7, 8, false),
    BOOL(9, 1, false),
    FLOAT16(10, 2, true),
    DOUBLE(11, 8, true),
    UINT32(12, 4, false),
    UINT64(13, 8, false),
    BFLOAT16(16, 2, true);

    private final int onnx;
    private final int bytes;
    private final boolean real;

    ElementType(int onnx, int bytes, boolean real) {
        this.onnx = onnx;
        this.bytes = bytes;
        this.real = real;
    }

    /** Its number in ONNX files. */
    public int onnx() {
        return onnx;
    }

    /** Bytes of one element in a file. */
    public int bytes() {
        return bytes;
    }

    /** Whether its elements are floating point numbers. */
    public boolean real() {
        return real;
    }

    /** The name that ONNX texts use, for example {@code float16}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of this number in ONNX files; empty where Sapper has none. */
    public static Optional<ElementType> of(int onnx) {
        return Arrays.stream(values()).filter(type -> type.onnx == onnx).findFirst();
    }
}
