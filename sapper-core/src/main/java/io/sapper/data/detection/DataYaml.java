package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.TextLines;
import io.sapper.data.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code data.yaml}, as Ultralytics' programs read it: {@code names} of the classes, as a list or by number;
 * {@code train}, {@code val} and {@code test}, each one or several folders of photographs or lists of them, below
 * {@code path}. The test part is {@code test}, or {@code val} where there is none. Paths are often those of another
 * machine, so as much of their end is taken as lies below the folder of the data.
 *
 * @param file that it was read from
 * @param names of the classes, in the order of their numbers
 * @param root what paths begin with; may be empty
 * @param train where photographs to train on lie; may be empty
 * @param testKey {@code test} or {@code val}
 * @param test where photographs to test on lie; may be empty
 */
record DataYaml(Path file, List<String> names, String root, List<String> train, String testKey, List<String> test) {
    private static final List<String> USUAL = List.of("data.yaml", "data.yml", "dataset.yaml", "dataset.yml");

    /** The file in a folder: one of that name, or else the only one that names classes. */
    static Optional<Path> in(Path folder) throws IOException {
        Optional<Path> usual =
                USUAL.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
        if (usual.isPresent()) {
            return usual;
        }
        List<Path> others = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if ((name.endsWith(".yaml") || name.endsWith(".yml")) && YamlText.hasKey(file, "names")) {
                    others.add(file);
                }
            }
        }
        return others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty();
    }

    /**
     * Reads it.
     *
     * @throws MalformedFileException if it is no YAML, or its classes or parts cannot be understood
     */
    static DataYaml read(Path file) throws IOException {
        YamlText yaml = YamlText.read(file, "names: [stop, yield]");
        List<String> names = names(yaml);
        Optional<String> count = yaml.text("nc");
        if (count.isPresent() && !count.get().equals(String.valueOf(names.size()))) {
            throw yaml.malformed("nc", "It says " + count.get() + " classes, but names has " + names.size() + ".");
        }
        List<String> train = yaml.texts("train");
        String testKey = yaml.texts("test").isEmpty() ? "val" : "test";
        List<String> test = yaml.texts(testKey);
        if (train.isEmpty() != test.isEmpty()) {
            throw yaml.malformed(
                    train.isEmpty() ? "train" : "val",
                    "Nothing is named here, though " + (train.isEmpty() ? testKey : "train")
                            + " is; a division needs both or none.");
        }
        return new DataYaml(file, names, yaml.text("path").orElse(""), train, testKey, test);
    }

    private static List<String> names(YamlText yaml) throws MalformedFileException {
        List<String> names = yaml.isMap("names") ? numbered(yaml) : yaml.texts("names");
        if (names.isEmpty()) {
            throw yaml.malformed("names", "The names of the classes must stand here, as a list or by number.");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw yaml.malformed("names", "A class is named twice.");
        }
        return names;
    }

    private static List<String> numbered(YamlText yaml) throws MalformedFileException {
        Map<String, String> found = yaml.map("names");
        List<String> names = new ArrayList<>();
        for (int number = 0; number < found.size(); number++) {
            @Nullable String name = found.get(String.valueOf(number));
            if (name == null) {
                throw yaml.malformed(
                        "names",
                        "There are " + found.size() + " classes, but none has the number " + number
                                + "; they count from 0 without a gap.");
            }
            names.add(name);
        }
        return names;
    }

    /** How it divides, in words; empty where it does not. */
    Optional<String> division() {
        return train.isEmpty()
                ? Optional.empty()
                : Optional.of(file.getFileName() + (testKey.equals("val") ? " (its val is the test)" : ""));
    }

    /**
     * The part of each photograph that is in one; by folders where nothing is named.
     *
     * @throws MalformedFileException if what is named is not there, or a photograph is in both
     */
    Map<Path, Marked.Part> parts(Path folder, Places places) throws IOException {
        Map<Path, Marked.Part> parts = new LinkedHashMap<>();
        if (train.isEmpty()) {
            for (Path picture : places.all()) {
                Marked.Part.of(folder.relativize(picture)).ifPresent(part -> parts.put(picture, part));
            }
            return parts;
        }
        for (Path picture : photographs("train", train, folder, places)) {
            parts.put(picture, Marked.Part.TRAIN);
        }
        for (Path picture : photographs(testKey, test, folder, places)) {
            if (parts.put(picture, Marked.Part.TEST) == Marked.Part.TRAIN) {
                throw malformed(
                        testKey,
                        "The photograph " + places.name(picture)
                                + " is to train on too, so that test figures would flatter. Name others, or leave train,"
                                + " val and test out to have them divided by chance.");
            }
        }
        return parts;
    }

    private List<Path> photographs(String key, List<String> entries, Path folder, Places places) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String entry : entries) {
            Path inside = below(entry, path -> Files.exists(folder.resolve(path)))
                    .orElseThrow(() -> malformed(
                            key,
                            "There is no " + entry + " below " + folder + ". Put it there, or say where it lies"
                                    + (key.equals("test") ? "; without test, val is the test." : ".")));
            if (Files.isDirectory(folder.resolve(inside))) {
                places.all().stream()
                        .filter(picture -> Path.of("x", places.name(picture))
                                .startsWith(Path.of("x").resolve(inside)))
                        .forEach(found::add);
            } else {
                listed(folder.resolve(inside), folder, places, found);
            }
        }
        if (found.isEmpty()) {
            throw malformed(key, "There are no photographs in " + String.join(", ", entries) + ".");
        }
        return found;
    }

    private void listed(Path list, Path folder, Places places, List<Path> found) throws IOException {
        List<String> lines = TextLines.of(list);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                Optional<Path> inside =
                        below(line, path -> places.at(path.toString()).isPresent());
                if (inside.isEmpty()) {
                    throw new MalformedFileException(
                            list, "line " + (i + 1), "There is no photograph '" + line + "' in " + folder + ".");
                }
                places.at(inside.get().toString()).ifPresent(found::add);
            }
        }
    }

    /** Whether something below the folder is what is looked for. */
    private interface Wanted {
        boolean is(Path inside);
    }

    /** What a path names below the folder: all of it behind the root, or as much of its end as is there. */
    private Optional<Path> below(String named, Wanted wanted) throws MalformedFileException {
        try {
            for (Path path : List.of(Path.of(root, named.replace('\\', '/')), Path.of(named.replace('\\', '/')))) {
                for (int from = 0; from < path.getNameCount(); from++) {
                    Path inside = path.subpath(from, path.getNameCount()).normalize();
                    if (!inside.startsWith("..") && wanted.is(inside)) {
                        return Optional.of(inside);
                    }
                }
            }
        } catch (InvalidPathException e) {
            throw malformed("train, val and test", "'" + named + "' is no path.");
        }
        return Optional.empty();
    }

    private MalformedFileException malformed(String where, String problem) {
        return new MalformedFileException(file, where, problem);
    }
}
