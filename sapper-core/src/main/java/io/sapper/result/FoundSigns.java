package io.sapper.result;

import io.sapper.data.detection.Box;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a detector finds in pictures that somebody gave it.
 *
 * @param command {@code detect}
 * @param model the detector's file
 * @param sha256 of it, in hexadecimal digits
 * @param classes that it tells apart
 * @param canvas rows x columns that pictures are scaled to for it
 * @param minScore boxes less sure than that are left out
 * @param pictures in the order in which they were given, but for those that cannot be read
 * @param unread those; absent in files of earlier versions
 */
public record FoundSigns(
        String command,
        String model,
        String sha256,
        List<String> classes,
        String canvas,
        double minScore,
        List<Picture> pictures,
        @Nullable List<Unread> unread) {
    public FoundSigns {
        classes = Parts.list(classes, "classes");
        pictures = Parts.list(pictures, "pictures");
        unread = unread == null ? List.of() : Parts.list(unread, "unread");
    }

    @Override
    public List<Unread> unread() {
        return Objects.requireNonNull(unread, "set by the constructor");
    }

    /**
     * A picture that cannot be read.
     *
     * @param file that it is
     * @param problem in a sentence, with the file
     */
    public record Unread(String file, String problem) {
        public Unread {
            Parts.present(file, "file");
            Parts.present(problem, "problem");
        }
    }

    /**
     * One picture.
     *
     * @param file it was read from
     * @param drawn the copy with the boxes, beside this result
     * @param height rows, as it is to be seen
     * @param width columns
     * @param signs the surest first
     */
    public record Picture(String file, String drawn, int height, int width, List<Sign> signs) {
        public Picture {
            signs = Parts.list(signs, "signs");
        }
    }

    /**
     * A box.
     *
     * @param className what the detector takes it for
     * @param score how sure it is, in [0, 1]
     * @param box in pixels of the picture
     */
    public record Sign(String className, double score, Box box) {}
}
