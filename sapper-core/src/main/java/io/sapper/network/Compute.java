package io.sapper.network;

import java.util.Locale;

/** Where tensors live and numbers are made. */
public enum Compute {
    CPU,
    CUDA;

    /** {@code cpu} or {@code cuda}. */
    public static Compute of(String name) {
        for (Compute known : values()) {
            if (known.id().equals(name)) {
                return known;
            }
        }
        throw new IllegalArgumentException("Unknown device '" + name + "'. Known: cpu, cuda.");
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
