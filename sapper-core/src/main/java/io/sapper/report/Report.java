package io.sapper.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.sapper.data.Output;
import io.sapper.data.Plain;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A run as one HTML file that needs nothing else: style, scripts, pictures and the whole result are inside, and its
 * content security policy forbids every request. Drawn from the {@link RunResult} alone, so an old {@code result.json}
 * can be drawn again.
 */
public final class Report {
    static final TemplateEngine TEMPLATES = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Report.class.getClassLoader(), "io.sapper.report.template");

    private Report() {}

    /** The report as text. */
    public static String render(RunResult result) {
        StringOutput html = new StringOutput(1 << 20);
        TEMPLATES.render("report.jte", Page.of(result), html);
        String page = html.toString();
        // Names come from files. The scripts stay as their digests know them; in the embedded JSON the escapes are
        // JSON's.
        int scripts = page.indexOf("<script>");
        return Plain.text(page.substring(0, scripts)) + page.substring(scripts);
    }

    /** Puts the report into {@code html}, replacing what was there only once all is written. */
    public static void write(RunResult result, Path html) throws IOException {
        Output.replace(html, render(result).getBytes(StandardCharsets.UTF_8));
    }
}
