package io.sapper.network;

import java.nio.ByteBuffer;

/** Single elements of a tensor's bytes, little-endian. */
final class Elements {
    private Elements() {}

    static double real(ByteBuffer bytes, ElementType type, int index) {
        int at = bytes.position() + index * type.bytes();
        return switch (type) {
            case FLOAT -> bytes.getFloat(at);
            case DOUBLE -> bytes.getDouble(at);
            case FLOAT16 -> half(bytes.getShort(at));
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
            default -> integer(bytes, type, index);
        };
    }

    static long integer(ByteBuffer bytes, ElementType type, int index) {
        int at = bytes.position() + index * type.bytes();
        return switch (type) {
            case INT8 -> bytes.get(at);
            case UINT8 -> bytes.get(at) & 0xff;
            case BOOL -> bytes.get(at) != 0 ? 1 : 0;
            case INT16 -> bytes.getShort(at);
            case UINT16 -> bytes.getShort(at) & 0xffff;
            case INT32 -> bytes.getInt(at);
            case UINT32 -> bytes.getInt(at) & 0xffff_ffffL;
            case INT64, UINT64 -> bytes.getLong(at);
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> (long) real(bytes, type, index);
        };
    }

    /** Appends a number, rounded to the nearest that the type has. */
    static void put(ByteBuffer target, ElementType type, double value) {
        switch (type) {
            case FLOAT -> target.putFloat((float) value);
            case DOUBLE -> target.putDouble(value);
            case FLOAT16 -> target.putShort(toHalf((float) value));
            case BFLOAT16 -> target.putShort(toBrain((float) value));
            case INT8, UINT8 -> target.put((byte) Math.round(value));
            case BOOL -> target.put((byte) (value != 0 ? 1 : 0));
            case INT16, UINT16 -> target.putShort((short) Math.round(value));
            case INT32, UINT32 -> target.putInt((int) Math.round(value));
            case INT64, UINT64 -> target.putLong(Math.round(value));
        }
    }

    /** IEEE 754 binary16: one sign, five exponent, ten fraction bits. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float small = fraction * 0x1p-24f;
            return sign == 0 ? small : -small;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** To the nearest half, ties to even; too large ones become infinite. */
    static short toHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7e00);
        }
        if (size >= 65520) {
            return (short) (sign | 0x7c00);
        }
        if (size < 0x1p-14f) { // steps of 2^-24; rint rounds ties to even
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int rounded = (bits & 0x7fffffff) + 0xfff + (bits >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (112 << 10));
    }

    /** To the nearest bfloat16, ties to even. */
    private static short toBrain(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? (short) (bits >>> 16 | 0x40) : (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }
}
