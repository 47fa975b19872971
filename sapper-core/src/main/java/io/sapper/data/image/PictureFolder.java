package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pictures of a folder with one subfolder per class, by name only. Hidden files, {@code __MACOSX} and files that
 * are no pictures by their ending (a README, say) are passed over.
 *
 * @param folder the folder
 * @param classNames the subfolders' names, sorted
 * @param entries all pictures, sorted by class, then by name
 */
record PictureFolder(Path folder, List<String> classNames, List<Entry> entries) {
    private static final Set<String> ENDINGS =
            Set.of("png", "jpg", "jpeg", "pnm", "pbm", "pgm", "ppm", "pam", "bmp", "gif");

    /**
     * One picture.
     *
     * @param path relative to the folder, with slashes
     * @param label its class, from 0
     */
    record Entry(String path, int label) {}

    static PictureFolder list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new MalformedFileException(folder, "", "There is no such folder.");
        }
        List<String> classNames = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Path sub : visible(folder)) {
            if (Files.isDirectory(sub)) {
                entries.addAll(pictures(sub, classNames.size()));
                classNames.add(sub.getFileName().toString());
            }
        }
        if (classNames.size() < 2) {
            throw new MalformedFileException(
                    folder,
                    "",
                    (classNames.isEmpty()
                                    ? "There is no class folder"
                                    : "There is only one class folder, " + classNames.get(0))
                            + "; expected at least two, with the pictures of one class each. Maybe the folder above or"
                            + " below is meant.");
        }
        return new PictureFolder(folder, List.copyOf(classNames), List.copyOf(entries));
    }

    List<Entry> ofClass(int label) {
        return entries.stream().filter(entry -> entry.label() == label).toList();
    }

    private static List<Entry> pictures(Path sub, int label) throws IOException {
        List<Entry> found = visible(sub).stream()
                .filter(PictureFolder::isPicture)
                .map(file -> new Entry(sub.getFileName() + "/" + file.getFileName(), label))
                .toList();
        if (found.isEmpty()) {
            throw new MalformedFileException(
                    sub,
                    "",
                    "There is no picture in this class folder. Maybe it is no class, or its pictures lie deeper.");
        }
        return found;
    }

    private static List<Path> visible(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(path -> !path.endsWith("__MACOSX"))
                    .sorted((a, b) ->
                            a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.contains(ending) && Files.isRegularFile(file);
    }
}
