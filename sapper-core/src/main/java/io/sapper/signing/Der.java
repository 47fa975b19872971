package io.sapper.signing;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Just enough of ASN.1's DER for keys and signatures: lengths in their shortest form, and nothing left over. */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT = 0x06;
    static final int SEQUENCE = 0x30;
    static final int FIRST = 0xa0;
    static final int SECOND = 0xa1;

    private final ByteBuffer bytes;

    private Der(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    static Der of(byte[] bytes) {
        return new Der(ByteBuffer.wrap(bytes));
    }

    boolean more() {
        return bytes.hasRemaining();
    }

    /** Whether something of this kind comes next. */
    boolean next(int tag) {
        return more() && (bytes.get(bytes.position()) & 0xff) == tag;
    }

    /**
     * What comes next.
     *
     * @throws IllegalArgumentException if it is of another kind, or damaged
     */
    byte[] take(int tag) {
        try {
            int found = bytes.get() & 0xff;
            int length = bytes.get() & 0xff;
            if (length == 0x81) {
                length = bytes.get() & 0xff;
                check(length >= 0x80);
            } else if (length == 0x82) {
                length = bytes.getShort() & 0xffff;
                check(length > 0xff);
            } else {
                check(length < 0x80);
            }
            check(found == tag);
            byte[] content = new byte[length];
            bytes.get(content);
            return content;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("it ends too early", e);
        }
    }

    /** What lies in what comes next. */
    Der in(int tag) {
        return of(take(tag));
    }

    /** A whole number, not negative, in its shortest form. */
    BigInteger number() {
        byte[] content = take(INTEGER);
        check(content.length > 0);
        BigInteger number = new BigInteger(content);
        check(number.signum() >= 0 && Arrays.equals(number.toByteArray(), content));
        return number;
    }

    /** The name of an object, with points. */
    String object() {
        byte[] content = take(OBJECT);
        StringBuilder text = new StringBuilder();
        long value = 0;
        for (byte one : content) {
            value = (value << 7) | (one & 0x7f);
            if (one >= 0) {
                if (text.isEmpty()) {
                    long first = Math.min(value / 40, 2);
                    text.append(first).append('.').append(value - 40 * first);
                } else {
                    text.append('.').append(value);
                }
                value = 0;
            }
        }
        return text.toString();
    }

    void end() {
        check(!more());
    }

    private static void check(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("it is no DER");
        }
    }
}
