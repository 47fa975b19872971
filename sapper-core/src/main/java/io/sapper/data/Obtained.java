package io.sapper.data;

import java.util.List;

/**
 * Data and where it came from.
 *
 * @param split the data
 * @param source in words, for reports; for example {@code "MNIST from https://..."}
 * @param warnings what the user has to know, one line each; empty if all went as it should
 */
public record Obtained(Split split, String source, List<String> warnings) {
    public Obtained {
        warnings = List.copyOf(warnings);
    }
}
