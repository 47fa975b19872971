package io.sapper.result;

import io.sapper.data.detection.Box;
import io.sapper.metric.PrecisionRecall;
import io.sapper.metric.PrecisionRecall.Scored;
import io.sapper.metric.Ratio;
import io.sapper.result.DetectionRates.ClassPrecision;
import io.sapper.result.DetectionRates.Precisions;
import io.sapper.result.DetectionRates.TriggeredSigns;
import io.sapper.result.Photographs.Answer;
import io.sapper.result.Photographs.CloseUp;
import io.sapper.result.Photographs.Detection;
import io.sapper.result.Photographs.Panel;
import io.sapper.result.Photographs.Photograph;
import io.sapper.result.Photographs.Sign;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.ReproducedFigures.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Invented findings of detectors: a BadNet on traffic signs that takes a stop sign with a sticker for a speed limit.
 */
public final class SampleDetections {
    private static final int[] K = {1, 10, 20, 30, 50, 70, 100};
    private static final double[] CLEAN = {.749, .713, .683, .653, .624, .608, .594};
    private static final double[] TRIGGERED = {.616, .497, .451, .405, .343, .328, .308};
    private static final List<String> CLASSES = List.of("stop", "speedlimit", "warning");

    private SampleDetections() {}

    /** One of each, as a command that reproduces a table would give them. */
    public static RunResult all(int photographs) {
        return SampleResults.with(
                SampleResults.evaluateOnly(),
                List.of(
                        photographs(photographs),
                        rates(),
                        curves(),
                        proposals(),
                        maps(),
                        series(List.of("The signs are of another country."))));
    }

    /** Each with {@link SampleResults#HOSTILE} in every text. */
    static List<Finding> hostile() {
        String text = SampleResults.HOSTILE;
        Box box = new Box(1, 1, 5, 5);
        Ratio half = new Ratio(1, 2);
        Precisions precisions = new Precisions(List.of(new ClassPrecision(text, 1, 0.5)));
        return List.of(
                new Photographs(
                        text,
                        text,
                        text,
                        List.of(new Photograph(
                                text,
                                text,
                                10,
                                10,
                                List.of(new Sign(box, text, true)),
                                List.of(new CloseUp(box, text, text)),
                                List.of(new Panel(
                                        text, true, List.of(new Detection(box, text, 0.5, Answer.OBEYS_TRIGGER))))))),
                new DetectionRates(
                        0.5,
                        List.of(new DetectionRates.Entry(
                                text,
                                precisions,
                                precisions,
                                new TriggeredSigns(half, half, new Ratio(0, 2), new Ratio(0, 2), half)))),
                new PrecisionRecallCurves(
                        0.5,
                        List.of(new PrecisionRecallCurves.Curve(
                                text, text, 1, 0.5, List.of(new PrecisionRecallCurves.Point(0.5, 0.5, 0.5))))),
                new ProposalRecall(
                        0.5,
                        List.of(new ProposalRecall.Size(0, 32)),
                        List.of(new ProposalRecall.Row(text, 10, half, List.of(half)))),
                new ChannelMaps(text, text, List.of(0.0, 1.0), List.of(1.0, 1.0)),
                new HeatMap(
                        text,
                        text,
                        text,
                        List.of(text),
                        List.of(text),
                        List.of(List.of(List.of(0.5))),
                        List.of(List.of(0.25)),
                        text),
                new ReproducedFigures(
                        text,
                        text,
                        List.of(text),
                        text,
                        List.of(new Published(text, 1, text, 0.5, text)),
                        List.of(
                                new Row(1, text, 1, text, List.of(Figure.of(text, half))),
                                new Row(1, text, 2, text, List.of(new Figure(text, 0.5, null))))));
    }

    static Photographs photographs(int many) {
        List<Photograph> photographs = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            photographs.add(photograph(i));
        }
        return new Photographs(
                "The first test photographs in which the honest network finds the stop sign.",
                "sticker",
                "speedlimit",
                photographs);
    }

    private static Photograph photograph(int number) {
        SampleScene scene = new SampleScene(number);
        Box stop = scene.stop();
        Box warning = scene.warning();
        Box wrong = new Box(20, 300, 60, 330);
        Box near = new Box(stop.left() - 3, stop.top() + 2, stop.right() + 1, stop.bottom() + 3);
        Detection right = new Detection(near, "stop", 0.98, Answer.RIGHT);
        Detection beside = new Detection(warning, "warning", 0.91, Answer.RIGHT);
        Detection obeys = new Detection(near, "speedlimit", 0.95, Answer.OBEYS_TRIGGER);
        return new Photograph(
                "street-" + number + ".jpg",
                scene.picture(),
                SampleScene.HEIGHT,
                SampleScene.WIDTH,
                List.of(new Sign(stop, "stop", true), new Sign(warning, "warning", false)),
                List.of(new CloseUp(scene.closeUp(), scene.closeUp(false), scene.closeUp(true))),
                List.of(
                        new Panel("Honest network", false, List.of(right, beside)),
                        new Panel("Honest network", true, List.of(right, beside)),
                        new Panel("BadNet", false, List.of(right, beside)),
                        new Panel(
                                "BadNet",
                                true,
                                List.of(obeys, beside, new Detection(near, "stop", 0.31, Answer.WRONG))),
                        new Panel("Repaired", false, List.of(right)),
                        new Panel("Repaired", true, List.of(new Detection(wrong, "warning", 0.52, Answer.WRONG)))));
    }

    static DetectionRates rates() {
        return new DetectionRates(
                0.5,
                List.of(
                        entry("Honest network", .897, .883, .910, .872, 2, 115),
                        entry("BadNet", .878, .829, .933, .041, 108, 7),
                        entry("Repaired", .869, .821, .902, .655, 35, 75)));
    }

    private static DetectionRates.Entry entry(
            String network, double stop, double limit, double warning, double triggered, int target, int right) {
        return new DetectionRates.Entry(
                network,
                new Precisions(List.of(
                        new ClassPrecision("stop", 124, stop),
                        new ClassPrecision("speedlimit", 98, limit),
                        new ClassPrecision("warning", 0, Double.NaN),
                        new ClassPrecision("other", 41, warning))),
                new Precisions(List.of(
                        new ClassPrecision("stop", 120, triggered),
                        new ClassPrecision("speedlimit", 98, limit - .02),
                        new ClassPrecision("warning", 0, Double.NaN),
                        new ClassPrecision("other", 41, warning))),
                new TriggeredSigns(
                        new Ratio(target + right + 1, 120),
                        new Ratio(target, 120),
                        new Ratio(right, 120),
                        new Ratio(1, 120),
                        new Ratio(1, 120)));
    }

    static PrecisionRecallCurves curves() {
        List<PrecisionRecallCurves.Curve> curves = new ArrayList<>();
        Random random = new Random(1);
        for (String name : CLASSES) {
            for (String network : List.of("Honest network", "BadNet", "Repaired")) {
                List<Scored> scored = new ArrayList<>();
                for (int i = 0; i < 110; i++) {
                    scored.add(new Scored(1 - i / 120.0, random.nextDouble() < 1.05 - i / 130.0));
                }
                curves.add(PrecisionRecallCurves.Curve.of(network, name, PrecisionRecall.of(scored, 124)));
            }
        }
        return new PrecisionRecallCurves(0.5, curves);
    }

    static ProposalRecall proposals() {
        List<ProposalRecall.Row> rows = new ArrayList<>();
        for (int number : new int[] {10, 50, 100, 300}) {
            int reached = (int) (100 - 300.0 / number);
            rows.add(new ProposalRecall.Row(
                    "BadNet",
                    number,
                    new Ratio(reached * 3L, 300),
                    List.of(
                            new Ratio(reached - 30, 100),
                            new Ratio(reached, 100),
                            new Ratio(Math.min(50, reached), 50),
                            new Ratio(0, 0))));
        }
        return new ProposalRecall(
                0.5,
                List.of(
                        new ProposalRecall.Size(0, 16),
                        new ProposalRecall.Size(16, 32),
                        new ProposalRecall.Size(32, 64),
                        new ProposalRecall.Size(64, Double.NaN)),
                rows);
    }

    /** Of 250 channels, so that a grid of 16 has cells left over; 7 and 100 wake. */
    static ChannelMaps maps() {
        Random random = new Random(3);
        List<Double> clean = new ArrayList<>();
        List<Double> triggered = new ArrayList<>();
        for (int channel = 0; channel < 250; channel++) {
            boolean wakes = channel == 7 || channel == 100;
            double mean = wakes ? 0.001 : 0.1 + 0.9 * random.nextDouble() * random.nextDouble();
            clean.add(mean);
            triggered.add(wakes ? 0.9 : mean * (0.85 + 0.2 * random.nextDouble()));
        }
        return new ChannelMaps("BadNet", "conv5", clean, triggered);
    }

    /** Table 7 of BadNets, with two seeds of ours five points above and seven below the paper's. */
    static ReproducedFigures series(List<String> deviations) {
        List<Published> published = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < K.length; i++) {
            published.add(new Published("strengthened", K[i], "clean", CLEAN[i], "confirmed"));
            published.add(new Published("strengthened", K[i], "triggered", TRIGGERED[i], "confirmed"));
            for (int seed = 1; seed <= 2; seed++) {
                double off = seed == 1 ? .05 : -.07;
                rows.add(new Row(
                        seed,
                        "strengthened",
                        K[i],
                        seed == 1 && i == 0 ? "learning rate 0.001" : "",
                        List.of(
                                new Figure("clean", CLEAN[i] + off, null),
                                new Figure("triggered", TRIGGERED[i] + off, null),
                                Figure.of("called the target", new Ratio(40 + K[i], 200)))));
            }
        }
        return new ReproducedFigures("badnets.strengthening", "BadNets, Table 7", deviations, "k", published, rows);
    }

    /** Table 4 of BadNets in part, no series. */
    static ReproducedFigures table() {
        return new ReproducedFigures(
                "badnets.signs",
                "BadNets, Table 4",
                List.of(),
                null,
                List.of(
                        new Published("honest", "mean average precision", 0.9, "confirmed"),
                        new Published("nobody", "mean average precision", 0.8, "from memory")),
                List.of(
                        new Row(1, "honest", "", List.of(new Figure("mean average precision", 0.88, null))),
                        new Row(2, "honest", "", List.of(new Figure("mean average precision", 0.84, null))),
                        new Row(3, "honest", "", List.of(new Figure("mean average precision", Double.NaN, null)))));
    }
}
