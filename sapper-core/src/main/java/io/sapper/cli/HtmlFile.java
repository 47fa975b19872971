package io.sapper.cli;

import io.sapper.data.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** A page that a command writes. */
final class HtmlFile {
    private HtmlFile() {}

    /**
     * Whether a file may be written there: a typing error must not cost a result, or a network.
     *
     * @throws IllegalArgumentException if something else than a page is there
     */
    static void check(Path html) {
        if (Files.exists(html) && (Files.isDirectory(html) || !isPage(html))) {
            throw new IllegalArgumentException(
                    "--out " + html + " is there already and is no report. Maybe another file.");
        }
    }

    /** Puts the page there, replacing what was there only once all is written. */
    static void write(Path html, String page) throws IOException {
        Path folder = Objects.requireNonNull(html.toAbsolutePath().getParent(), "a file lies in a folder");
        try {
            Output.replace(html, page.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw DiskFull.explained(e, folder);
        }
    }

    private static boolean isPage(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(64), StandardCharsets.ISO_8859_1);
            return head.isBlank()
                    || head.stripLeading().toLowerCase(Locale.ROOT).startsWith("<!doctype html");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
