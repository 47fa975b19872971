package io.sapper.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the records check of their parts, which may come from a file that somebody edited. */
final class Parts {
    private Parts() {}

    static <T> T present(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing.");
        }
        return part;
    }

    static <T> List<T> list(@Nullable List<T> part, String name) {
        for (T entry : present(part, name)) {
            present(entry, "an entry of " + name);
        }
        return List.copyOf(present(part, name));
    }

    /** Keeps the order. */
    static <T> Map<String, T> map(@Nullable Map<String, T> part, String name) {
        present(part, name).forEach((key, value) -> present(value, name + "." + key));
        return Collections.unmodifiableMap(new LinkedHashMap<>(present(part, name)));
    }
}
