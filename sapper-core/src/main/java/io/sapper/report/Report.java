package io.sapper.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.sapper.data.Output;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run as one HTML file that needs nothing else: style, scripts, pictures and the whole result are inside, and its
 * content security policy forbids every request. Drawn from the {@link RunResult} alone, so an old {@code result.json}
 * can be drawn again.
 */
public final class Report {
    private static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Report.class.getClassLoader(), "io.sapper.report.template");

    private static final Pattern HIDDEN =
            Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    private Report() {}

    /** The report as text. */
    public static String render(RunResult result) {
        StringOutput html = new StringOutput(1 << 20);
        TEMPLATES.render("report.jte", Page.of(result), html);
        String page = html.toString();
        int scripts = page.indexOf("<script>"); // behind the markup and the embedded result, as their digests know them
        return visible(page.substring(0, scripts)) + page.substring(scripts);
    }

    /**
     * Characters that do not show themselves, and those that turn the direction of writing, become their escapes; names
     * of files may hold any. In the embedded JSON that changes nothing.
     */
    static String visible(String text) {
        return HIDDEN.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(String.format(
                        Locale.ROOT, "\\u%04x", (int) found.group().charAt(0))));
    }

    /** Puts the report into {@code html}, replacing what was there only once all is written. */
    public static void write(RunResult result, Path html) throws IOException {
        Output.replace(html, render(result).getBytes(StandardCharsets.UTF_8));
    }
}
