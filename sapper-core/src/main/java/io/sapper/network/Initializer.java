package io.sapper.network;

import java.util.Arrays;
import java.util.List;

/** A named tensor's initial numbers: weights, biases, statistics, masks. Immutable: its arrays are never handed out. */
public final class Initializer {
    private final List<Integer> shape;
    private final float[] values;

    /** @param values row-major, as many as the product of {@code shape}; belongs to the initializer from then on */
    public Initializer(List<Integer> shape, float[] values) {
        long size = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "Shape " + shape + " needs " + size + " numbers, not " + values.length + ".");
        }
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    static Initializer filled(float value, Integer... shape) {
        int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        float[] values = new float[size];
        Arrays.fill(values, value);
        return new Initializer(List.of(shape), values);
    }

    /** Sizes of the dimensions. */
    public List<Integer> shape() {
        return shape;
    }

    public int size() {
        return values.length;
    }

    /** The number at a row-major position. */
    public float get(int index) {
        return values[index];
    }

    /** A copy of all numbers, row-major. */
    public float[] toArray() {
        return values.clone();
    }

    float[] values() {
        return values;
    }

    /** Whether shape and every bit of every number are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Initializer that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Initializer" + shape;
    }
}
