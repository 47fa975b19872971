package io.sapper.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Data and where it came from.
 *
 * @param split the data
 * @param source in words, for reports; for example {@code "MNIST from https://..."}
 * @param warnings what the user has to know, one line each; empty if all went as it should
 * @param settings how the data were read, name by name, in order, for reports; for example {@code "picture size"}
 */
public record Obtained(Split split, String source, List<String> warnings, Map<String, String> settings) {
    public Obtained {
        warnings = List.copyOf(warnings);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Data that were read in the one way there is. */
    public Obtained(Split split, String source, List<String> warnings) {
        this(split, source, warnings, Map.of());
    }
}
