package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Pattern SECTION = Pattern.compile("<section id=\"([a-z]+)\"");
    private static final Pattern SCRIPT = Pattern.compile("(?s)<script[^>]*>(.*?)</script>");

    @TempDir
    Path folder;

    @Test
    void aFullRunHasEverySectionInTheOrderOfItsStory() {
        assertThat(sections(SampleResults.full()))
                .containsExactly(
                        "verdict",
                        "warnings",
                        "rates",
                        "samples",
                        "pruning",
                        "activations",
                        "filters",
                        "classes",
                        "attack",
                        "settings",
                        "environment",
                        "costs");
    }

    @Test
    void whatARunDoesNotHaveIsLeftOut() {
        assertThat(sections(SampleResults.evaluateOnly()))
                .containsExactly("verdict", "rates", "settings", "environment");
        assertThat(sections(SampleResults.unknownTrigger()))
                .containsExactly(
                        "verdict", "rates", "samples", "pruning", "activations", "classes", "settings", "environment");
    }

    @Test
    void ratesComeWithCountsAndIntervalAndUndefinedOnesAsNotAvailable() {
        String html = markup(SampleResults.full());
        assertThat(html)
                .contains("<strong>99.22\u00a0%</strong>")
                .contains("<small>8,930 of 9,000</small>")
                .contains("<small>99.02–99.38\u00a0%</small>"); // by hand, from Wilson's formula
        assertThat(markup(SampleResults.evaluateOnly()))
                .contains("<strong>n/a</strong>")
                .doesNotContain("NaN");
        assertThat(markup(SampleResults.unknownTrigger())).doesNotContain("NaN", "null");
    }

    @Test
    void sentencesAndMomentsAreSetForPeople() {
        assertThat(Numbers.typeset("from 99.8 % to 0.4 %, changed by -0.45 points, -1 off, a 10-fold, x-3"))
                .isEqualTo("from 99.8\u00a0% to 0.4\u00a0%, changed by \u22120.45 points, \u22121 off, a 10-fold, x-3");
        assertThat(Numbers.time("2026-11-25T19:45:29Z")).isEqualTo("2026-11-25 19:45 UTC");
        assertThat(Numbers.time("yesterday")).isEqualTo("yesterday");
    }

    @Test
    void theVerdictIsToldByWordAndShapeNotByColourAlone() {
        assertThat(markup(SampleResults.full())).contains("class=\"verdict good\"", ">Good<", "<circle");
        assertThat(markup(SampleResults.unknownTrigger())).contains("class=\"verdict bad\"", ">Needs attention<");
    }

    @Test
    void aNetworkThatNobodyAttackedHereIsNotCalledBackdoored() {
        assertThat(markup(SampleResults.unknownTrigger()))
                .contains("As received")
                .doesNotContain(">Backdoored<");
    }

    @Test
    void wrongAnswersAreMarked() {
        String html = markup(SampleResults.full());
        assertThat(html.split("\\(wrong\\)", -1))
                .hasSize(1 + 4 + 1); // the backdoored network's four, and one of the repaired
    }

    @Test
    void channelsDormantOnCleanAndAliveOnTriggeredAreNamed() {
        RunResult full = SampleResults.full();
        assertThat(new Channels(full.activations().get(0)).backdoor()).containsExactlyInAnyOrder(4, 13, 22, 31);
        assertThat(new Channels(full.activations().get(1)).backdoor()).isEmpty();
        assertThat(new Channels(SampleResults.unknownTrigger().activations().get(0)).backdoor())
                .isEmpty();
    }

    @Test
    void filtersAreDrawnCellByCellOnOneScale() {
        FilterDrawing drawing = FilterDrawing.of(SampleResults.full().filters()).get(12);
        String cells = String.join(
                "", drawing.shades().stream().map(FilterDrawing.Shade::path).toList());
        assertThat(cells.split("M", -1)).hasSize(1 + 25);
        assertThat(drawing.shades().get(drawing.shades().size() - 1))
                .isEqualTo(new FilterDrawing.Shade("#b35806", "M2 4h1v1h-1z")); // the largest weight of the layer
    }

    @Test
    void hostileTextStaysText() throws IOException {
        String html = Report.render(SampleResults.hostile());
        assertThat(markup(SampleResults.hostile()))
                .doesNotContain("<script>document", "<img src=x")
                .contains("&lt;/script&gt;", "onerror=&#34;document"); // in text, and in an attribute
        assertThat(SCRIPT.matcher(html).results()).hasSize(3);
        assertThat(embedded(html)).isEqualTo(SampleResults.hostile());
    }

    @Test
    void theWholeResultIsInsideAndCanBeReadBack() throws IOException {
        assertThat(embedded(Report.render(SampleResults.full()))).isEqualTo(SampleResults.full());
    }

    @Test
    void nothingPointsToTheNet() {
        String html = markup(SampleResults.full()) + markup(SampleResults.hostile());
        assertThat(html)
                .doesNotContainPattern("(?i)(src|href|action|data|poster|srcset)\\s*=\\s*[\"']?\\s*(https?:|//)");
        assertThat(html).doesNotContain("<link", "<iframe", "<a ", "@import").doesNotContainPattern("(?i)url\\(");
        assertThat(html).doesNotContain("http:", "https:");
    }

    @Test
    void thePolicyAllowsThePagesOwnScriptsAndNoRequest() {
        String html = Report.render(SampleResults.full()).replace("&#39;", "'");
        List<MatchResult> scripts = SCRIPT.matcher(html).results().toList();
        assertThat(html)
                .contains("default-src 'none'")
                .contains("'sha256-" + Asset.digest(scripts.get(2).group(1)) + "'")
                .doesNotContain("script-src 'unsafe-inline'");
    }

    @Test
    void scriptsCannotEndTheirElement() {
        assertThat(Asset.inElement("a</ScRipt>b<!--c\r\n</style>")).isEqualTo("a<\\/ScRipt>b<\\!--c\n<\\/style>");
    }

    @Test
    void theFileIsTheReport() throws IOException {
        Path html = folder.resolve("new/report.html");
        Report.write(SampleResults.full(), html);
        assertThat(Files.readString(html)).isEqualTo(Report.render(SampleResults.full()));
    }

    private static List<String> sections(RunResult result) {
        return SECTION.matcher(Report.render(result))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The page without its scripts. */
    private static String markup(RunResult result) {
        return SCRIPT.matcher(Report.render(result)).replaceAll("<script></script>");
    }

    private RunResult embedded(String html) throws IOException {
        MatchResult json = SCRIPT.matcher(html).results().findFirst().orElseThrow();
        Path file = folder.resolve("embedded.json");
        Files.writeString(file, json.group(1));
        return Results.read(file);
    }
}
