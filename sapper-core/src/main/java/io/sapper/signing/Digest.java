package io.sapper.signing;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A digest of a file.
 *
 * @param algorithm that it is made with
 * @param hex hexadecimal digits, small
 */
public record Digest(HashAlgorithm algorithm, String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final String FORMS =
            "Expected sha256:HEX with 64 hexadecimal digits (also sha512: with 128, sha1: with"
                    + " 40), or the digits alone.";

    public Digest {
        hex = hex.toLowerCase(Locale.ROOT);
    }

    /**
     * {@code sha256:HEX}, {@code sha512:HEX}, {@code sha1:HEX}, or the digits alone, whose number tells.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static Digest parse(String text) {
        String stripped = text.strip();
        int colon = stripped.indexOf(':');
        String hex = stripped.substring(colon + 1);
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no digest. " + FORMS);
        }
        HashAlgorithm byLength = HashAlgorithm.ofDigits(hex.length())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' has " + hex.length() + " hexadecimal digits" + guess(hex) + ". " + FORMS));
        if (colon >= 0) {
            HashAlgorithm named = HashAlgorithm.named(stripped.substring(0, colon))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + stripped.substring(0, colon) + "' is no digest that is computed here. " + FORMS));
            if (named != byLength) {
                throw new IllegalArgumentException("A digest of " + named.text() + " has " + named.digits()
                        + " hexadecimal digits, and '" + text + "' has " + hex.length() + ".");
            }
        }
        return new Digest(byLength, hex);
    }

    private static String guess(String hex) {
        return switch (hex.length()) {
            case 8 -> " (CRC-32?), which protects from nobody";
            case 32 -> " (MD5?), which protects from nobody";
            default -> "";
        };
    }

    @Override
    public String toString() {
        return algorithm.id() + ":" + hex;
    }
}
