package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * YOLO: a text file for each photograph, beside it or at the same place below {@code labels} instead of {@code images};
 * in each line a class's number, and a box's middle, width and height as shares of the photograph. Names of the classes
 * stand in {@code data.yaml} ({@link DataYaml}), which may divide too, or in {@code classes.txt}, {@code obj.names} or
 * {@code labels.txt}, one on each line. Where there are none, but folders {@code labels}, the classes are called by
 * their numbers.
 */
final class YoloLayout implements Layout {
    private static final List<String> NAMES = List.of(
            "classes.txt", "obj.names", "labels.txt", "data/obj.names", "data/classes.txt", "labels/classes.txt");

    /** Of a class without a name; what is larger is a mistake, and told where it stands. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?!\\S)");

    private static final Pattern LABEL = Pattern.compile("\\s*\\d+(\\s+[-+.0-9eE]+){4}\\s*");

    private static final int NUMBERS = 5; // class, middle, size

    @Override
    public String text() {
        return "YOLO (a text file for each photograph)";
    }

    @Override
    public boolean is(Path folder) throws IOException {
        if (DataYaml.in(folder).isEmpty() && names(folder).isEmpty() && !labelled(folder)) {
            return false;
        }
        Places places = new Places(folder);
        for (Path picture : places.all()) {
            Optional<Path> labels = labels(folder, picture);
            if (labels.isPresent() && !isBlank(labels.get()) && looksLikeLabels(labels.get())) {
                return true; // one is enough: what is wrong with others is told where it stands
            }
        }
        return false;
    }

    /** Whether there is a folder of labels, as Ultralytics' programs want it. */
    private static boolean labelled(Path folder) throws IOException {
        if (Files.isDirectory(folder.resolve("labels"))) {
            return true;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.anyMatch(part -> Files.isDirectory(part.resolve("labels")));
        }
    }

    private static Optional<Path> names(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    /** The file with the boxes of a photograph. */
    private static Optional<Path> labels(Path folder, Path picture) {
        Path beside = picture.resolveSibling(Places.stem(picture) + ".txt");
        Path inside = folder.relativize(beside);
        List<Path> places = new ArrayList<>();
        for (int i = 0; i < inside.getNameCount() - 1; i++) {
            if (inside.getName(i).toString().equals("images")) {
                Path labels = i == 0 ? folder : folder.resolve(inside.subpath(0, i));
                places.add(labels.resolve("labels").resolve(inside.subpath(i + 1, inside.getNameCount())));
            }
        }
        places.add(beside);
        return places.stream().filter(Files::isRegularFile).findFirst();
    }

    @Override
    public Read read(Path folder, Tally tally) throws IOException {
        Places places = new Places(folder);
        Optional<Path> yaml = DataYaml.in(folder);
        if (yaml.isPresent()) {
            DataYaml described = DataYaml.read(yaml.get());
            Map<Path, Marked.Part> parts = described.parts(folder, places);
            List<Marked> scenes = scenes(
                    folder, places, described.names(), picture -> Optional.ofNullable(parts.get(picture)), tally);
            return new Read(described.names(), scenes, described.division());
        }
        Optional<Path> names = names(folder);
        List<String> classes = names.isPresent() ? classes(names.get()) : numbers(folder, places, tally);
        return new Read(
                classes, scenes(folder, places, classes, picture -> Marked.Part.of(folder.relativize(picture)), tally));
    }

    private static List<Marked> scenes(
            Path folder, Places places, List<String> classes, Function<Path, Optional<Marked.Part>> part, Tally tally)
            throws IOException {
        List<Marked> scenes = new ArrayList<>();
        for (Path picture : places.all()) {
            Optional<Path> labels = labels(folder, picture);
            List<Marked.Mark> marks = labels.isPresent() ? marks(labels.get(), classes) : List.of();
            scenes.add(new Marked(picture, places.name(picture), "", part.apply(picture), marks));
        }
        tellWithoutPictures(folder, places, tally);
        return scenes;
    }

    /** Names for classes that have none. */
    private static List<String> numbers(Path folder, Places places, Tally tally) throws IOException {
        int most = 0;
        for (Path picture : places.all()) {
            Optional<Path> labels = labels(folder, picture);
            for (String line : labels.isPresent() ? TextLines.of(labels.get()) : List.<String>of()) {
                Matcher number = NUMBER.matcher(line.strip());
                if (number.lookingAt()) {
                    most = Math.max(most, Integer.parseInt(number.group()));
                }
            }
        }
        tally.note("classes", "called by their numbers, for no data.yaml and no classes.txt names them");
        return IntStream.rangeClosed(0, most).mapToObj(String::valueOf).toList();
    }

    private static void tellWithoutPictures(Path folder, Places places, Tally tally) throws IOException {
        HashSet<Path> used = new HashSet<>();
        HashSet<Path> homes = new HashSet<>();
        for (Path picture : places.all()) {
            labels(folder, picture).ifPresent(file -> {
                used.add(file.toAbsolutePath());
                homes.add(file.toAbsolutePath().getParent());
            });
        }
        for (Path home : homes) {
            try (Stream<Path> files = Files.list(home)) {
                for (Path file : files.sorted().toList()) {
                    boolean text = file.toString().endsWith(".txt") && Files.isRegularFile(file);
                    if (text && !used.contains(file.toAbsolutePath()) && looksLikeLabels(file)) {
                        tally.add("Annotations without a photograph, left out", String.valueOf(file.getFileName()));
                    }
                }
            }
        }
    }

    private static boolean isBlank(Path file) throws IOException {
        return TextLines.of(file).stream().allMatch(String::isBlank);
    }

    private static boolean looksLikeLabels(Path file) throws IOException {
        List<String> lines = TextLines.of(file);
        return lines.stream().anyMatch(line -> LABEL.matcher(line).matches());
    }

    private static List<String> classes(Path file) throws IOException {
        List<String> names =
                new ArrayList<>(TextLines.of(file).stream().map(String::strip).toList());
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        if (names.contains("")) {
            throw new MalformedFileException(
                    file,
                    "line " + (names.indexOf("") + 1),
                    "The line is empty, so that nobody knows whether the classes behind it count from it or not.");
        }
        if (names.isEmpty() || new HashSet<>(names).size() < names.size()) {
            throw new MalformedFileException(
                    file, "", "The names of the classes must stand there, each once, one on each line.");
        }
        return names;
    }

    private static List<Marked.Mark> marks(Path file, List<String> classes) throws IOException {
        List<Marked.Mark> marks = new ArrayList<>();
        List<String> lines = TextLines.of(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                marks.add(mark(file, "line " + (i + 1), line.split("\\s+"), classes));
            }
        }
        return marks;
    }

    private static Marked.Mark mark(Path file, String where, String[] parts, List<String> classes) throws IOException {
        if (parts.length != NUMBERS) {
            throw new MalformedFileException(
                    file,
                    where,
                    "Expected a class's number and four shares (middle across, middle down, width, height), found "
                            + parts.length + " entries"
                            + (parts.length > NUMBERS ? "; polygons and scores are not read." : "."));
        }
        if (!parts[0].matches("\\d{1,6}") || Integer.parseInt(parts[0]) >= classes.size()) {
            throw new MalformedFileException(
                    file,
                    where,
                    "There is no class '" + parts[0] + "'; " + classes.size() + " are named, from 0 ("
                            + classes.get(0) + ") to " + (classes.size() - 1) + " ("
                            + classes.get(classes.size() - 1) + ").");
        }
        double[] shares = new double[NUMBERS];
        for (int i = 1; i < NUMBERS; i++) {
            shares[i] = Places.number(parts[i], file, where);
            if (shares[i] < -1 || shares[i] > 2) {
                throw new MalformedFileException(
                        file, where, "Positions are shares of the photograph, 0 to 1, not " + parts[i] + " (pixels?).");
            }
        }
        return new Marked.Mark(
                classes.get(Integer.parseInt(parts[0])),
                Marked.Unit.SHARES,
                shares[1] - shares[3] / 2,
                shares[2] - shares[4] / 2,
                shares[1] + shares[3] / 2,
                shares[2] + shares[4] / 2);
    }
}
