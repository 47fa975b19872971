package io.sapper.data.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The files among pictures or recordings that were not read, by kind. */
final class LeftOut {
    /** Endings that nobody takes for a picture's: to be told, but no reason to warn. */
    private static final Set<String> NO_PICTURES = Set.of(
            "txt", "md", "csv", "tsv", "json", "xml", "yml", "yaml", "html", "db", "ini", "log", "py", "zip", "pdf");

    private final Kind kind;
    private final Map<String, List<String>> harmless = new LinkedHashMap<>();
    private final Map<String, List<String>> surprising = new LinkedHashMap<>();

    LeftOut(Kind kind) {
        this.kind = kind;
    }

    /** A file that begins with a dot, or a folder that a system put there. */
    void hidden(String path) {
        add(harmless, "hidden", path);
    }

    /** Something that is neither a plain file nor a link to one. */
    void folder(String path) {
        add(surprising, "within deeper folders or broken links", path);
    }

    /** Sounds that belong to no class. */
    void noise(String path) {
        add(harmless, "folder of noises without a class", path);
    }

    /** A picture or recording that lies where no class is. */
    void classless(String path) {
        add(surprising, "beside the class folders", path);
    }

    /** A recording whose name does not say what the names of the others say. */
    void unnamed(String path) {
        add(surprising, "not named CLASS_SPEAKER_INDEX.wav", path);
    }

    /** A folder beside samples whose names say their classes. */
    void beside(String path) {
        add(surprising, "in a folder beside those that are named CLASS_SPEAKER_INDEX.wav", path);
    }

    /** A file whose ending is not among those that are read. */
    void ending(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        String kind = ending.isEmpty() ? "without an ending" : "ending in ." + ending;
        add(NO_PICTURES.contains(ending) ? harmless : surprising, kind, path);
    }

    /** Tells how many there are of each kind, and the first few. */
    void tell(Notes notes) {
        if (!harmless.isEmpty()) {
            notes.note("files left out", text(harmless));
        }
        if (!surprising.isEmpty()) {
            notes.warn("Left out of the " + kind.noun() + "s: " + text(surprising) + ". Read are files ending in "
                    + kind.endings() + ".");
        }
    }

    /** All that was left out, in words; empty if nothing was. */
    String text() {
        Map<String, List<String>> all = new LinkedHashMap<>(surprising);
        all.putAll(harmless);
        return text(all);
    }

    private static String text(Map<String, List<String>> kinds) {
        return String.join(
                ", ",
                kinds.entrySet().stream()
                        .map(kind ->
                                kind.getValue().size() + " " + kind.getKey() + " (" + Notes.few(kind.getValue()) + ")")
                        .toList());
    }

    private static void add(Map<String, List<String>> kinds, String kind, String path) {
        kinds.computeIfAbsent(kind, unused -> new ArrayList<>()).add(path);
    }
}
