package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.data.image.PictureListing;
import io.sapper.experiment.PictureDetections.Copy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The pictures of {@code detect}, and what their copies are called: no two alike, JPEG where the picture is one. */
final class DrawnCopies {
    private DrawnCopies() {}

    /**
     * Finds them, so that one that is not there is told before anything is done; what they are is seen when it is their
     * turn.
     *
     * @param given pictures and folders
     * @throws MalformedFileException if one is missing, or a folder has none
     * @throws IllegalArgumentException if the copies would go into a folder that is looked at
     */
    static List<Copy> of(List<Path> given, Path out) throws IOException {
        Map<Path, Path> files = new LinkedHashMap<>(); // each once, as it was called first
        for (Path one : given) {
            for (Path file : Files.isDirectory(one) ? inFolder(one, out) : List.of(one)) {
                files.putIfAbsent(file.toAbsolutePath().normalize(), file);
            }
        }
        Set<String> taken = new HashSet<>();
        List<Copy> copies = new ArrayList<>();
        for (Path file : files.values()) {
            if (!Files.isRegularFile(file)) {
                throw new MalformedFileException(file, "", "There is no such picture file.");
            }
            copies.add(new Copy(file, out.resolve(name(file, taken))));
        }
        return copies;
    }

    private static List<Path> inFolder(Path folder, Path out) throws IOException {
        if (Files.isDirectory(out) && Files.isSameFile(folder, out)) {
            throw new IllegalArgumentException("--out " + out + " is a folder of the pictures, where copies would be"
                    + " looked at the next time. Maybe another folder with --out.");
        }
        List<Path> found = PictureListing.below(folder, 1);
        if (found.isEmpty()) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "There is no picture in this folder"
                            + (PictureListing.below(folder, 2).isEmpty()
                                    ? "."
                                    : " itself, but there are some below it: name the folder that they lie in."));
        }
        return found;
    }

    /** In lower case no two are alike either: some file systems make no difference. */
    private static String name(Path file, Set<String> taken) throws IOException {
        String called = String.valueOf(file.getFileName()).replaceAll("\\p{Cntrl}", "-");
        int dot = called.lastIndexOf('.');
        String stem = dot <= 0 ? called : called.substring(0, dot);
        String ending = isJpeg(file) ? ".jpg" : ".png";
        String name = stem + ending;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = stem + "-" + i + ending;
        }
        return name;
    }

    private static boolean isJpeg(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return false; // told when it is its turn
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(2);
            return head.length == 2 && (head[0] & 0xff) == 0xff && (head[1] & 0xff) == 0xd8;
        }
    }
}
