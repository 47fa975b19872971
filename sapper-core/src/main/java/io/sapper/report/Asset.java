package io.sapper.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The files that go into every report. */
enum Asset {
    STYLE("/io/sapper/report/report.css"),
    SCRIPT("/io/sapper/report/report.js"),
    ECHARTS("/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js");

    private final String resource;

    Asset(String resource) {
        this.resource = resource;
    }

    /** The file's text, made safe to stand in its element: nothing in it ends the element or opens a comment. */
    String text() {
        try (InputStream in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The report needs " + resource + " on the class path. Maybe the jar was stripped.");
            }
            return inElement(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String inElement(String text) {
        return text.replace("\r", "")
                .replaceAll("(?i)</(script|style)", "<\\\\/$1")
                .replace("<!--", "<\\!--");
    }

    /** SHA-256 in base64, as a content security policy names a script. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
