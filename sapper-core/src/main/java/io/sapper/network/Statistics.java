package io.sapper.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What batch normalisations do while a network is tuned (docs/decisions/0040). */
public enum Statistics {
    /** They normalise by the mean and variance that they came with, which stay as they are. */
    FROZEN,
    /** They normalise by those of the batch, which flow into the ones that they came with. */
    RUNNING;

    /** As users type it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads what users type.
     *
     * @throws IllegalArgumentException if it is none; lists those there are
     */
    public static Statistics parse(String text) {
        return Arrays.stream(values())
                .filter(one -> one.id().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--batch-norm '" + text + "' is none of "
                        + Arrays.stream(values()).map(Statistics::id).collect(Collectors.joining(", ")) + "."));
    }
}
