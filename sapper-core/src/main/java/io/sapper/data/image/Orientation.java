package io.sapper.data.image;

import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import org.jspecify.annotations.Nullable;

/**
 * How a picture as stored has to be turned to be seen as it was taken (EXIF 2.3, tag 274).
 *
 * @param value 1 (as stored) to 8
 */
record Orientation(int value) {
    static final Orientation AS_STORED = new Orientation(1);

    /** What the EXIF data say; {@link #AS_STORED} where they say nothing that is in the standard. */
    static Orientation of(Metadata metadata) {
        ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
        @Nullable Integer value = exif == null ? null : exif.getInteger(ExifDirectoryBase.TAG_ORIENTATION);
        return value == null || value < 1 || value > 8 ? AS_STORED : new Orientation(value);
    }

    /** Whether rows become columns. */
    boolean swapsSides() {
        return value >= 5;
    }

    /**
     * Turns one plane.
     *
     * @param plane {@code rows * columns} bytes as stored
     * @return as many, row by row as they are to be seen; {@code plane} itself if nothing is to be done
     */
    byte[] turn(byte[] plane, int rows, int columns) {
        if (value == 1) {
            return plane;
        }
        byte[] turned = new byte[plane.length];
        int newColumns = swapsSides() ? rows : columns;
        int newRows = swapsSides() ? columns : rows;
        for (int y = 0; y < newRows; y++) {
            for (int x = 0; x < newColumns; x++) {
                turned[y * newColumns + x] = plane[from(y, x, rows, columns)];
            }
        }
        return turned;
    }

    /** Where in the stored plane the pixel lies that is seen at (y, x). */
    private int from(int y, int x, int rows, int columns) {
        int lastRow = rows - 1;
        int lastColumn = columns - 1;
        return switch (value) {
            case 2 -> y * columns + lastColumn - x;
            case 3 -> (lastRow - y) * columns + lastColumn - x;
            case 4 -> (lastRow - y) * columns + x;
            case 5 -> x * columns + y;
            case 6 -> (lastRow - x) * columns + y;
            case 7 -> (lastRow - x) * columns + lastColumn - y;
            case 8 -> x * columns + lastColumn - y;
            default -> y * columns + x;
        };
    }
}
