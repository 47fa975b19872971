package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pictures or recordings below one folder, by class folder and by name only: whether a file is one is told by its
 * ending.
 *
 * @param folder the folder
 * @param kind what is looked for
 * @param files for each class folder, in the order of their names, its files in the order of theirs
 */
record ClassFolders(Path folder, Kind kind, Map<String, List<Path>> files) {
    private static final Pattern VIDEO = Pattern.compile("\\d{1,6}");
    /** Where Google Speech Commands keeps noises that belong to no class. */
    private static final String BACKGROUND = "_background_noise_";

    /**
     * Lists them.
     *
     * @param leftOut is told of everything that is of no such kind
     * @throws MalformedFileException if there is no such folder
     */
    static ClassFolders list(Path folder, Kind kind, LeftOut leftOut) throws IOException {
        Map<String, List<Path>> files = new LinkedHashMap<>();
        for (Path sub : sorted(folder)) {
            if (kind == Kind.RECORDING && name(sub).equals(BACKGROUND)) {
                leftOut.noise(BACKGROUND);
            } else if (!isHidden(sub) && Files.isDirectory(sub)) {
                files.put(name(sub), files(sub, kind, leftOut));
            } else if (!isHidden(sub) && kind.has(sub)) {
                leftOut.classless(name(sub));
            }
        }
        return new ClassFolders(folder, kind, files);
    }

    /** The visible folders in a folder, in the order of their names. */
    static List<Path> folders(Path folder) throws IOException {
        return sorted(folder).stream()
                .filter(path -> !isHidden(path) && Files.isDirectory(path))
                .toList();
    }

    /**
     * Refuses fewer than two classes, and class folders in which nothing can be read.
     *
     * @throws MalformedFileException naming the folder, and what is in it
     */
    void check() throws IOException {
        if (files.size() < 2) {
            throw new MalformedFileException(
                    folder,
                    "",
                    (files.isEmpty()
                                    ? "There is no class folder"
                                    : "There is only one class folder, "
                                            + files.keySet().iterator().next())
                            + "; expected at least two, with the " + kind.noun()
                            + "s of one class each. Maybe the folder above or"
                            + " below is meant; 'audit', 'repair' and 'evaluate' take " + kind.noun()
                            + "s without classes with --labels"
                            + " model.");
        }
        for (Map.Entry<String, List<Path>> one : files.entrySet()) {
            if (one.getValue().isEmpty()) {
                Path sub = folder.resolve(one.getKey());
                LeftOut there = new LeftOut(kind);
                files(sub, kind, there);
                throw new MalformedFileException(
                        sub,
                        "",
                        "There is no " + kind.noun() + " in this class folder"
                                + (there.text().isEmpty()
                                        ? ""
                                        : ", only files " + there.text() + "; read are " + kind.endings())
                                + ". Maybe it is no class, or its " + kind.noun() + "s lie deeper. Put " + kind.noun()
                                + "s of the class in it, or take the folder away; a network that knows the class then needs"
                                + " the names of all its classes, with --classes FILE.");
            }
        }
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** Where a picture lies below its class folder, with slashes: {@code picture.png}, {@code 3/frame.png}. */
    String place(String name, Path file) {
        return folder.resolve(name).relativize(file).toString().replace('\\', '/');
    }

    /** Whether pictures lie in folders of videos: {@code person/0/frame.jpg}, as in YouTube Faces. */
    boolean ofVideos() {
        return files.entrySet().stream().anyMatch(one -> one.getValue().stream()
                .anyMatch(file -> place(one.getKey(), file).contains("/")));
    }

    /**
     * The files of a class: those in its folder; where there are none, but folders named by numbers only, those in
     * them, which are frames of videos.
     */
    private static List<Path> files(Path sub, Kind kind, LeftOut leftOut) throws IOException {
        List<Path> inside = folders(sub);
        boolean videos = !inside.isEmpty()
                && inside.stream().allMatch(one -> VIDEO.matcher(name(one)).matches())
                && sorted(sub).stream().noneMatch(kind::has);
        if (!videos) {
            return plain(sub, kind, leftOut);
        }
        List<Path> frames = new ArrayList<>();
        for (Path video : inside) {
            frames.addAll(plain(video, kind, leftOut));
        }
        return frames;
    }

    private static List<Path> plain(Path sub, Kind kind, LeftOut leftOut) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : sorted(sub)) {
            String path = name(sub) + "/" + name(file);
            if (isHidden(file)) {
                leftOut.hidden(path);
            } else if (kind.has(file)) {
                found.add(file);
            } else if (Files.isRegularFile(file)) {
                leftOut.ending(path);
            } else {
                leftOut.folder(path);
            }
        }
        return found;
    }

    static boolean isHidden(Path path) {
        return name(path).startsWith(".") || path.endsWith("__MACOSX");
    }

    static List<Path> sorted(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new MalformedFileException(folder, "", "There is no such folder.");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted((a, b) -> name(a).compareTo(name(b))).toList();
        }
    }
}
