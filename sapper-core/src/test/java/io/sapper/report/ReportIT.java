package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.sapper.result.RunResult;
import io.sapper.result.SampleResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a real browser. */
class ReportIT {
    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
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
    void opensFromDiskWithoutComplaintOrRequest() throws IOException {
        open(SampleResults.full(), 1280);
        page.hover("#pruning-chart");
        page.waitForTimeout(200);
        assertThat(complaints).isEmpty();
        assertThat(requests).hasSize(1).allMatch(url -> url.startsWith("file:"));
    }

    @Test
    void thePolicyStopsWhatWouldGoToTheNet() throws IOException {
        open(SampleResults.full(), 1280);
        page.evaluate("new Image().src = 'http://192.0.2.1/x.png'");
        page.evaluate("fetch('http://192.0.2.1/x').catch(() => 0)");
        assertThat(complaints)
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(text -> text.contains("Content Security Policy"));
    }

    @Test
    void pruningChartHasTheCurveOfTheResult() throws IOException {
        open(SampleResults.full(), 1280);
        JsonNode json = result();
        List<String> rates = List.of("cleanAccuracy", "attackSuccessRate", "recoveredAccuracy", "validationAccuracy");
        for (int i = 0; i < rates.size(); i++) {
            List<?> drawn = (List<?>) option("#pruning-chart", "series[" + i + "].data.map(p => p[1])");
            JsonNode points = json.at("/pruning/points");
            assertThat(drawn).hasSize(points.size());
            for (int p = 0; p < points.size(); p++) {
                double expected =
                        100 * points.get(p).at("/" + rates.get(i) + "/value").asDouble();
                assertThat(((Number) drawn.get(p)).doubleValue()).isEqualTo(expected);
            }
        }
        assertThat(option("#pruning-chart", "series[3].lineStyle.type")).isEqualTo("dashed");
        assertThat(option("#pruning-chart", "series[3].markLine.data[0].xAxis")).isEqualTo(24);
        assertThat(page.locator("#pruning-chart svg text").allTextContents()).contains("Stop: 24 of 32");
        assertThat(page.locator("#pruning-chart svg path").count()).isGreaterThan(32);
    }

    @Test
    void withoutATriggerOnlyTheValidationLineIsDrawn() throws IOException {
        open(SampleResults.unknownTrigger(), 1280);
        assertThat(option("#pruning-chart", "series.map(s => s.name)")).isEqualTo(List.of("Validation accuracy"));
        assertThat(option("[data-index='0']", "series.map(s => s.name)")).isEqualTo(List.of("Clean inputs"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void activationsAreSortedByWhatCleanInputsDo() throws IOException {
        open(SampleResults.full(), 1280);
        List<Double> clean = SampleResults.full().activations().get(0).clean();
        List<String> order = IntStream.range(0, clean.size())
                .boxed()
                .sorted((a, b) -> Double.compare(clean.get(a), clean.get(b)))
                .map(String::valueOf)
                .toList();
        assertThat(option("[data-index='0']", "xAxis[0].data")).isEqualTo(order);
        assertThat(option("[data-index='0']", "series[1].markPoint.data.length"))
                .isEqualTo(4);
        assertThat(option("[data-index='1']", "series[1].markPoint.data.length"))
                .isEqualTo(0);
        List<String> shown = page.locator("[data-index='0'] svg text").allTextContents();
        assertThat(shown).containsAll(order);
    }

    @Test
    void valuesInTheTableAreThoseOfTheResult() throws IOException {
        open(SampleResults.full(), 1280);
        Map<String, String> names =
                Map.of("clean", "cleanAccuracy", "attack", "attackSuccessRate", "recovered", "recoveredAccuracy");
        List<Locator> cells = page.locator("td[data-network]").all();
        assertThat(cells).hasSize(15);
        for (Locator cell : cells) {
            JsonNode ratio =
                    result().path(cell.getAttribute("data-network")).path(names.get(cell.getAttribute("data-rate")));
            String percent = String.format(
                    Locale.ROOT, "%.2f\u00a0%%", 100 * ratio.path("value").asDouble());
            assertThat(cell.locator("strong").textContent()).isEqualTo(percent);
        }
    }

    @Test
    void picturesAreShown() throws IOException {
        open(SampleResults.full(), 1280);
        assertThat(page.locator("#samples img").evaluateAll("all => all.map(i => i.naturalWidth)"))
                .isEqualTo(Collections.nCopies(8, 28));
        assertThat(page.locator("#filters li").count()).isEqualTo(16);
        assertThat(page.locator("#filters .responsible").count()).isEqualTo(2);
    }

    @Test
    void aNarrowPhoneNeedNotScrollSideways() throws IOException {
        for (RunResult result : List.of(
                SampleResults.full(),
                SampleResults.unknownTrigger(),
                SampleResults.evaluateOnly(),
                SampleResults.hostile())) {
            open(result, 360);
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
            page.context().close();
        }
    }

    @Test
    void chartsFollowTheWindow() throws IOException {
        open(SampleResults.full(), 1280);
        double wide = page.locator("#pruning-chart svg").boundingBox().width;
        page.setViewportSize(600, 800);
        page.waitForFunction("() => document.querySelector('#pruning-chart svg').getBoundingClientRect().width < 600");
        assertThat(wide).isGreaterThan(900);
    }

    @Test
    void chartsChangeWithTheColourScheme() throws IOException {
        open(SampleResults.full(), 1280);
        assertThat(option("#pruning-chart", "series[0].color")).isEqualTo("#0072b2");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(100);
        assertThat(option("#pruning-chart", "series[0].color")).isEqualTo("#56b4e9");
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 24, 28)");
        assertThat(complaints).isEmpty();
    }

    @Test
    void printsInLightColoursWithItsCharts() throws IOException {
        open(SampleResults.full(), 1280);
        page.setViewportSize(688, 1000); // A4 less its margins
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(200);
        assertThat(option("#pruning-chart", "series[0].color")).isEqualTo("#0072b2");
        for (Locator chart : page.locator(".chart svg").all()) {
            assertThat(chart.boundingBox().height).isGreaterThan(150);
            assertThat(chart.boundingBox().width).isBetween(500.0, 688.0);
        }
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(688);
        assertThat(page.pdf()).startsWith('%', 'P', 'D', 'F');
        assertThat(complaints).isEmpty();
    }

    @Test
    void hostileTextDoesNothing() throws IOException {
        open(SampleResults.hostile(), 1280);
        page.hover("#pruning-chart");
        page.waitForTimeout(200);
        assertThat(page.title()).startsWith("</script>");
        assertThat(page.locator("script").count()).isEqualTo(3);
        assertThat(page.locator("[onerror]").count()).isZero();
    }

    @Test
    void aDigestCanBeHadWhole() throws IOException {
        open(SampleResults.full(), 1280);
        Locator digest = page.locator(".digest").first();
        String whole = SampleResults.full().data().get(0).digest();
        assertThat(digest.getAttribute("title")).isEqualTo(whole);
        digest.click();
        page.waitForFunction(
                "whole => ['copied', whole].includes(document.querySelector('.digest').textContent)", whole);
    }

    private void open(RunResult result, int width) throws IOException {
        Path html = folder.resolve("report.html");
        Report.write(result, html);
        page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(width, 900).setColorScheme(ColorScheme.LIGHT));
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith("data:")) {
                requests.add(request.url());
            }
        });
        page.navigate(html.toUri().toString());
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(page.locator("#result").textContent());
    }

    private Object option(String place, String path) {
        return page.evaluate(
                "place => " + "echarts.getInstanceByDom(document.querySelector(place)).getOption()." + path, place);
    }
}
