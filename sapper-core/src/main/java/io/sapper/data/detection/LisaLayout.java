package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * LISA traffic signs: {@code allAnnotations.csv} names frames of videos, their tags and corners. Frames of one pass of
 * one sign (a track) belong together.
 */
final class LisaLayout implements Layout {
    private static final String FILE = "allAnnotations.csv";
    private static final String FRAME = "Filename";
    private static final String TAG = "Annotation tag";
    private static final String TRACK = "Origin track";
    private static final List<String> CORNERS =
            List.of("Upper left corner X", "Upper left corner Y", "Lower right corner X", "Lower right corner Y");

    @Override
    public String text() {
        return "LISA (" + FILE + ")";
    }

    /** Whether at least one of its frames is there: the file alone may lie beside crops of the signs. */
    @Override
    public boolean is(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(FILE))) {
            return false;
        }
        Places places = new Places(folder);
        return TextLines.of(folder.resolve(FILE)).stream()
                .skip(1)
                .map(line -> line.split(";", 2)[0])
                .distinct()
                .anyMatch(frame -> places.at(frame).isPresent());
    }

    @Override
    public Read read(Path folder, Tally tally) throws IOException {
        Path file = folder.resolve(FILE);
        List<String> lines = TextLines.of(file);
        if (lines.isEmpty()) {
            throw new MalformedFileException(file, "", "The file is empty. Maybe a copy broke off.");
        }
        List<String> columns = Arrays.asList(lines.get(0).strip().split(";"));
        Places places = new Places(folder);
        Map<Path, Frame> frames = new LinkedHashMap<>();
        Set<String> classes = new TreeSet<>();
        Tracks tracks = new Tracks();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            Row row = new Row(
                    file, "line " + (i + 1), columns, List.of(lines.get(i).split(";", -1)));
            Optional<Path> picture = places.at(row.get(FRAME));
            if (picture.isEmpty()) {
                tally.add("Annotations without a photograph, left out", row.get(FRAME));
                continue;
            }
            String tag = row.get(TAG);
            classes.add(tag);
            Frame frame = frames.computeIfAbsent(
                    picture.get(), unused -> new Frame(new LinkedHashSet<>(), new ArrayList<>()));
            row.find(TRACK).ifPresent(track -> {
                frame.tracks.add(track);
                tracks.join(frame.tracks.iterator().next(), track);
            });
            frame.marks.add(new Marked.Mark(
                    tag,
                    Marked.Unit.PIXELS,
                    row.number(CORNERS.get(0)),
                    row.number(CORNERS.get(1)),
                    row.number(CORNERS.get(2)),
                    row.number(CORNERS.get(3))));
        }
        List<Marked> scenes = new ArrayList<>();
        frames.forEach((picture, frame) -> scenes.add(new Marked(
                picture,
                places.name(picture),
                frame.tracks.isEmpty()
                        ? ""
                        : tracks.first(frame.tracks.iterator().next()),
                Optional.empty(),
                frame.marks)));
        return new Read(List.copyOf(classes), scenes);
    }

    /** A frame, and the tracks that its boxes belong to, the first stays the first. */
    private record Frame(Set<String> tracks, List<Marked.Mark> marks) {}

    /** Tracks that have a frame in common belong together too. */
    private static final class Tracks {
        private final Map<String, String> earlier = new HashMap<>();

        String first(String track) {
            String at = track;
            String before = earlier.getOrDefault(at, at);
            while (!before.equals(at)) {
                at = before;
                before = earlier.getOrDefault(at, at);
            }
            return at;
        }

        void join(String one, String other) {
            String a = first(one);
            String b = first(other);
            if (!a.equals(b)) {
                earlier.put(b, a);
            }
        }
    }

    /** One line of the file. */
    private record Row(Path file, String where, List<String> columns, List<String> values) {
        Optional<String> find(String column) {
            int at = columns.indexOf(column);
            return at < 0 || at >= values.size() || values.get(at).isBlank()
                    ? Optional.empty()
                    : Optional.of(values.get(at).strip());
        }

        String get(String column) throws MalformedFileException {
            if (!columns.contains(column)) {
                throw new MalformedFileException(
                        file, "line 1", "There is no column '" + column + "', as LISA's file has it.");
            }
            return find(column)
                    .orElseThrow(() -> new MalformedFileException(
                            file,
                            where,
                            "The column '" + column + "' is empty; the line has " + values.size() + " of "
                                    + columns.size() + " columns."));
        }

        double number(String column) throws MalformedFileException {
            return Places.number(get(column), file, where + ", " + column);
        }
    }
}
