package io.sapper.repair;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The repairs of classifiers by name. */
public enum Method {
    /** {@link io.sapper.defense.FinePruning}. */
    FINE_PRUNING("fine-pruning"),
    /** {@link io.sapper.defense.FineTuning}. */
    FINE_TUNING("fine-tuning"),
    /** {@link Unlearning}. */
    UNLEARNING("unlearning"),
    /** {@link Ladder}: the others, one after another. */
    AUTO("auto");

    private final String id;

    Method(String id) {
        this.id = id;
    }

    /** As on the command line. */
    public String id() {
        return id;
    }

    /** All names, for people. */
    public static String known() {
        return Arrays.stream(values()).map(Method::id).collect(Collectors.joining(", "));
    }

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if there is no such method; it names those that there are
     */
    public static Method parse(String name) {
        return Arrays.stream(values())
                .filter(method -> method.id.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("--method '" + name + "' is unknown. Known are " + known() + "."));
    }
}
