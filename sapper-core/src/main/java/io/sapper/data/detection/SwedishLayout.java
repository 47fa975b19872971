package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Swedish Traffic Signs (Larsson and Felsberg 2011): {@code annotations.txt} with a line for each photograph, its name,
 * a colon, and signs with semicolons between: how visible, the lower right and the upper left corner, kind, name.
 * Classes are the kinds, {@code PROHIBITORY} and so on. What has no box ({@code MISC_SIGNS}) is passed over.
 */
final class SwedishLayout implements Layout {
    private static final String FILE = "annotations.txt";
    private static final Pattern LINE =
            Pattern.compile("[^:;,]+\\.(jpg|jpeg|png|bmp|ppm):.*", Pattern.CASE_INSENSITIVE);
    private static final int PARTS = 6; // how visible, four numbers, kind; then its name

    @Override
    public String text() {
        return "Swedish Traffic Signs (" + FILE + ")";
    }

    @Override
    public boolean is(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                && TextLines.of(file).stream()
                        .filter(line -> !line.isBlank())
                        .limit(1)
                        .anyMatch(line -> LINE.matcher(line.strip()).matches());
    }

    @Override
    public Read read(Path folder, Tally tally) throws IOException {
        Path file = folder.resolve(FILE);
        tally.note("classes", "the kinds of signs (PROHIBITORY, ...), not their names");
        Places places = new Places(folder);
        List<Marked> scenes = new ArrayList<>();
        Set<String> classes = new TreeSet<>();
        Set<Path> seen = new TreeSet<>();
        List<String> lines = TextLines.of(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty()) {
                continue;
            }
            String where = "line " + (i + 1);
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new MalformedFileException(
                        file, where, "Expected the name of a photograph, a colon, and its signs.");
            }
            String name = line.substring(0, colon).strip();
            Optional<Path> picture = places.find(name);
            if (picture.isEmpty()) {
                tally.add("Annotations without a photograph, left out", name);
                continue;
            }
            if (!seen.add(picture.get())) {
                throw new MalformedFileException(file, where, "The photograph " + name + " has a line before.");
            }
            List<Marked.Mark> marks = marks(file, where, name, line.substring(colon + 1), tally);
            marks.forEach(mark -> classes.add(mark.className()));
            scenes.add(new Marked(picture.get(), places.name(picture.get()), "", Optional.empty(), marks));
        }
        return new Read(List.copyOf(classes), scenes);
    }

    private static List<Marked.Mark> marks(Path file, String where, String name, String text, Tally tally)
            throws IOException {
        List<Marked.Mark> marks = new ArrayList<>();
        for (String sign : text.split(";", -1)) {
            String[] parts = sign.strip().split("\\s*,\\s*", -1);
            if (parts.length == 1) {
                if (!parts[0].isEmpty()) {
                    tally.add("Signs without a box, left out", name);
                }
                continue;
            }
            if (parts.length < PARTS) {
                throw new MalformedFileException(
                        file,
                        where,
                        "Expected how visible a sign is, four numbers and its kind, found '" + sign.strip() + "'.");
            }
            double[] numbers = new double[4];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Places.number(parts[i + 1], file, where);
            }
            marks.add(new Marked.Mark(
                    parts[PARTS - 1], Marked.Unit.PIXELS, numbers[2], numbers[3], numbers[0], numbers[1]));
        }
        return marks;
    }
}
