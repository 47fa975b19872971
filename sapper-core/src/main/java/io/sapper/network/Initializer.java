package io.sapper.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named tensor's initial numbers: weights, biases, statistics, masks, shapes. Immutable: its arrays are never handed
 * out. Numbers of any type; those that are read keep their bytes, in the memory of the file that was read.
 */
public final class Initializer {
    private static final int UNKNOWN = -1;
    private static final int PIECE = 1 << 13;

    private final ElementType type;
    private final List<Integer> shape;
    private final float @Nullable [] values; // of numbers that were computed
    private int notFinite = UNKNOWN;
    private final ByteBuffer bytes; // else: as in the file, whose memory it shares; little-endian

    /** @param values row-major, as many as the product of {@code shape}; belongs to the initializer from then on */
    public Initializer(List<Integer> shape, float[] values) {
        this(ElementType.FLOAT, shape, values, ByteBuffer.allocate(0));
        check(values.length);
    }

    private Initializer(ElementType type, List<Integer> shape, float @Nullable [] values, ByteBuffer bytes) {
        this.type = type;
        this.shape = List.copyOf(shape);
        this.values = values;
        this.bytes = bytes;
    }

    private void check(long found) {
        if (count(shape) != found) {
            throw new IllegalArgumentException(
                    "Shape " + shape + " needs " + count(shape) + " numbers, not " + found + ".");
        }
    }

    /** How many elements a tensor of this shape has. */
    static long count(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /**
     * Of any type.
     *
     * @param bytes row-major, little-endian, as in a file; belongs to the initializer from then on
     */
    public static Initializer of(ElementType type, List<Integer> shape, ByteBuffer bytes) {
        ByteBuffer ordered = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        Initializer made = new Initializer(type, shape, null, ordered);
        made.check(ordered.remaining() / type.bytes());
        return made;
    }

    /** 64-bit integers. */
    public static Initializer of(List<Integer> shape, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return of(ElementType.INT64, shape, bytes);
    }

    static Initializer filled(float value, Integer... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        Arrays.fill(values, value);
        return new Initializer(List.of(shape), values);
    }

    /** Ones of any type. */
    static Initializer ones(ElementType type, List<Integer> shape) {
        Initializer floats = filled(1, shape.toArray(Integer[]::new));
        ByteBuffer stored = ByteBuffer.allocate(floats.size() * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        return type == ElementType.FLOAT ? floats : of(type, shape, stored).with(floats.values());
    }

    /** The same type and shape with other numbers, rounded to what the type can hold. */
    Initializer with(float[] changed) {
        if (type == ElementType.FLOAT) {
            return new Initializer(shape, changed);
        }
        ByteBuffer stored = ByteBuffer.allocate(changed.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : changed) {
            Elements.put(stored, type, value);
        }
        stored.flip();
        return of(type, shape, stored);
    }

    /** As {@link #with}; numbers that did not change keep their bits, for a double is more than 32 of them. */
    Initializer updated(float[] changed) {
        if (type == ElementType.FLOAT) {
            Initializer now = new Initializer(shape, changed);
            return now.equals(this) ? this : now;
        }
        ByteBuffer stored = ByteBuffer.allocate(changed.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        stored.put(bytes());
        boolean same = true;
        for (int i = 0; i < changed.length; i++) {
            if (Float.floatToIntBits(changed[i]) != Float.floatToIntBits(get(i))) {
                Elements.put(stored.position(i * type.bytes()), type, changed[i]);
                same = false;
            }
        }
        return same ? this : of(type, shape, stored.rewind());
    }

    public ElementType type() {
        return type;
    }

    /** Sizes of the dimensions. */
    public List<Integer> shape() {
        return shape;
    }

    public int size() {
        return values != null ? values.length : bytes.remaining() / type.bytes();
    }

    /** The number at a row-major position. */
    public float get(int index) {
        return values != null ? values[index] : (float) Elements.real(bytes, type, index);
    }

    /** The number at a row-major position, as precisely as it is stored. */
    public double real(int index) {
        return values != null ? values[index] : Elements.real(bytes, type, index);
    }

    /** The whole number at a row-major position; numbers with a fraction are cut off. */
    public long integer(int index) {
        return values != null ? (long) values[index] : Elements.integer(bytes, type, index);
    }

    /** All whole numbers, row-major. */
    public long[] integers() {
        long[] all = new long[size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = integer(i);
        }
        return all;
    }

    /** A copy of all numbers, row-major. */
    public float[] toArray() {
        return values != null ? values.clone() : values();
    }

    /** All numbers, row-major; not to be changed. */
    float[] values() {
        if (values != null) {
            return values;
        }
        float[] all = new float[size()];
        if (type == ElementType.FLOAT) {
            bytes().asFloatBuffer().get(all);
            return all;
        }
        for (int i = 0; i < all.length; i++) {
            all[i] = get(i);
        }
        return all;
    }

    /** How many of its numbers are not a number (NaN) or infinite; counted once. */
    int notFinite() {
        if (notFinite == UNKNOWN) {
            notFinite = type.real() ? countNotFinite() : 0;
        }
        return notFinite;
    }

    private int countNotFinite() {
        if (values != null) {
            return notFinite(values, values.length);
        }
        int found = 0;
        if (type == ElementType.FLOAT) {
            float[] piece = new float[PIECE];
            FloatBuffer all = bytes().asFloatBuffer();
            while (all.hasRemaining()) {
                int count = Math.min(PIECE, all.remaining());
                all.get(piece, 0, count);
                found += notFinite(piece, count);
            }
            return found;
        }
        for (int i = 0; i < size(); i++) {
            found += Double.isFinite(real(i)) ? 0 : 1;
        }
        return found;
    }

    private static int notFinite(float[] values, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += Float.isFinite(values[i]) ? 0 : 1;
        }
        return found;
    }

    /** All bytes as in a file, little-endian; not to be changed. */
    ByteBuffer bytes() {
        if (values == null) {
            return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        }
        ByteBuffer raw = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return raw;
    }

    /** Whether type, shape and every bit of every number are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Initializer that
                && type == that.type
                && shape.equals(that.shape)
                && ((values != null && that.values != null)
                        ? Arrays.equals(values, that.values)
                        : bytes().equals(that.bytes()));
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + type.hashCode(); // the numbers may lie in either form
    }

    @Override
    public String toString() {
        return "Initializer" + shape;
    }
}
