package io.sapper.data.detection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Photographs with their division.
 *
 * @param train what a detector may be trained on
 * @param test what reported numbers come from
 * @param source in words
 * @param warnings what the user has to know, one line each
 * @param settings how they were read, name by name
 */
public record SceneSplit(
        Scenes train, Scenes test, String source, List<String> warnings, Map<String, String> settings) {
    public SceneSplit {
        warnings = List.copyOf(warnings);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
