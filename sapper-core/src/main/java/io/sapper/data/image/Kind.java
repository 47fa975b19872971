package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a folder holds; told by the endings of its files' names. */
enum Kind {
    PICTURE(
            "picture",
            Set.of(
                    "png", "jpg", "jpeg", "jpe", "jfif", "webp", "gif", "bmp", "tif", "tiff", "pnm", "pbm", "pgm",
                    "ppm", "pam")),
    RECORDING("recording", Set.of("wav", "wave"));

    /** Folders of classes may stand in parts, and these in one folder: files lie no deeper. */
    private static final int DEEPEST = 3;

    private static final Set<String> SOUND_NOT_READ =
            Set.of("flac", "mp3", "ogg", "oga", "opus", "m4a", "aac", "aif", "aiff", "au", "wma", "sph");

    private final String noun;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> endings;

    Kind(String noun, Set<String> endings) {
        this.noun = noun;
        this.endings = endings;
    }

    /** {@code picture}. */
    String noun() {
        return noun;
    }

    /** {@code 1 picture}, {@code 2 pictures}. */
    String count(long count) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** The endings that are read, for messages. */
    String endings() {
        return String.join(", ", new TreeSet<>(endings));
    }

    /** Whether a file is one, by its name. */
    boolean has(Path file) {
        return endings.contains(ending(file)) && Files.isRegularFile(file);
    }

    /**
     * What a folder holds; pictures, where there is neither.
     *
     * @throws MalformedFileException if it holds both, or only sound that is not read
     */
    static Kind of(Path folder) throws IOException {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        int[] otherSound = new int[1];
        count(folder, DEEPEST, counts, otherSound);
        int recordings = counts.getOrDefault(RECORDING, 0);
        int pictures = counts.getOrDefault(PICTURE, 0);
        if (recordings > 0 && pictures > 0) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "There are both " + PICTURE.count(pictures) + " and " + RECORDING.count(recordings)
                            + "; a data set has one kind. Put one kind into a folder of its own.");
        }
        if (recordings == 0 && pictures == 0 && otherSound[0] > 0) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "There is sound (" + otherSound[0] + " files), but none that is read: read are files ending in "
                            + RECORDING.endings()
                            + ". Convert them, for example with: ffmpeg -i OLD.flac -c:a pcm_s16le NEW.wav");
        }
        return recordings > 0 ? RECORDING : PICTURE;
    }

    private static void count(Path folder, int depth, Map<Kind, Integer> counts, int[] otherSound) throws IOException {
        for (Path path : ClassFolders.sorted(folder)) {
            if (ClassFolders.isHidden(path)) {
                continue;
            }
            if (Files.isDirectory(path)) {
                if (depth > 1 && Files.isReadable(path)) {
                    count(path, depth - 1, counts, otherSound);
                }
            } else if (SOUND_NOT_READ.contains(ending(path))) {
                otherSound[0]++;
            } else {
                Stream.of(values()).filter(kind -> kind.has(path)).forEach(kind -> counts.merge(kind, 1, Integer::sum));
            }
        }
    }

    private static String ending(Path file) {
        String name = ClassFolders.name(file);
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
