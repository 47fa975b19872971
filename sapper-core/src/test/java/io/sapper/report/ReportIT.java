package io.sapper.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.sapper.result.ActivationProfile;
import io.sapper.result.PruningCurve;
import io.sapper.result.RunResult;
import io.sapper.result.SampleDetections;
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
            JsonNode points = finding(json, "pruning-curve").path("points");
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
    void runsOfASweepAreSortedFilteredAndDrawn() throws IOException {
        open(SampleResults.with(SampleResults.reproduced(List.of()), List.of(SampleResults.sweep())), 1280);
        Locator rows = page.locator("table.runs tbody tr");
        assertThat(option("#runs .chart", "series[0].data.map(p => p[1])")).isEqualTo(List.of(99, 98.5));

        page.locator("table.runs thead button").last().click();
        assertThat(rows.locator("th").allTextContents().subList(0, 2))
                .containsExactly("trigger=pixel,seed=1", "trigger=pixel,seed=2");
        page.locator("table.runs thead button").last().click();
        assertThat(rows.locator("th").allTextContents())
                .as("as numbers, and nothing last")
                .startsWith("trigger=pixel,seed=2", "trigger=pixel,seed=1");

        page.locator("[data-filter] input").fill("pattern failed");
        assertThat(rows.and(page.locator("tr:not([hidden])")).locator("th").allTextContents())
                .containsExactly("trigger=pattern,seed=1");
        assertThat(page.locator("[data-filter] output").textContent()).isEqualTo("1 of 4");

        page.locator("[data-axis=x]").selectOption("seed");
        page.locator("[data-axis=y]").selectOption("1");
        page.locator("[data-axis=by]").selectOption("seed");
        assertThat(option("#runs .chart", "series.map(s => s.name)")).isEqualTo(List.of("1", "2"));
        assertThat(option("#runs .chart", "series[1].data[0].slice(0, 2)")).isEqualTo(List.of(2, 40));
        assertThat(complaints).isEmpty();
    }

    @Test
    void withoutATriggerOnlyTheValidationLineIsDrawn() throws IOException {
        open(SampleResults.unknownTrigger(), 1280);
        assertThat(option("#pruning-chart", "series.map(s => s.name)")).isEqualTo(List.of("Validation accuracy"));
        assertThat(option("#activations .chart", "series.map(s => s.name)")).isEqualTo(List.of("Clean inputs"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void activationsOfBothNetworksStandInOneOrderAndOnOneScale() throws IOException {
        open(SampleResults.full(), 1280);
        List<Double> clean =
                SampleResults.full().all(ActivationProfile.class).get(0).clean();
        List<String> order = IntStream.range(0, clean.size())
                .boxed()
                .sorted((a, b) -> Double.compare(clean.get(a), clean.get(b)))
                .map(String::valueOf)
                .toList();
        List<Integer> marks = List.of(4, 0);
        for (int i = 0; i < 2; i++) {
            String place = "#activations .profile:nth-of-type(" + (i + 1) + ") .chart";
            assertThat(option(place, "xAxis[0].data")).isEqualTo(order);
            assertThat(option(place, "yAxis[0].max")).isEqualTo(option("#activations .chart", "yAxis[0].max"));
            assertThat(option(place, "series[1].markPoint.data.length")).isEqualTo(marks.get(i));
            assertThat(page.locator(place + " svg text").allTextContents()).containsAll(order);
        }
        List<?> drawn = (List<?>) option("#activations .profile:nth-of-type(2) .chart", "series[0].data");
        double first = ((Number) drawn.get(0)).doubleValue();
        assertThat(first)
                .isEqualTo(SampleResults.full()
                        .all(ActivationProfile.class)
                        .get(1)
                        .clean()
                        .get(Integer.parseInt(order.get(0))));
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
                    measurement(cell.getAttribute("data-network")).path(names.get(cell.getAttribute("data-rate")));
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

    /** Neither the page nor anything on it: each table and chart reaches its right end within the screen. */
    @Test
    void aNarrowPhoneNeedNotScrollSideways() throws IOException {
        for (RunResult result : all()) {
            for (int width : new int[] {360, 800}) {
                open(result, width);
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
    }

    /** What a phone shows as lines keeps its labels. */
    @Test
    void onAPhoneEachNumberHasItsName() throws IOException {
        open(SampleResults.full(), 360);
        assertThat(page.evaluate(
                        "[...document.querySelectorAll('.cards td')].filter(e => e.dataset.label === undefined)"
                                + ".map(e => e.outerHTML)"))
                .isEqualTo(List.of());
        assertThat(page.evaluate("getComputedStyle(document.querySelector('#costs td'), '::before').content"))
                .isEqualTo("\"Seconds\"");
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
        page.waitForFunction("() => echarts.getInstanceByDom(document.querySelector('#pruning-chart')).getOption()"
                + ".series[0].color === '#56b4e9'");
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 24, 28)");
        assertThat(complaints).isEmpty();
    }

    @Test
    void printsInLightColoursWithItsCharts() throws IOException {
        open(SampleResults.full(), 1280);
        onPaper();
        assertThat(option("#pruning-chart", "series[0].color")).isEqualTo("#0072b2");
        assertThat(page.locator(".chart svg").all()).hasSize(3);
        for (Locator chart : page.locator(".chart svg").all()) {
            assertThat(chart.boundingBox().height).isBetween(110.0, 400.0);
            assertThat(chart.boundingBox().width).isBetween(500.0, 688.0);
        }
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(688);
        assertThat(complaints).isEmpty();
    }

    @Test
    void onPaperTheNumbersAreUnfoldedAndTheDigestsWhole() throws IOException {
        open(SampleResults.full(), 1280);
        assertThat(page.locator("#pruning table").isVisible()).isFalse();
        onPaper();
        assertThat(page.locator("#pruning table").isVisible()).isTrue();
        assertThat(page.locator("#activations table").isVisible()).isTrue();
        assertThat(page.locator("#pruning tbody tr").count()).isEqualTo(32);
        for (Locator digest : page.locator("#evidence .digest code").all()) {
            assertThat(digest.textContent()).hasSize(64);
            assertThat(digest.evaluate("e => e.getClientRects().length")).isEqualTo(1); // on one line
            assertThat(digest.boundingBox().x + digest.boundingBox().width).isLessThanOrEqualTo(688);
        }
        assertThat(page.locator(".copy").first().isVisible()).isFalse();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        page.waitForFunction("() => !document.querySelector('#pruning details').open");
    }

    @Test
    void isOfAsManySheetsAsItsContentsNeed() throws IOException {
        open(SampleResults.full(), 1280);
        assertThat(sheets()).isBetween(5, 9);
    }

    private int sheets() {
        String pdf = new String(page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true)), ISO_8859_1);
        assertThat(pdf).startsWith("%PDF");
        return pdf.split("/Type /Page\\b(?!s)", -1).length - 1;
    }

    /** A chart that fits below something stands there: two to a sheet of those that take less than half of one. */
    @Test
    void leavesNoSheetHalfEmpty() throws IOException {
        RunResult full = SampleResults.full();
        PruningCurve curve = full.first(PruningCurve.class).orElseThrow();
        PruningCurve few = new PruningCurve(
                null,
                curve.layer(),
                curve.channels(),
                curve.order(),
                2,
                curve.allowedDrop(),
                curve.points().subList(0, 4));
        open(
                new RunResult(
                        full.command(),
                        full.commandLine(),
                        full.title(),
                        full.verdict(),
                        full.warnings(),
                        full.seed(),
                        full.settings(),
                        full.models(),
                        full.data(),
                        Collections.nCopies(6, few),
                        full.costs(),
                        full.environment()),
                1280);
        assertThat(sheets()).isLessThanOrEqualTo(6);
    }

    /** Nothing that only a script could fill or press is shown, and every number can be read. */
    @Test
    void canBeReadWithoutScripts() throws IOException {
        open(SampleResults.full(), 1280, false);
        for (String id :
                List.of("rates", "classes", "steps", "samples", "pruning", "activations", "evidence", "costs")) {
            assertThat(page.locator("#" + id).isVisible()).as(id).isTrue();
        }
        for (Locator hidden : page.locator(".chart, .copy").all()) {
            assertThat(hidden.isVisible()).isFalse();
        }
        assertThat(page.locator("#pruning").innerText()).contains("The rule stops at 24");
        page.locator("#pruning summary").click();
        assertThat(page.locator("#pruning tbody tr.chosen").innerText()).contains("24", "chosen", "97.50");
        page.locator("#activations summary").click();
        assertThat(page.locator("#activations table").innerText()).contains("▼");
        assertThat(complaints).isEmpty();
    }

    @Test
    void theContentsListLeadsToItsSections() throws IOException {
        open(SampleResults.full(), 1280);
        page.locator("nav a[href='#costs']").click();
        page.waitForFunction("() => document.querySelector('#costs').getBoundingClientRect().top < innerHeight");
        assertThat(page.url()).endsWith("#costs");
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
    void aDigestCanBeCopied() throws IOException {
        open(SampleResults.full(), 1280);
        Locator copy = page.locator("#evidence td .copy").first();
        assertThat(copy.getAttribute("data-copy"))
                .isEqualTo(SampleResults.full().models().get(0).sha256());
        copy.click();
        page.waitForFunction("() => ['Copied', 'Selected'].includes(document.querySelector('td .copy').textContent)");
    }

    private static List<RunResult> all() {
        return List.of(
                SampleResults.full(),
                SampleResults.unknownTrigger(),
                SampleResults.evaluateOnly(),
                SampleResults.refusedRepair(),
                SampleResults.reproduced(List.of("Other data.")),
                SampleResults.heatMaps(),
                SampleResults.shares(),
                SampleDetections.all(2),
                SampleResults.hostile());
    }

    /** As a sheet of A4 less its margins. */
    private void onPaper() {
        page.setViewportSize(688, 1000);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));
        page.waitForFunction("() => document.documentElement.classList.contains('printing')");
        page.waitForTimeout(200); // the charts follow the sheet's width 80 ms later
    }

    private void open(RunResult result, int width) throws IOException {
        open(result, width, true);
    }

    private void open(RunResult result, int width, boolean scripts) throws IOException {
        Path html = folder.resolve("report.html");
        Report.write(result, html);
        page = browser.newPage(new Browser.NewPageOptions()
                .setViewportSize(width, 900)
                .setColorScheme(ColorScheme.LIGHT)
                .setJavaScriptEnabled(scripts));
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

    private JsonNode measurement(String network) throws IOException {
        for (JsonNode entry : finding(result(), "rates").path("networks")) {
            if (entry.path("network").asText().equals(network)) {
                return entry.path("measurement");
            }
        }
        throw new AssertionError(network);
    }

    private static JsonNode finding(JsonNode result, String kind) {
        for (JsonNode finding : result.path("findings")) {
            if (finding.path("kind").asText().equals(kind)) {
                return finding;
            }
        }
        throw new AssertionError(kind);
    }

    private Object option(String place, String path) {
        return page.evaluate(
                "place => " + "echarts.getInstanceByDom(document.querySelector(place)).getOption()." + path, place);
    }
}
