package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.ActivationProfile;
import io.sapper.result.FilterPictures;
import io.sapper.result.Finding;
import io.sapper.result.Rates;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.SampleDetections;
import io.sapper.result.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Pattern SECTION = Pattern.compile("<section id=\"([a-z0-9-]+)\"");
    private static final Pattern LINK = Pattern.compile("<a href=\"#([a-z0-9-]+)\">");
    private static final Pattern SCRIPT = Pattern.compile("(?s)<script[^>]*>(.*?)</script>");
    private static final List<String> DEVIATIONS = List.of("The data are digits, not MNIST.", "1 epoch, not 5.");

    @TempDir
    Path folder;

    @Test
    void aFullRunHasEverySectionInTheOrderOfItsFindings() {
        assertThat(sections(SampleResults.full()))
                .containsExactly(
                        "verdict",
                        "warnings",
                        "rates",
                        "classes",
                        "steps",
                        "samples",
                        "pruning",
                        "activations",
                        "filters",
                        "decisions",
                        "changes",
                        "attack",
                        "evidence",
                        "settings",
                        "environment",
                        "costs");
    }

    @Test
    void whatARunDoesNotHaveIsLeftOut() {
        assertThat(sections(SampleResults.evaluateOnly()))
                .containsExactly("verdict", "rates", "evidence", "settings", "environment");
        assertThat(sections(SampleResults.unknownTrigger()))
                .containsExactly(
                        "verdict",
                        "rates",
                        "classes",
                        "samples",
                        "pruning",
                        "activations",
                        "evidence",
                        "settings",
                        "environment");
        assertThat(sections(SampleResults.reproduced(List.of())))
                .containsExactly("verdict", "reproduced", "evidence", "settings", "environment");
    }

    /** Whoever adds a kind of finding and no template for it sees this fail. */
    @Test
    void everyKindOfFindingIsDrawn() {
        RunResult hostile = SampleResults.hostile(); // has one of each
        for (Class<?> kind : Finding.class.getPermittedSubclasses()) {
            List<Finding> one =
                    hostile.findings().stream().filter(kind::isInstance).toList();
            assertThat(one).as("a sample of " + kind.getSimpleName()).hasSize(1);
            assertThat(sections(SampleResults.with(hostile, one)))
                    .as("sections of " + kind.getSimpleName())
                    .hasSizeGreaterThan(
                            sections(SampleResults.with(hostile, List.of())).size());
        }
        assertThat(Arrays.stream(Kind.values()).map(Kind::id)).doesNotHaveDuplicates();
    }

    @Test
    void findingsThatOccurTwiceHaveIdsOfTheirOwn() {
        List<Finding> twice = new ArrayList<>(SampleResults.full().findings());
        twice.addAll(SampleResults.full().findings());
        String html = markup(SampleResults.with(SampleResults.full(), twice));
        List<String> ids = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(ids).doesNotHaveDuplicates().contains("rates-2", "classes-2", "pruning-2-chart", "attack-2");
    }

    @Test
    void theContentsListPointsToEverySectionBehindIt() {
        for (RunResult result : List.of(
                SampleResults.full(),
                SampleResults.evaluateOnly(),
                SampleResults.reproduced(DEVIATIONS),
                SampleDetections.all(1))) {
            List<String> behind = sections(result).stream()
                    .filter(id -> !id.equals("verdict") && !id.equals("warnings"))
                    .toList();
            assertThat(LINK.matcher(markup(result)).results().map(found -> found.group(1)))
                    .containsExactlyElementsOf(behind);
        }
    }

    @Test
    void ratesComeWithCountsAndIntervalAndUndefinedOnesAsNotAvailable() {
        String html = markup(SampleResults.full());
        assertThat(html)
                .contains("<strong>99.22\u00a0%</strong>")
                .contains("<small>8,930 of 9,000</small>")
                .contains("<small>99.02–99.38\u00a0%</small>") // by hand, from Wilson's formula
                .contains("0.10\u00a0% without the trigger");
        assertThat(markup(SampleResults.evaluateOnly()))
                .contains("<strong>n/a</strong>")
                .doesNotContain("NaN");
        assertThat(markup(SampleResults.unknownTrigger())).doesNotContain("NaN", "null");
    }

    @Test
    void scoresThatAreNotFiniteAreSaid() {
        assertThat(markup(SampleResults.hostile()))
                .contains("3 of the inputs, clean and triggered, have scores that are not finite numbers");
        assertThat(markup(SampleResults.full())).doesNotContain("not finite");
    }

    @Test
    void sentencesAndMomentsAreSetForPeople() {
        assertThat(Numbers.typeset("from 99.8 % to 0.4 %, changed by -0.45 points, -1 off, a 10-fold, x-3"))
                .isEqualTo("from 99.8\u00a0% to 0.4\u00a0%, changed by \u22120.45 points, \u22121 off, a 10-fold, x-3");
        assertThat(Numbers.time("2026-11-25T19:45:29Z")).isEqualTo("2026-11-25 19:45 UTC");
        assertThat(Numbers.time("yesterday")).isEqualTo("yesterday");
        assertThat(Numbers.difference(0.0234 - 0.0056)).isEqualTo("+1.78");
        assertThat(Numbers.difference(-0.00251)).isEqualTo("\u22120.25");
        assertThat(Numbers.mean(0.0123456)).isEqualTo("0.0123");
        assertThat(Numbers.mean(Double.NaN)).isEqualTo("n/a");
    }

    @Test
    void aPhraseIsItsNumberAndWhatStandsBehind() {
        assertThat(Phrase.of("0.90 % (81 of 9,000; 95 % interval 0.72 to 1.12 %)"))
                .isEqualTo(new Phrase("0.90 %", "81 of 9,000; 95 % interval 0.72 to 1.12 %"));
        assertThat(Phrase.of("0.90 % (81 of 9,000); without 0.1 %"))
                .isEqualTo(new Phrase("0.90 %", "(81 of 9,000); without 0.1 %"));
        assertThat(Phrase.of("at least 55 %, half (11 %) (--min-accuracy)"))
                .isEqualTo(new Phrase("at least 55 %", "half (11 %) (--min-accuracy)"));
        assertThat(Phrase.of("0.30 points")).isEqualTo(new Phrase("0.30 points", ""));
        assertThat(Phrase.of("A sentence (whole), of its own."))
                .isEqualTo(new Phrase("A sentence (whole), of its own.", ""));
        assertThat(Phrase.of("(all)")).isEqualTo(new Phrase("(all)", ""));
        assertThat(Phrase.pieces("1 % (--max-loss), a--b"))
                .containsExactly(
                        new Phrase.Piece(false, "1\u00a0% ("),
                        new Phrase.Piece(true, "--max-loss"),
                        new Phrase.Piece(false, "), a--b"));
    }

    @Test
    void theVerdictIsToldByWordAndShapeNotByColourAlone() {
        assertThat(verdict(SampleResults.full())).contains("\"verdict good\"", ">Good<", "<circle");
        assertThat(verdict(SampleResults.unknownTrigger()))
                .contains("\"verdict unknown\"", ">Cannot be told<", "<rect");
        assertThat(verdict(SampleResults.refusedRepair()))
                .contains("\"verdict bad\"", ">Bad<", "M12 1.8 23.2 21.6H.8z");
    }

    @Test
    void checksPrintTheirLimitsAndTheOptionsThatSetThem() {
        assertThat(verdict(SampleResults.full()))
                .contains("at most 5.00\u00a0%", "<code class=\"option\">--max-attack-success</code>")
                .contains("<code class=\"option\">--max-loss</code>");
    }

    @Test
    void ofManyChecksTheGoodOnesAreFoldedAndTheBadOnesComeFirst() {
        RunResult many = SampleResults.reproduced(DEVIATIONS);
        Checks checks = new Checks(many.verdict());
        assertThat(checks.open())
                .extracting(check -> check.outcome().id())
                .containsExactly("bad", "unknown", "unknown");
        assertThat(checks.folded()).hasSize(9);
        assertThat(verdict(many)).contains("Show the 9 checks that are good");
        Checks few = new Checks(SampleResults.unknownTrigger().verdict());
        assertThat(few.open()).hasSize(2);
        assertThat(few.folded()).isEmpty();
    }

    @Test
    void classesThatGotWorseAreNamedWithTheirCounts() {
        String html = markup(SampleResults.full());
        String worse = html.substring(html.indexOf("Classes that got worse"), html.indexOf("All classes"));
        assertThat(worse).contains("990 of 1,000", "926 of 1,000", "<strong>6.40</strong>"); // class 4, first
        assertThat(worse.indexOf(">4</th>")).isBetween(0, worse.indexOf(">0</th>"));
        assertThat(markup(SampleResults.refusedRepair())).doesNotContain("Classes that got worse");
    }

    @Test
    void errorsOfThePaperStandBesideOurErrors() {
        String html = markup(SampleResults.reproduced(List.of()));
        assertThat(html)
                .contains("clean error", "0.56\u00a0%", "<strong>0.89\u00a0%</strong>", "+0.33") // mean of 9902 to 9920
                .contains("backdoor error", "<strong>6.89\u00a0%</strong>") // nine of 1 %, one of 59.88 %
                .contains("largest backdoor error of any network", "<strong>59.88\u00a0%</strong>")
                .doesNotContain("†");
    }

    @Test
    void whatDeviatesFromThePaperIsMarkedAtEachNumber() {
        String html = markup(SampleResults.reproduced(DEVIATIONS));
        assertThat(html).contains("Not the paper’s setting.", "<li>The data are digits, not MNIST.");
        assertThat(html).contains("<strong>6.89\u00a0%\u00a0†</strong>", "Clean accuracy\u00a0†</th>");
        assertThat(html.indexOf("The data are digits, not MNIST.", html.indexOf("id=\"reproduced\"")))
                .isLessThan(html.indexOf("<strong>6.89"));
    }

    @Test
    void theCommandIsOneThatAShellTakes() {
        assertThat(CommandLine.of(SampleResults.full())).isEqualTo("sapper demo --out 'it'\\''s here'");
        assertThat(CommandLine.quoted("/data/größe_1.onnx")).isEqualTo("/data/größe_1.onnx");
        assertThat(CommandLine.quoted("")).isEqualTo("''");
        assertThat(CommandLine.quoted("$(x)")).isEqualTo("'$(x)'");
    }

    @Test
    void digestsOfModelsAndDataAreThereWhole() {
        String html = markup(SampleResults.full()).replace("<wbr>", "");
        RunResult full = SampleResults.full();
        full.models().forEach(model -> assertThat(html).contains("<code>" + model.sha256() + "</code>"));
        full.data().forEach(data -> assertThat(html).contains("<code>" + data.digest() + "</code>"));
        assertThat(html).contains("badnet.onnx", "1,125,383");
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
        assertThat(new Channels(profile(SampleResults.full(), 0)).backdoor()).containsExactlyInAnyOrder(4, 13, 22, 31);
        assertThat(new Channels(profile(SampleResults.full(), 1)).backdoor()).isEmpty();
        assertThat(new Channels(profile(SampleResults.unknownTrigger(), 0)).backdoor())
                .isEmpty();
    }

    @Test
    void filtersAreDrawnCellByCellOnOneScale() {
        FilterDrawing drawing = FilterDrawing.of(
                        SampleResults.full().first(FilterPictures.class).orElseThrow())
                .get(12);
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

    /** Names come from files: an escape, or a mark that turns the text around, is seen and does nothing. */
    @Test
    void whatDoesNotShowItselfIsShown() throws IOException {
        RunResult plain = SampleResults.evaluateOnly();
        RunResult evil = new RunResult(
                plain.command(),
                plain.commandLine(),
                "ev\u001b[31mil \u202eeman",
                plain.verdict(),
                List.of("a\u0007b \u2066c"),
                plain.seed(),
                plain.settings(),
                plain.models(),
                plain.data(),
                plain.findings(),
                plain.costs(),
                plain.environment());
        assertThat(markup(evil)).contains("ev\\u001b[31mil \\u202eeman", "a\\u0007b \\u2066c");
        assertThat(markup(evil)).doesNotContain("\u001b", "\u0007", "\u202e", "\u2066");
        assertThat(embedded(Report.render(evil))).isEqualTo(evil);
    }

    @Test
    void theWholeResultIsInsideAndCanBeReadBack() throws IOException {
        assertThat(embedded(Report.render(SampleResults.full()))).isEqualTo(SampleResults.full());
    }

    @Test
    void nothingPointsToTheNet() {
        String html = markup(SampleResults.full())
                + markup(SampleResults.hostile())
                + markup(SampleDetections.all(2))
                + markup(SampleResults.reproduced(DEVIATIONS));
        assertThat(html)
                .doesNotContainPattern("(?i)(src|href|action|data|poster|srcset)\\s*=\\s*[\"']?\\s*(https?:|//)");
        assertThat(html).doesNotContain("<link", "<iframe", "@import").doesNotContainPattern("(?i)url\\(");
        assertThat(html).doesNotContain("http:", "https:");
        assertThat(html).doesNotContainPattern("<a (?!href=\"#[a-z0-9-]+\">)"); // only to a place of this page
        // Else only pictures: their bytes once, and where they stand again.
        String pictures = "<use href=\"#[a-z0-9-]+\"/>|(?<=<image [^>]{0,200})href=\"data:image/(png|jpeg);base64,";
        assertThat(html.replaceAll(pictures, "")).doesNotContainPattern("(?i)(?<!<a )\\bhref\\s*=\\s*[\"']");
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

    @Test
    void aRefusedRepairHasNoRepairedNetwork() {
        RunResult refused = SampleResults.refusedRepair();
        assertThat(refused.repaired()).isNull();
        assertThat(markup(refused)).doesNotContain("data-network=\"" + Rates.REPAIRED + "\"");
    }

    private static ActivationProfile profile(RunResult result, int index) {
        return result.all(ActivationProfile.class).get(index);
    }

    private static List<String> sections(RunResult result) {
        return SECTION.matcher(markup(result))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** The page without its scripts. */
    private static String markup(RunResult result) {
        return SCRIPT.matcher(Report.render(result)).replaceAll("<script></script>");
    }

    private static String verdict(RunResult result) {
        String html = markup(result);
        return html.substring(html.indexOf("<section id=\"verdict\""), html.indexOf("</section>"));
    }

    private RunResult embedded(String html) throws IOException {
        MatchResult json = SCRIPT.matcher(html).results().findFirst().orElseThrow();
        Path file = folder.resolve("embedded.json");
        Files.writeString(file, json.group(1));
        return Results.read(file);
    }
}
