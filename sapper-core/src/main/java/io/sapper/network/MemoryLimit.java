package io.sapper.network;

import io.sapper.network.operator.NotSupported;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory one network may take: for what its file stores, for any one tensor, and for all tensors that live at
 * the same time as far as their sizes are known beforehand. A small file can ask for any amount, so there has to be a
 * bound; whoever has the memory sets a higher one. One for the whole process.
 */
public final class MemoryLimit {
    /** Two GiB: enough for every image network that is in use, and what a small machine has. */
    static final long USUAL = 2L << 30;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([KMGT]?)(i?B)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";

    private static volatile long most = USUAL;

    private MemoryLimit() {}

    /** That something asks for more than there may be. */
    static final class TooLarge extends NotSupported {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message);
        }

        @Override
        public TooLarge at(String place) {
            return new TooLarge(place + getMessage());
        }
    }

    /** The limit in bytes. */
    public static long bytes() {
        return most;
    }

    /** Sets the limit for the whole process. */
    public static void set(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("A memory limit is at least one byte, not " + bytes + ".");
        }
        most = bytes;
    }

    /** Bytes of a size in words: {@code 512M}, {@code 2G}, {@code 1500000}; units of 1,024. */
    public static long parse(String size) {
        Matcher matcher = SIZE.matcher(size.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("'" + size + "' is no size of memory. Write it like 512M or 4G.");
        }
        String unit = matcher.group(2).toUpperCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        return Long.parseLong(matcher.group(1)) << power;
    }

    /**
     * Refuses a tensor that is too large, before it is made.
     *
     * @param shape its sizes
     * @param elementBytes bytes of each element
     * @return its bytes
     */
    static long check(long[] shape, int elementBytes) {
        long bytes = elementBytes;
        for (long size : shape) {
            if (size == 0) {
                return 0;
            }
            if (size < 0) {
                throw new IllegalArgumentException("a size of " + size + " makes no sense");
            }
            bytes = Math.multiplyHigh(bytes, size) == 0 && bytes * size >= 0 ? bytes * size : Long.MAX_VALUE;
        }
        if (bytes > most) {
            throw new TooLarge(
                    "a tensor of " + text(shape) + " is larger than the " + text(most) + " allowed." + WAY_OUT);
        }
        return bytes;
    }

    static final String WAY_OUT = " Maybe allow more with --max-memory, or a smaller batch";

    /** Refuses what lives at the same time, if it is too much. */
    public static void checkSum(long bytes, String what) {
        if (bytes > most) {
            throw new TooLarge(
                    what + " need " + text(bytes) + " at once, more than the " + text(most) + " allowed." + WAY_OUT);
        }
    }

    /** Bytes in a unit that one can read. */
    static String text(long bytes) {
        int unit = 0;
        double size = bytes;
        while (size >= 1024 && unit < UNITS.length()) {
            size /= 1024;
            unit++;
        }
        return unit == 0
                ? bytes + " bytes"
                : String.format(Locale.ROOT, size < 10 ? "%.1f %siB" : "%.0f %siB", size, UNITS.charAt(unit - 1));
    }

    private static String text(long[] shape) {
        StringBuilder sizes = new StringBuilder();
        for (long size : shape) {
            sizes.append(sizes.isEmpty() ? "" : " x ").append(size);
        }
        return sizes.toString();
    }
}
