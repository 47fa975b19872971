package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468), between {@code -----BEGIN LABEL-----} and {@code -----END LABEL-----}. */
final class Pem {
    private static final int MOST_BYTES = 4 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("(?s)-----BEGIN ([A-Z0-9 .]{1,40})-----\\R(.*?)-----END ([A-Z0-9 .]{1,40})-----");

    private final String label;
    private final boolean headers;
    private final byte[] der;

    private Pem(String label, boolean headers, byte[] der) {
        this.label = label;
        this.headers = headers;
        this.der = der;
    }

    /**
     * All blocks of a file.
     *
     * @param what that is looked for, for messages
     * @throws MalformedFileException if there is none, or one is damaged
     */
    static List<Pem> read(Path file, String what) throws IOException {
        String text = text(file, what);
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (!matcher.group(1).equals(matcher.group(3))) {
                throw new MalformedFileException(
                        file,
                        "",
                        "BEGIN " + matcher.group(1) + " ends as END " + matcher.group(3)
                                + ". Maybe a part of the file is missing.");
            }
            String body = matcher.group(2);
            boolean headers = body.contains(":");
            try {
                byte[] der = headers ? new byte[0] : Base64.getDecoder().decode(body.replaceAll("\\s", ""));
                blocks.add(new Pem(matcher.group(1), headers, der));
            } catch (IllegalArgumentException e) {
                throw new MalformedFileException(
                        file, "", "what stands below BEGIN " + matcher.group(1) + " is no Base64.");
            }
        }
        if (blocks.isEmpty()) {
            throw new MalformedFileException(
                    file,
                    "",
                    "this is not " + what + " in PEM (-----BEGIN ...-----)"
                            + (text.contains("-----BEGIN")
                                    ? "; it is cut off."
                                    : ". Maybe it is in DER; openssl converts it."));
        }
        return blocks;
    }

    private static String text(Path file, String what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", Files.exists(file) ? "this is no file." : "there is no such file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new MalformedFileException(file, "", "it is longer than 4 MB, which " + what + " never is.");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** For example {@code PUBLIC KEY}. */
    String label() {
        return label;
    }

    boolean is(String... labels) {
        return Arrays.asList(labels).contains(label);
    }

    /** Whether it has lines of its own before its bytes, as old encrypted keys have; its bytes are then not read. */
    boolean headers() {
        return headers;
    }

    byte[] der() {
        return der.clone();
    }
}
