package io.sapper.report;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The path of a file as a URI reference (RFC 3986): relative where the path is, {@code file:} where it is absolute. All
 * but unreserved characters are encoded, so that nothing in a name is taken for a query, a fragment or a scheme.
 */
final class UriReference {
    private static final String UNRESERVED = "-._~";

    private UriReference() {}

    static String of(String path) {
        return of(path, File.separatorChar);
    }

    /** Without {@code .} and, as far as can be, without {@code ..}. */
    static String of(String path, char separator) {
        String slashed = path.replace(separator, '/');
        boolean drive = separator == '\\' && slashed.matches("[A-Za-z]:/.*");
        boolean absolute = drive || slashed.startsWith("/");
        Deque<String> names = new ArrayDeque<>();
        for (String name : slashed.substring(drive ? 2 : 0).split("/", -1)) {
            boolean up = name.equals("..");
            if (up && !names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".") && !(up && absolute)) {
                names.addLast(name);
            }
        }
        if (names.isEmpty() || names.getLast().equals("..")) {
            throw new IllegalArgumentException("A model is a file, and '" + path + "' names none.");
        }
        String root = absolute ? "file:///" : "";
        String letter = drive ? slashed.substring(0, 2) + "/" : "";
        return root + letter + names.stream().map(UriReference::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (unit & 0xff);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || UNRESERVED.indexOf(letter) >= 0);
            text.append(plain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", (int) letter));
        }
        return text.toString();
    }
}
