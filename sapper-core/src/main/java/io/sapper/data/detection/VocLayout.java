package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Pascal VOC: an XML file for each photograph, in {@code annotations} or {@code Annotations} or beside the photographs.
 * Its pixels count from 1 and a box has its last ones in it, so that {@code xmin=1, xmax=10} are edges at 0 and 10;
 * files of other programs that count from 0 are a pixel off at the left and the top, which is clipped in silence at the
 * picture's edge.
 */
final class VocLayout implements Layout {
    private static final int HEAD = 1024;
    private static final List<String> FOLDERS = List.of("annotations", "Annotations", ".");

    @Override
    public String text() {
        return "Pascal VOC (an XML file for each photograph)";
    }

    @Override
    public boolean is(Path folder) throws IOException {
        List<Path> files = files(folder);
        if (files.isEmpty()) {
            return false;
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(files.get(0))) {
            head = in.readNBytes(HEAD);
        }
        return !files.get(0)
                        .toAbsolutePath()
                        .normalize()
                        .getParent()
                        .equals(folder.toAbsolutePath().normalize())
                || new String(head, StandardCharsets.UTF_8).contains("<annotation"); // other XML may lie about there
    }

    private static List<Path> files(Path folder) throws IOException {
        for (String name : FOLDERS) {
            Path place = folder.resolve(name).normalize();
            if (Files.isDirectory(place)) {
                try (Stream<Path> all = Files.list(place)) {
                    List<Path> found = all.filter(file -> file.toString().endsWith(".xml") && Files.isRegularFile(file))
                            .sorted()
                            .toList();
                    if (!found.isEmpty()) {
                        return found;
                    }
                }
            }
        }
        return List.of();
    }

    @Override
    public Read read(Path folder, Tally tally) throws IOException {
        Places places = new Places(folder);
        Set<String> classes = new TreeSet<>();
        Map<Path, Path> described = new HashMap<>();
        List<Marked> scenes = new ArrayList<>();
        for (Path file : files(folder)) {
            Annotation read = annotation(file);
            Optional<Path> picture = read.picture == null ? Optional.empty() : places.find(read.picture);
            picture = picture.or(() -> places.find(Places.stem(file)));
            if (picture.isEmpty()) {
                tally.add("annotations have no photograph and are left out", String.valueOf(file.getFileName()));
                continue;
            }
            @Nullable Path before = described.put(picture.get(), file);
            if (before != null) {
                throw new MalformedFileException(
                        file,
                        "",
                        "Both this file and " + before.getFileName() + " speak of " + places.name(picture.get()) + ".");
            }
            read.marks.forEach(mark -> classes.add(mark.className()));
            scenes.add(new Marked(picture.get(), places.name(picture.get()), "", Optional.empty(), read.marks));
        }
        Set<Path> known = new HashSet<>(described.keySet());
        for (Path picture : places.all()) {
            if (!known.contains(picture)) {
                tally.add("photographs have no annotation file and are left out", places.name(picture));
            }
        }
        return new Read(List.copyOf(classes), scenes);
    }

    /** What one file says. */
    private static final class Annotation {
        private final List<Marked.Mark> marks = new ArrayList<>();
        private @Nullable String picture;
    }

    private static Annotation annotation(Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // the file is not trusted
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            try {
                return annotation(file, reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new MalformedFileException(
                    file, line > 0 ? "line " + line : "", "This is no XML that can be read. Maybe a copy broke off.");
        }
    }

    private static Annotation annotation(Path file, XMLStreamReader reader) throws XMLStreamException, IOException {
        Annotation annotation = new Annotation();
        Deque<String> path = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        Map<String, String> object = new HashMap<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                path.addLast(reader.getLocalName());
                text.setLength(0);
                if (path.size() == 1 && !reader.getLocalName().equals("annotation")) {
                    throw new MalformedFileException(
                            file,
                            "",
                            "Expected <annotation>, as in Pascal VOC, found <" + reader.getLocalName() + ">.");
                }
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                String at = String.join("/", path);
                String value = text.toString().strip();
                text.setLength(0);
                path.removeLast();
                if (at.equals("annotation/filename") && !value.isEmpty()) {
                    annotation.picture = value;
                } else if (at.startsWith("annotation/object/")) {
                    object.put(at.substring("annotation/object/".length()), value);
                } else if (at.equals("annotation/object")) {
                    annotation.marks.add(
                            mark(file, "line " + reader.getLocation().getLineNumber(), object));
                    object.clear();
                }
            }
        }
        return annotation;
    }

    private static Marked.Mark mark(Path file, String where, Map<String, String> object) throws IOException {
        String name = object.getOrDefault("name", "");
        if (name.isEmpty()) {
            throw new MalformedFileException(file, where, "An <object> has no <name>.");
        }
        return new Marked.Mark(
                name,
                Marked.Unit.PIXELS,
                new double[] {edge(file, where, object, "xmin") - 1, edge(file, where, object, "ymin") - 1},
                new double[] {edge(file, where, object, "xmax"), edge(file, where, object, "ymax")});
    }

    private static double edge(Path file, String where, Map<String, String> object, String name) throws IOException {
        @Nullable String text = object.get("bndbox/" + name);
        if (text == null) {
            throw new MalformedFileException(file, where, "An <object> has no <" + name + "> in its <bndbox>.");
        }
        return Places.number(text, file, where + ", " + name);
    }
}
