package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pictures below one folder, by class folder and by name only: whether a file is a picture is told by its ending.
 *
 * @param folder the folder
 * @param pictures for each class folder, in the order of their names, its pictures in the order of theirs
 */
record ClassFolders(Path folder, Map<String, List<Path>> pictures) {
    private static final Pattern VIDEO = Pattern.compile("\\d{1,6}");
    private static final Set<String> ENDINGS = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp", "tif", "tiff", "pnm", "pbm", "pgm", "ppm",
            "pam");

    /** The endings that are read, for messages. */
    static String endings() {
        return String.join(", ", new TreeSet<>(ENDINGS));
    }

    /**
     * Lists them.
     *
     * @param leftOut is told of everything that is no picture
     * @throws MalformedFileException if there is no such folder
     */
    static ClassFolders list(Path folder, LeftOut leftOut) throws IOException {
        Map<String, List<Path>> pictures = new LinkedHashMap<>();
        for (Path sub : sorted(folder)) {
            if (!isHidden(sub) && Files.isDirectory(sub)) {
                pictures.put(name(sub), pictures(sub, leftOut));
            } else if (!isHidden(sub) && isPicture(sub)) {
                leftOut.classless(name(sub));
            }
        }
        return new ClassFolders(folder, pictures);
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
        if (pictures.size() < 2) {
            throw new MalformedFileException(
                    folder,
                    "",
                    (pictures.isEmpty()
                                    ? "There is no class folder"
                                    : "There is only one class folder, "
                                            + pictures.keySet().iterator().next())
                            + "; expected at least two, with the pictures of one class each. Maybe the folder above or"
                            + " below is meant; 'repair' and 'evaluate' take pictures without classes with --labels"
                            + " model.");
        }
        for (Map.Entry<String, List<Path>> one : pictures.entrySet()) {
            if (one.getValue().isEmpty()) {
                Path sub = folder.resolve(one.getKey());
                LeftOut there = new LeftOut();
                pictures(sub, there);
                throw new MalformedFileException(
                        sub,
                        "",
                        "There is no picture in this class folder"
                                + (there.text().isEmpty()
                                        ? ""
                                        : ", only files " + there.text() + "; read are " + endings())
                                + ". Maybe it is no class, or its pictures lie deeper.");
            }
        }
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    static boolean isPicture(Path file) {
        String name = name(file);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending) && Files.isRegularFile(file);
    }

    /** Where a picture lies below its class folder, with slashes: {@code picture.png}, {@code 3/frame.png}. */
    String place(String name, Path file) {
        return folder.resolve(name).relativize(file).toString().replace('\\', '/');
    }

    /** Whether pictures lie in folders of videos: {@code person/0/frame.jpg}, as in YouTube Faces. */
    boolean ofVideos() {
        return pictures.entrySet().stream().anyMatch(one -> one.getValue().stream()
                .anyMatch(file -> place(one.getKey(), file).contains("/")));
    }

    /**
     * The pictures of a class: those in its folder; where there are none, but folders named by numbers only, those in
     * them, which are frames of videos.
     */
    private static List<Path> pictures(Path sub, LeftOut leftOut) throws IOException {
        List<Path> inside = folders(sub);
        boolean videos = !inside.isEmpty()
                && inside.stream().allMatch(one -> VIDEO.matcher(name(one)).matches())
                && sorted(sub).stream().noneMatch(ClassFolders::isPicture);
        if (!videos) {
            return plain(sub, leftOut);
        }
        List<Path> frames = new ArrayList<>();
        for (Path video : inside) {
            frames.addAll(plain(video, leftOut));
        }
        return frames;
    }

    private static List<Path> plain(Path sub, LeftOut leftOut) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : sorted(sub)) {
            String path = name(sub) + "/" + name(file);
            if (isHidden(file)) {
                leftOut.hidden(path);
            } else if (isPicture(file)) {
                found.add(file);
            } else if (Files.isRegularFile(file)) {
                leftOut.ending(path);
            } else {
                leftOut.folder(path);
            }
        }
        return found;
    }

    private static boolean isHidden(Path path) {
        return name(path).startsWith(".") || path.endsWith("__MACOSX");
    }

    private static List<Path> sorted(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new MalformedFileException(folder, "", "There is no such folder.");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted((a, b) -> name(a).compareTo(name(b))).toList();
        }
    }
}
