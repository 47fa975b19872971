package io.sapper.network.operator;

import io.sapper.network.Body;
import io.sapper.network.Initializer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node's settings by name, as ONNX has them: a {@code Long}, a {@code Float}, a {@code String}, an
 * {@link Initializer}, a {@link Body}, or a list of one of the first three. Immutable.
 */
public final class Attributes {
    public static final Attributes NONE = new Attributes(Map.of());

    private final TreeMap<String, Object> values;

    private Attributes(Map<String, Object> values) {
        this.values = new TreeMap<>(values);
    }

    public static Attributes of(Map<String, Object> values) {
        return new Attributes(values);
    }

    /** By name, in order of the names. */
    public Map<String, Object> values() {
        return new TreeMap<>(values);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** These and one more; in place of one of that name. */
    public Attributes with(String name, Object value) {
        TreeMap<String, Object> more = new TreeMap<>(values);
        more.put(name, value);
        return new Attributes(more);
    }

    /** A whole number. */
    public long integer(String name, long otherwise) {
        return has(name) ? get(name, Long.class) : otherwise;
    }

    /** Whether a whole number that stands for yes or no is not 0. */
    public boolean flag(String name) {
        return integer(name, 0) != 0;
    }

    public float real(String name, double otherwise) {
        return has(name) ? get(name, Float.class) : (float) otherwise;
    }

    public String text(String name, String otherwise) {
        return has(name) ? get(name, String.class) : otherwise;
    }

    /** Whole numbers; {@code otherwise} where there are none. */
    public long[] integers(String name, long... otherwise) {
        List<Long> found = list(name, Long.class);
        return found == null
                ? otherwise
                : found.stream().mapToLong(Long::longValue).toArray();
    }

    public float[] reals(String name, float... otherwise) {
        List<Float> found = list(name, Float.class);
        if (found == null) {
            return otherwise;
        }
        float[] values = new float[found.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = found.get(i);
        }
        return values;
    }

    /** Texts; none where there are none. */
    public List<String> texts(String name) {
        List<String> found = list(name, String.class);
        return found == null ? List.of() : found;
    }

    public Initializer tensor(String name) {
        return get(name, Initializer.class);
    }

    public Body body(String name) {
        return get(name, Body.class);
    }

    /** The graphs inside the node. */
    public List<Body> bodies() {
        return values.values().stream()
                .filter(Body.class::isInstance)
                .map(Body.class::cast)
                .toList();
    }

    private <T> T get(String name, Class<T> kind) {
        Object found = values.get(name);
        if (!kind.isInstance(found)) {
            throw new IllegalArgumentException(
                    found == null ? "its attribute " + name + " is missing" : wrongKind(name));
        }
        return kind.cast(found);
    }

    private <T> @Nullable List<T> list(String name, Class<T> kind) {
        Object found = values.get(name);
        if (found == null) {
            return null;
        }
        if (!(found instanceof List<?> list) || !list.stream().allMatch(kind::isInstance)) {
            throw new IllegalArgumentException(wrongKind(name));
        }
        return list.stream().map(kind::cast).toList();
    }

    private static String wrongKind(String name) {
        return "its attribute " + name + " is of the wrong kind";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    /** A list of whole numbers as an attribute's value. */
    public static List<Long> list(long... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
