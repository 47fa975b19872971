package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be told of a folder: how it was read, and what the user may not have meant. */
final class Notes {
    private final Kind kind;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    Notes(Kind kind) {
        this.kind = kind;
    }

    /** What the folder holds. */
    Kind kind() {
        return kind;
    }

    /** Notes how something was done, for example {@code "picture size", "32x32"}. */
    void note(String name, String text) {
        settings.put(name, MalformedFileException.oneLine(text));
    }

    /** Notes what the user has to know. */
    void warn(String line) {
        warnings.add(MalformedFileException.oneLine(line));
    }

    Map<String, String> settings() {
        return Collections.unmodifiableMap(settings);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** The first few of some names, and a sign that there are more: {@code a, b, c, ...}. */
    static String few(List<String> names) {
        return few(names, 3);
    }

    /** The first so many of some names. */
    static String few(List<String> names, int shown) {
        String text = String.join(", ", names.stream().limit(shown).toList());
        return names.size() > shown ? text + ", ..." : text;
    }

    /** {@code 1 picture}, {@code 2 pictures}. */
    static String pictures(long count) {
        return Kind.PICTURE.count(count);
    }
}
