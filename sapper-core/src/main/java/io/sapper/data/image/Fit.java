package io.sapper.data.image;

import java.util.Locale;

/** How a picture of other proportions gets to the size wanted. */
public enum Fit {
    /** Stretched: nothing is lost, proportions change. */
    RESIZE,
    /** The largest part of the right proportions, from the middle, then scaled: proportions stay, edges are lost. */
    CROP;

    /** The fit of this name: {@code resize} or {@code crop}. */
    public static Fit of(String name) {
        return switch (name) {
            case "resize" -> RESIZE;
            case "crop" -> CROP;
            default ->
                throw new IllegalArgumentException("Unknown fit '" + name
                        + "'. Known: resize (stretch to the size), crop (keep proportions, cut off what is too long).");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
