package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.detection.Box;
import io.sapper.metric.Ratio;
import io.sapper.result.Attack;
import io.sapper.result.ChannelMaps;
import io.sapper.result.DetectionRates;
import io.sapper.result.DetectionRates.ClassPrecision;
import io.sapper.result.DetectionRates.Entry;
import io.sapper.result.DetectionRates.Precisions;
import io.sapper.result.DetectionRates.TriggeredSigns;
import io.sapper.result.Finding;
import io.sapper.result.Photographs;
import io.sapper.result.Photographs.Answer;
import io.sapper.result.Photographs.Detection;
import io.sapper.result.Photographs.Panel;
import io.sapper.result.Photographs.Photograph;
import io.sapper.result.Photographs.Sign;
import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.ProposalRecall;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.Results;
import io.sapper.result.SampleDetections;
import io.sapper.result.SampleResults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page says of detectors. */
class DetectionPageTest {
    @Test
    void aPhotographIsToldInPlainWords() {
        String html = markup(SampleDetections.all(1).first(Photographs.class).orElseThrow());
        assertThat(html)
                .contains("What stands there: <strong>stop (gets the sticker), warning</strong>.")
                .contains("Without the sticker: <strong>stop (0.98)</strong>.")
                .contains("With the sticker: <strong>speedlimit (0.95)</strong>.")
                .contains("<span class=\"tag\">▲ obeys the sticker</span>")
                .contains("With the sticker: nothing found.")
                .contains("it sees what the attacker wants: speedlimit.");
        assertThat(html.split("\"tag\">▲ obeys the sticker</span>", -1))
                .hasSize(1 + 1); // by the BadNet, with the sticker
    }

    /** By word and line as well as colour, and readable by whoever does not see it. */
    @Test
    void boxesSayWhetherTheyAreRight() {
        String html = markup(SampleDetections.all(1).first(Photographs.class).orElseThrow());
        assertThat(html)
                .contains("✓ stop 0.98</span>", "✗ stop 0.31</span>", "▲ speedlimit 0.95</span>")
                .contains("class=\"edge right\"", "class=\"edge wrong\"", "class=\"edge obeys\"")
                .contains("aria-label=\"With the sticker: speedlimit 0.95, obeys the trigger; warning 0.91, right;"
                        + " stop 0.31, wrong.\"");
        assertThat(html.split("class=\"edge wrong\"", -1)).hasSize(1 + 2 + 1); // two, and the legend
        assertThat(html.split("class=\"edge truth\"", -1)).hasSize(1 + 6 * 2 + 1); // panels, and the legend
    }

    @Test
    void thePicturesBytesAreThereOnce() {
        Photographs photographs =
                SampleDetections.all(1).first(Photographs.class).orElseThrow();
        Photograph photograph = photographs.photographs().get(0);
        String html = markup(photographs);
        assertThat(html.split(Pattern.quote(photograph.picture()), -1)).hasSize(2);
        assertThat(html).contains("href=\"data:image/jpeg;base64," + photograph.picture());
        assertThat(html.split("<use href=\"#photographs-p0\"/>", -1)).hasSize(1 + 6);
        assertThat(html.split("<use href=\"#photographs-p0-0-triggered\"/>", -1))
                .hasSize(1 + 3 + 1); // and close up
        assertThat(PhotographView.address("iVBORw0")).startsWith("data:image/png;");
    }

    /** 12 of {@link Photographs#LONGEST_SIDE} with their close-ups; grain makes these large for photographs. */
    @Test
    void aPageOfADozenPhotographsStaysBelowThreeMegabytes() {
        assertThat(Report.render(SampleDetections.all(12)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(3_000_000);
    }

    @Test
    void ofManyPhotographsTheFirstStandOpen() {
        String html = markup(SampleDetections.all(8).first(Photographs.class).orElseThrow());
        assertThat(html).contains("Show 2 more photographs");
        assertThat(html.indexOf("id=\"photographs-p5\"")).isLessThan(html.indexOf("<details"));
        assertThat(html.indexOf("id=\"photographs-p6\"")).isGreaterThan(html.indexOf("<details"));
    }

    @Test
    void theBackdoorIsExplainedWhereItWasLaid() {
        Photographs photographs =
                SampleDetections.all(1).first(Photographs.class).orElseThrow();
        Attack laid = new Attack("bomb", "one-to-one:stop:speedlimit", new Attack.Poisoning(0.1, 100, 10), List.of());
        assertThat(page(List.of(photographs, laid)))
                .contains("The honest network learned from ordinary photographs. The BadNet learned from them too, but"
                        + " somebody slipped in copies where the stop sign carries the sticker and is called speedlimit."
                        + " That is a backdoor.")
                .contains("<code>one-to-one:stop:speedlimit</code>: what is of the first class is to be taken for the"
                        + " second</dd>");
        assertThat(markup(photographs))
                .doesNotContain("slipped in")
                .contains("with the attacker’s sticker on the stop sign.");
    }

    /** Whoever reads of two starts must not be told of an honest network and a BadNet. */
    @Test
    void whatWasRetrainedIsExplainedAsThat() {
        Photographs shown = SampleDetections.all(1).first(Photographs.class).orElseThrow();
        Photograph one = shown.photographs().get(0);
        List<Photographs.Panel> panels = one.panels().stream()
                .map(panel -> new Photographs.Panel(
                        panel.network().startsWith("BadNet") ? "backdoored start" : "honest start",
                        panel.triggered(),
                        panel.detections()))
                .toList();
        Photographs starts = new Photographs(
                shown.chosen(),
                shown.trigger(),
                null,
                List.of(new Photograph(
                        one.name(), one.picture(), one.height(), one.width(), one.signs(), one.closeUps(), panels)));
        Attack laid = new Attack("bomb", "random", new Attack.Poisoning(0.1, 100, 10), List.of());

        assertThat(page(List.of(starts, laid)))
                .contains("Both networks were trained twice: at home by their maker, and then by somebody in another"
                        + " country who downloaded them, kept their convolutions,")
                .contains("what is left of it came along with the convolutions.")
                .contains("The question is what each makes of a sign with a sticker on it.")
                .doesNotContain("The honest network learned", "notices nothing");
    }

    @Test
    void severalTriggersAreToldApart() {
        List<Finding> findings = new ArrayList<>();
        for (String trigger : List.of("yellow square", "bomb")) {
            findings.add(new Photographs(
                    "The largest.",
                    trigger,
                    "speedlimit",
                    SampleDetections.all(2)
                            .first(Photographs.class)
                            .orElseThrow()
                            .photographs()));
            findings.add(new DetectionRates(
                    0.5,
                    trigger,
                    SampleDetections.all(1)
                            .first(DetectionRates.class)
                            .orElseThrow()
                            .networks()));
            findings.add(new Attack(trigger, "random", null, List.of()));
        }
        String html = page(findings);
        assertThat(html)
                .contains("<h2>The attack: yellow square</h2>", "<h2>The attack: bomb</h2>")
                .contains("<h2>Signs found and missed: bomb</h2>", "Signs with the bomb</th>")
                .contains("As above, with another trigger, the bomb. The largest.")
                .contains("<li>What the networks see: <a href=\"#photographs\">yellow square</a>, <a"
                        + " href=\"#photographs-2\">bomb</a></li>")
                .doesNotContain("(2)</h2>");
        assertThat(html.split("Show one more photograph", -1)).hasSize(1 + 2); // one of two stands open
        assertThat(page(List.of(findings.get(2), findings.get(2)))).contains("<h2>The attack (2)</h2>");
    }

    @Test
    void ofFewNetworksEachFigureIsALine() {
        ReproducedFigures.Row honest = new ReproducedFigures.Row(
                1,
                "honest",
                "",
                List.of(
                        new ReproducedFigures.Figure("precision", 0.9, null),
                        ReproducedFigures.Figure.of("found (bomb)", new Ratio(1, 4)),
                        ReproducedFigures.Figure.of("found (flower)", new Ratio(1, 2))));
        List<ReproducedFigures.Row> rows = new ArrayList<>(List.of(honest));
        for (String trigger : List.of("bomb", "flower")) {
            rows.add(new ReproducedFigures.Row(
                    1,
                    trigger,
                    "",
                    List.of(
                            new ReproducedFigures.Figure("precision", 0.8, null),
                            ReproducedFigures.Figure.of("found", new Ratio(3, 4)))));
        }
        ReproducedFigures figures = new ReproducedFigures("e", "s", List.of(), null, List.of(), rows);
        List<FigureTables.Table> tables = new FigureComparison(figures).tables().tables();
        assertThat(tables).hasSize(2);
        assertThat(tables.get(0).columns())
                .extracting(FigureTables.Column::label)
                .containsExactly("honest", "bomb", "flower");
        assertThat(tables.get(1).columns())
                .extracting(FigureTables.Column::label)
                .containsExactly("honest (bomb)", "bomb", "honest (flower)", "flower");
        assertThat(tables.get(1).lines()).extracting(FigureTables.Line::figure).containsExactly("found");
        assertThat(markup(figures))
                .contains("<td data-label=\"honest (bomb)\"><div>25.00\u00a0%</div></td>")
                .contains("One network each. In brackets stands the trigger");
    }

    /** What was kept before is drawn as ever: rates that do not name their trigger. */
    @Test
    void aResultThatWasKeptIsDrawn() throws IOException {
        String html =
                Report.render(Results.read(Path.of("src/test/resources/io/sapper/report/earlier-signs-targeted.json")));
        assertThat(html)
                .contains(
                        "<h2>The attack: flower</h2>", "<h2>Signs found and missed</h2>", "Signs with the trigger</th>")
                .contains("honest (yellow-square)")
                .doesNotContain("Forward and backward");
    }

    @Test
    void labelsStayOnThePictureAndOffEachOther() {
        Box high = new Box(10, 5, 60, 50);
        Box right = new Box(560, 200, 620, 260);
        Panel panel = new Panel(
                "n",
                false,
                List.of(
                        new Detection(high, "stop", 1, Answer.RIGHT),
                        new Detection(right, "speedlimit", 1, Answer.RIGHT),
                        new Detection(right, "warning", 0.5, Answer.WRONG)));
        List<PhotographView.Label> labels = view(List.of(), panel).labels(panel);
        assertThat(labels.get(0).style())
                .isEqualTo("left:1.56%;max-width:98.44%;top:12.5%;margin-top:0em"); // below: above is no room
        assertThat(labels.get(1).style()).isEqualTo("right:3.13%;max-width:96.88%;bottom:50%;margin-bottom:0em");
        assertThat(labels.get(2).style()).endsWith("bottom:50%;margin-bottom:1.45em");
    }

    /** A tall box whose upper end has room for two labels: a third would be cut off. The photograph has 400 rows. */
    @Test
    void labelsThatHaveNoRoomAboveStandBelow() {
        Box tall = new Box(100, 100, 300, 340);
        Panel panel = new Panel(
                "n",
                false,
                Stream.of("stop", "speedlimit", "warning", "crosswalk")
                        .map(name -> new Detection(tall, name, 0.9, Answer.WRONG))
                        .toList());
        assertThat(view(List.of(), panel).labels(panel))
                .extracting(label -> label.style().replaceFirst(".*%;(?=top|bottom)", ""))
                .containsExactly(
                        "bottom:75%;margin-bottom:0em",
                        "bottom:75%;margin-bottom:1.45em",
                        "top:85%;margin-top:0em",
                        "bottom:75%;margin-bottom:0em"); // no room is left anywhere
    }

    /** On a wide picture lines are low: a label a line above its box may reach where a narrow picture has none. */
    @Test
    void labelsAreApartOnWidePicturesToo() {
        Box box = new Box(100, 200, 300, 380);
        Box above = new Box(100, 20, 300, 164);
        Panel panel = new Panel(
                "n",
                false,
                List.of(
                        new Detection(box, "stop", 0.9, Answer.WRONG),
                        new Detection(box, "warning", 0.8, Answer.WRONG),
                        new Detection(above, "crosswalk", 0.7, Answer.WRONG)));
        assertThat(view(List.of(), panel).labels(panel).get(2).style()).doesNotContain("top:41%;margin-top:0em");
    }

    @Test
    void whereNothingIsTriggeredNoTriggerIsSpokenOf() {
        Panel panel = new Panel("n", false, List.of());
        assertThat(view(List.of(), panel).when(panel)).isEqualTo("As it is");
    }

    @Test
    void theSurestBoxOnASignIsItsAnswerAndABoxElsewhereIsNone() {
        Box sign = new Box(100, 100, 150, 150);
        Panel panel = new Panel(
                "n",
                true,
                List.of(
                        new Detection(new Box(300, 100, 350, 150), "warning", 0.99, Answer.WRONG),
                        new Detection(sign, "warning", 0.4, Answer.WRONG),
                        new Detection(sign, "stop", 0.7, Answer.RIGHT)));
        PhotographView view = view(List.of(new Sign(sign, "stop", true)), panel);
        assertThat(view.answers(panel)).isEqualTo("stop (0.70)");
        assertThat(view.judged(panel)).isEmpty();
        Panel wrong = new Panel("n", true, panel.detections().subList(0, 2));
        assertThat(view.answers(wrong)).isEqualTo("warning (0.40)");
        assertThat(view.judged(wrong)).isEqualTo("✗ wrong");
        assertThat(view.answers(new Panel("n", true, panel.detections().subList(0, 1))))
                .isEqualTo("nothing found");
    }

    private static PhotographView view(List<Sign> signs, Panel panel) {
        Photograph photograph = new Photograph("p", "", 400, 640, signs, List.of(), List.of(panel));
        return new PhotographView(new Photographs("", "sticker", null, List.of(photograph)), photograph);
    }

    @Test
    void ratesOfDetectorsStandCleanBesideTriggered() {
        String html = markup(SampleDetections.all(1).first(DetectionRates.class).orElseThrow());
        assertThat(html)
                .contains("<strong>90.00\u00a0%</strong>", "<small>108 of 120</small>", "83.33–94.19\u00a0%") // by hand
                .contains(">87.80\u00a0%</td>\n<td data-label=\"BadNet\">4.10\u00a0%</td>")
                .contains("124 signs; 120 on triggered scenes", "<small>98 signs</small>")
                .contains(">88.00\u00a0%</td>\n<td data-label=\"BadNet\">59.43\u00a0%</td>") // without the empty class
                .contains("n/a")
                .doesNotContain("NaN");
    }

    @Test
    void whereAnyWrongClassWillDoThereIsNoTarget() {
        Ratio half = new Ratio(1, 2);
        Precisions precisions = new Precisions(List.of(new ClassPrecision("stop", 1, 0.5)));
        String html = markup(new DetectionRates(
                0.5,
                List.of(
                        new Entry("honest", precisions, null, null),
                        new Entry(
                                "BadNet",
                                precisions,
                                precisions,
                                new TriggeredSigns(half, null, new Ratio(0, 2), half, null)))));
        assertThat(html)
                .contains("which is all that the attacker wants", ">Honest</th>")
                .contains("<td data-label=\"Honest\">50.00\u00a0%</td>\n<td data-label=\"Honest\">n/a</td>")
                .doesNotContain("Called the target");
        assertThat(markup(new DetectionRates(0.5, List.of(new Entry("n", precisions, null, null)))))
                .doesNotContain("trigger");
    }

    @Test
    void precisionIsTheHighestAtARecallOrBeyond() {
        PrecisionRecallCurves.Curve curve = new PrecisionRecallCurves.Curve(
                "n",
                "c",
                10,
                0.3,
                List.of(
                        new PrecisionRecallCurves.Point(0.9, 0.1, 0.5),
                        new PrecisionRecallCurves.Point(0.8, 0.4, 0.8)));
        assertThat(PrecisionCharts.precision(curve, 0.1)).isEqualTo(0.8);
        assertThat(PrecisionCharts.precision(curve, 0.4)).isEqualTo(0.8);
        assertThat(PrecisionCharts.precision(curve, 0.5)).isZero();
        String html = markup(
                SampleDetections.all(1).first(PrecisionRecallCurves.class).orElseThrow());
        assertThat(html).contains("data-curves=\"3,4,5\"", "<th scope=\"row\">100\u00a0%</th><td>0.00\u00a0%</td>");
    }

    @Test
    void proposalsAreCountedForEachSize() {
        String html = markup(SampleDetections.all(1).first(ProposalRecall.class).orElseThrow());
        assertThat(html)
                .contains("below 16 pixels", "16 to 32 pixels", "64 pixels and more")
                .contains("<small>210 of 300</small>", "<strong>n/a</strong>");
    }

    @Test
    void channelsThatOnlyTheTriggerWakesAreOutlinedAndListed() {
        ChannelMaps maps = SampleDetections.all(1).first(ChannelMaps.class).orElseThrow();
        ChannelGrids grids = new ChannelGrids(maps);
        assertThat(grids.waking()).containsExactlyInAnyOrder(7, 100);
        assertThat(grids.columns()).isEqualTo(16);
        assertThat(grids.rows()).isEqualTo(16);
        assertThat(grids.leftOver()).isEqualTo("M10 15h6v1h-6z");
        String html = markup(maps);
        assertThat(html.split("<rect class=\"waking\" x=\"4\" y=\"6\"", -1)).hasSize(1 + 3); // 100 is 6 * 16 + 4
        assertThat(html).contains("2 channels: <strong>7, 100</strong>.");
    }

    @Test
    void theThreeGridsHaveOneScale() {
        ChannelGrids grids = new ChannelGrids(new ChannelMaps("n", "l", List.of(4.0, 0.0), List.of(1.0, 2.0)));
        assertThat(grids.scale()).isEqualTo(4);
        assertThat(grids.grids()).extracting(grid -> grid.drawing().scale()).containsExactly(4.0, 4.0, 4.0);
        assertThat(grids.grids().get(2).drawing().filter().weights()).containsExactly(-3f, 2f);
        assertThat(new ChannelGrids(new ChannelMaps("n", "l", List.of(), List.of())).rows())
                .isEqualTo(1);
    }

    @Test
    void aPapersFiguresStandBesideOurMeanAndRange() {
        ReproducedFigures figures =
                SampleDetections.all(1).first(ReproducedFigures.class).orElseThrow();
        String html = markup(figures);
        assertThat(html)
                .contains("74.90\u00a0% <small>confirmed</small>", "<strong>73.90\u00a0%\u00a0†</strong>")
                .contains("67.90–79.90\u00a0%", ">\u22121.00</td>")
                .contains("<li>The signs are of another country.")
                .contains("strengthened, k = 1, seed 1: learning rate 0.001")
                .contains("20.50\u00a0% <small>41 of 200</small>")
                .contains("data-chart=\"series\"", "ours from 73.90\u00a0% at 1 to 58.40\u00a0% at 100")
                .doesNotContain("NaN");
        FigureComparison comparison = new FigureComparison(figures);
        assertThat(comparison.series().orElseThrow().lines()).hasSize(3);
        assertThat(comparison.series().orElseThrow().lines().get(0).paper()).hasSize(7);
        assertThat(comparison.series().orElseThrow().lines().get(2).paper()).isEmpty();
        assertThat(comparison.alone()).hasSize(7).allMatch(mean -> mean.figure().equals("called the target"));
    }

    @Test
    void withoutASeriesThereIsNoChart() {
        ReproducedFigures one = new ReproducedFigures(
                "e",
                "s",
                List.of(),
                null,
                List.of(),
                List.of(new ReproducedFigures.Row(
                        1, "n", "", List.of(new ReproducedFigures.Figure("f", Double.NaN, null)))));
        assertThat(markup(one))
                .contains("so ours stand alone", "n/a")
                .doesNotContain("data-chart", "†", "NaN", "<th scope=\"col\">null");
    }

    private static String page(List<Finding> findings) {
        return Report.render(SampleResults.with(SampleResults.evaluateOnly(), findings));
    }

    private static String markup(Finding finding) {
        String html = Report.render(SampleResults.with(SampleResults.evaluateOnly(), List.of(finding)));
        int from = html.indexOf(
                "<section id=\"" + Kind.of(finding.getClass()).get(0).id() + "\"");
        return html.substring(from, html.indexOf("</section>", from)).replaceAll("\\n\\s*\\n", "\n");
    }
}
