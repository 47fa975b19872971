package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.image.PictureSize;
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
import java.util.Locale;
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
 * Pascal VOC: an XML file for each photograph, in a folder {@code annotations} or {@code Annotations}, or beside it.
 * Its pixels count from 1 and a box has its last ones in it, so that {@code xmin=1, xmax=10} are edges at 0 and 10;
 * files of other programs that count from 0 are a pixel off at the left and the top, which is clipped in silence at the
 * picture's edge.
 */
final class VocLayout implements Layout {
    private static final int HEAD = 1024;
    private static final List<String> PHOTOGRAPHS = List.of("images", "JPEGImages", "Images");
    private static final String FOLDER = "annotations";

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
        try (InputStream in = Files.newInputStream(files.get(0))) { // other XML may lie about among pictures
            return isAnnotations(files.get(0))
                    || new String(in.readNBytes(HEAD), StandardCharsets.UTF_8).contains("<annotation");
        }
    }

    private static boolean isAnnotations(Path file) {
        Path home = file.toAbsolutePath().getParent();
        return home != null
                && home.getFileName() != null
                && home.getFileName().toString().equalsIgnoreCase(FOLDER);
    }

    /**
     * In folders {@code annotations}; else beside photographs, in the folder itself or its parts. XML in class folders
     * is none of these.
     */
    private static List<Path> files(Path folder) throws IOException {
        List<Path> named = new ArrayList<>();
        List<Path> beside = new ArrayList<>();
        List<Path> homes = new ArrayList<>(List.of(folder));
        homes.addAll(folders(folder));
        for (Path home : homes) {
            boolean part = home.equals(folder)
                    || Marked.Part.of(folder.relativize(home).resolve("file")).isPresent();
            for (Path file : xml(home)) {
                if (isAnnotations(file)) {
                    named.add(file);
                } else if (part) {
                    beside.add(file);
                }
            }
            if (part && !home.equals(folder)) {
                for (Path inner : folders(home)) {
                    xml(inner).stream().filter(VocLayout::isAnnotations).forEach(named::add);
                }
            }
        }
        return named.isEmpty() ? beside : named;
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .filter(Files::isReadable)
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> xml(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(VocLayout::isXml)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isXml(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".xml");
    }

    @Override
    public Read read(Path folder, Tally tally) throws IOException {
        Places places = new Places(folder);
        Set<String> classes = new TreeSet<>();
        Map<Path, Path> described = new HashMap<>();
        List<Marked> scenes = new ArrayList<>();
        for (Path file : files(folder)) {
            Annotation read = annotation(file);
            Optional<Path> picture = picture(file, read, places);
            if (picture.isEmpty()) {
                tally.add(
                        places.several(read.picture == null ? Places.stem(file) : read.picture)
                                ? "Annotations that several photographs fit, left out"
                                : "Annotations without a photograph, left out",
                        places.name(file));
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
            scenes.add(new Marked(
                    picture.get(),
                    places.name(picture.get()),
                    "",
                    Marked.Part.of(folder.relativize(picture.get())),
                    read.size(),
                    read.marks));
        }
        Set<Path> known = new HashSet<>(described.keySet());
        for (Path picture : places.all()) {
            if (!known.contains(picture)) {
                tally.add("Photographs without an annotation file, left out", places.name(picture));
            }
        }
        return new Read(List.copyOf(classes), scenes);
    }

    /** Beside the file, at the same place in the folder of photographs, or anywhere under its name. */
    private static Optional<Path> picture(Path file, Annotation read, Places places) {
        Path home = file.toAbsolutePath().getParent();
        List<String> names =
                read.picture == null ? List.of(Places.stem(file)) : List.of(read.picture, Places.stem(file));
        List<Path> homes = new ArrayList<>();
        if (home != null) {
            homes.add(home);
            if (isAnnotations(file)) {
                PHOTOGRAPHS.forEach(name -> homes.add(home.resolveSibling(name)));
            }
        }
        for (String name : names) {
            for (Path place : homes) {
                Optional<Path> there = places.beside(place, name);
                if (there.isPresent()) {
                    return there;
                }
            }
            Optional<Path> anywhere = places.find(name);
            if (anywhere.isPresent()) {
                return anywhere;
            }
        }
        return Optional.empty();
    }

    /** What one file says. */
    private static final class Annotation {
        private final List<Marked.Mark> marks = new ArrayList<>();
        private @Nullable String picture;
        private int height;
        private int width;

        /** Programs that do not know it write 0. */
        Optional<PictureSize> size() {
            return height > 0 && width > 0 ? Optional.of(new PictureSize(height, width)) : Optional.empty();
        }
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
                    file,
                    line > 0 ? "line " + line : "",
                    "This is no XML that can be read. Maybe a copy broke off, or it has entities of its own, which are not"
                            + " read.");
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
                } else if (at.equals("annotation/size/height") && value.matches("\\d{1,6}")) {
                    annotation.height = Integer.parseInt(value);
                } else if (at.equals("annotation/size/width") && value.matches("\\d{1,6}")) {
                    annotation.width = Integer.parseInt(value);
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
                edge(file, where, object, "xmin") - 1,
                edge(file, where, object, "ymin") - 1,
                edge(file, where, object, "xmax"),
                edge(file, where, object, "ymax"));
    }

    private static double edge(Path file, String where, Map<String, String> object, String name) throws IOException {
        @Nullable String text = object.get("bndbox/" + name);
        if (text == null) {
            throw new MalformedFileException(file, where, "An <object> has no <" + name + "> in its <bndbox>.");
        }
        return Places.number(text, file, where + ", " + name);
    }
}
