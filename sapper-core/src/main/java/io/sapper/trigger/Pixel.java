package io.sapper.trigger;

/**
 * One pixel that a trigger sets, in every channel.
 *
 * @param row from 0, top to bottom
 * @param column from 0, left to right
 * @param value 0 to 255
 */
public record Pixel(int row, int column, int value) {
    public Pixel {
        if (row < 0 || column < 0 || value < 0 || value > 255) {
            throw new IllegalArgumentException(
                    "A trigger pixel needs row and column from 0 and a value of 0 to 255, not " + row + "," + column
                            + "=" + value + ".");
        }
    }

    @Override
    public String toString() {
        return row + "," + column + "=" + value;
    }
}
