package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.sapper.result.SampleDetections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What detectors found, in a real browser. */
class DetectionPageIT {
    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();
    private Page page;

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

    @AfterEach
    void close() {
        page.context().close();
    }

    @Test
    void drawsWithoutComplaint() throws IOException {
        open(1280, true);
        for (Locator chart : page.locator("[data-chart]").all()) {
            chart.hover();
            page.waitForTimeout(50);
        }
        assertThat(page.locator(".chart svg").count()).isEqualTo(3 + 1);
        assertThat(page.locator("#figures .chart svg text").allTextContents())
                .contains("strengthened, clean: ours", "strengthened, clean: paper");
        assertThat(complaints).isEmpty();
    }

    /** The sticker is seen in the picture that is drawn by reference, and only where the network saw it. */
    @Test
    void picturesAreShownWithoutScripts() throws IOException {
        open(1280, false);
        List<Locator> panels =
                page.locator(".photograph").first().locator(".panel svg").all();
        assertThat(panels).hasSize(6);
        assertThat(panels.get(2).boundingBox().width).isGreaterThan(250);
        byte[] clean = panels.get(0).screenshot();
        byte[] triggered = panels.get(1).screenshot();
        assertThat(clean.length).as("a grainy picture, no empty box").isGreaterThan(30_000);
        assertThat(triggered).isNotEqualTo(clean);
        assertThat(page.locator("#photographs").innerText()).contains("With the sticker: speedlimit (0.95).");
        assertThat(page.locator("#precision-recall .chart").first().isVisible()).isFalse();
        page.locator("#precision-recall summary").click();
        assertThat(page.locator("#precision-recall table").first().innerText()).contains("100.00");
        assertThat(complaints).isEmpty();
    }

    @Test
    void labelsLieOnTheirPictureAtAnySize() throws IOException {
        for (int width : new int[] {360, 1280}) {
            open(width, true);
            assertThat(page.evaluate("[...document.querySelectorAll('.label')].filter(label => {"
                            + "const a = label.getBoundingClientRect(), b = label.parentNode.getBoundingClientRect();"
                            + "return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1"
                            + " || a.bottom > b.bottom + 1 || label.scrollWidth > label.clientWidth; }).length"))
                    .isEqualTo(0);
            if (width == 360) {
                page.context().close();
            }
        }
    }

    private void open(int width, boolean scripts) throws IOException {
        Path html = folder.resolve("report.html");
        Report.write(SampleDetections.all(2), html);
        page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setJavaScriptEnabled(scripts));
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.navigate(html.toUri().toString());
    }
}
