package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Media;
import io.sapper.result.Inspected;
import io.sapper.result.SampleInspected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code inspect} in a real browser. */
class ModelPageIT {
    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    @BeforeAll
    static void start() {
        Path executable = Browsers.executable();
        playwright = Browsers.playwright();
        browser = Browsers.launch(playwright, executable);
    }

    @AfterAll
    static void stop() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @Test
    void nothingLiesBesideThePhoneAndNothingIsAskedFor() throws IOException {
        for (Inspected model : List.of(
                SampleInspected.block(),
                SampleInspected.gated(),
                SampleInspected.hostile(),
                SampleInspected.chain(300))) {
            for (int width : new int[] {360, 800}) {
                Page page = open(model, width);
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(width);
                assertThat(
                                page.evaluate(
                                        "[...document.querySelectorAll('main *')].filter(e => !e.closest('thead')"
                                                + " && e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 80))"))
                        .isEqualTo(List.of());
                page.context().close();
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(requests).allMatch(url -> url.startsWith("file:"));
    }

    /** Rows must be as high as the lines beside them, or the lines break. */
    @Test
    void linesJoinFromRowToRow() throws IOException {
        Page page = open(SampleInspected.chain(30), 360);
        assertThat(page.evaluate("[...document.querySelectorAll('.graph .step')].every((row, i, all) => i == 0"
                        + " || Math.abs(row.querySelector('svg').getBoundingClientRect().top"
                        + " - all[i - 1].querySelector('svg').getBoundingClientRect().bottom) < 0.5)"))
                .isEqualTo(true);
        page.context().close();
    }

    /** Long graphs are drawn in part; the whole fits some sheets. */
    @Test
    void aThousandLayersPrintOnFewSheets() throws IOException {
        Page page = open(SampleInspected.chain(1000), 1280);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        byte[] pdf = page.pdf();
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text.split("/Type\\s*/Page[^s]", -1).length - 1).isBetween(2, 9);
        page.context().close();
    }

    private Page open(Inspected model, int width) throws IOException {
        Path html = Files.writeString(folder.resolve("page.html"), ModelPage.render(model));
        Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, 900));
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onDialog(dialog -> complaints.add(dialog.message()));
        page.onRequest(request -> requests.add(request.url()));
        page.navigate(html.toUri().toString());
        return page;
    }
}
