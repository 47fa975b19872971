package io.sapper.data.image;

import io.sapper.data.MalformedFileException;
import java.nio.file.Path;

/** Rows and columns of a picture as it is to be seen: turned as its EXIF data say. */
public record PictureSize(int height, int width) {
    /**
     * From the head of a file.
     *
     * @throws MalformedFileException if it is missing, empty, no picture, or larger than 100 million pixels
     */
    public static PictureSize of(Path file) throws MalformedFileException {
        return PictureFile.size(file);
    }

    /** {@code 24x32}, rows x columns. */
    @Override
    public String toString() {
        return height + "x" + width;
    }
}
