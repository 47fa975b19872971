package io.sapper.experiment;

import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scenes;
import io.sapper.metric.ClusteredMean;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.ChannelMaps;
import io.sapper.result.DetectionRates.ClassPrecision;
import io.sapper.result.DetectionRates.Precisions;
import io.sapper.result.Finding;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is measured of detectors that were retrained for another country: how well they find its signs without the
 * trigger and with it. Each photograph goes through the frozen backbone once.
 */
final class TransferStory implements AutoCloseable {
    static final String MEAN = "mean average precision, clean";
    static final String MEAN_TRIGGERED = "mean average precision, with the trigger";
    static final String TRUE_CLEAN = "signs called what they are, clean";
    static final String TRUE_TRIGGERED = "signs called what they are, with the trigger";

    private final SceneLaboratory lab;
    private final TriggeredScenes set;
    private final Seen clean;
    private final Seen triggered;
    private final ShownScenes shown;
    private final List<Row> rows = new ArrayList<>();
    private final List<Finding> maps = new ArrayList<>();
    private final Map<String, Signs> answers = new LinkedHashMap<>();

    TransferStory(SceneLaboratory lab, TriggeredScenes set) throws IOException {
        this.lab = lab;
        this.set = set;
        lab.warn(set.warnings());
        clean = lab.test().of(set.clean(), set.sources());
        triggered = lab.see(set.triggered(), false);
        shown = new ShownScenes(set, DetectorStory.inWords(SignAttack.RANDOM_TRIGGER), null);
    }

    static String precision(String className) {
        return className + ", average precision, clean";
    }

    static String triggeredPrecision(String className) {
        return className + ", average precision, with the trigger";
    }

    /**
     * Measures a network.
     *
     * @param what the row's name
     * @param at where in the series; NaN where it stands in none
     */
    void add(String what, double at, Graph graph) {
        Scenes test = lab.test().scenes();
        List<List<Detection>> found = lab.detect(graph, lab.test());
        List<List<Detection>> without = set.sources().stream().map(found::get).toList();
        List<List<Detection>> with = lab.detect(graph, triggered);
        List<ClassPrecision> before = DetectorStory.precisions(test, found);
        List<ClassPrecision> after = DetectorStory.precisions(set.triggered(), with);
        Signs signs = new Signs(answers(without), answers(with));
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(MEAN, new Precisions(before).meanAveragePrecision(), null));
        figures.add(new Figure(MEAN_TRIGGERED, new Precisions(after).meanAveragePrecision(), null));
        figures.add(Figure.of(TRUE_CLEAN, signs.clean().trueOfAll()));
        figures.add(Figure.of(TRUE_TRIGGERED, signs.triggered().trueOfAll()));
        figures.add(new Figure(
                DetectorStory.LOST,
                AccuracyLost.ofPrecision(set, without, with, Matching.USUAL_OVERLAP)
                        .share(),
                null));
        before.forEach(one -> figures.add(new Figure(precision(one.name()), one.averagePrecision(), null)));
        after.forEach(one -> figures.add(new Figure(triggeredPrecision(one.name()), one.averagePrecision(), null)));
        rows.add(new Row(lab.seed(), what, at, "", figures));
        answers.putIfAbsent(what, signs);
        if (Double.isNaN(at) || at == 1) {
            shown.add(what, without, with);
            maps.add(new ChannelMaps(
                    what + ", abroad",
                    Detector.LAST_CONVOLUTION,
                    lab.activations(graph, clean),
                    lab.activations(graph, triggered)));
        }
    }

    /** What a network calls the signs of each photograph, without the trigger and with it. */
    private record Signs(List<SignAnswers> without, List<SignAnswers> with) {
        SignAnswers clean() {
            return SignAnswers.sum(without);
        }

        SignAnswers triggered() {
            return SignAnswers.sum(with);
        }

        /** Signs of a photograph that were called what they are, and with the trigger are not. */
        long lost(int photograph) {
            return without.get(photograph).trueClass() - with.get(photograph).trueClass();
        }

        double lost() {
            return clean().trueOfAll().value() - triggered().trueOfAll().value();
        }

        /** How much more the trigger takes of this network than of another one, of all signs. */
        ClusteredMean lostMore(Signs other) {
            double[] more = IntStream.range(0, with.size())
                    .mapToDouble(i -> lost(i) - other.lost(i))
                    .toArray();
            return ClusteredMean.of(
                    more, with.stream().mapToInt(one -> (int) one.total()).toArray());
        }
    }

    private List<SignAnswers> answers(List<List<Detection>> detections) {
        return SignAnswers.each(set, detections, Matching.USUAL_OVERLAP, DetectorStory.LEAST_SCORE);
    }

    /**
     * The backdoored start finds clean signs about as well as the honest one, and loses more of them to the trigger.
     *
     * @param allowed loss of mean average precision, as a fraction
     */
    void judge(Judgement judgement, String honest, String backdoored, double allowed) {
        String name = backdoored + ", seed " + lab.seed();
        judgement.near(name, first(honest), first(backdoored), allowed);
        Signs one = answers.get(honest);
        Signs other = answers.get(backdoored);
        if (one == null || other == null) {
            throw new IllegalStateException("Neither " + honest + " nor " + backdoored + " may be left out.");
        }
        judgement.losesMore(name, one.lost(), other.lost(), other.lostMore(one));
    }

    private double first(String what) {
        return rows.stream()
                .filter(row -> row.what().equals(what))
                .mapToDouble(row -> row.value(MEAN))
                .findFirst()
                .orElse(Double.NaN);
    }

    List<Row> rows() {
        return rows;
    }

    /** Photographs and activations. */
    List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(shown.photographs());
        findings.addAll(maps);
        return findings;
    }

    /** One row for each network and place in the series: its two means over all seeds. */
    static List<Row> means(List<Row> rows) {
        Map<List<Object>, List<Row>> alike = new LinkedHashMap<>();
        rows.forEach(row -> alike.computeIfAbsent(List.of(row.what(), row.at()), key -> new ArrayList<>())
                .add(row));
        return alike.values().stream()
                .map(some -> new Row(
                        0,
                        some.get(0).what(),
                        some.get(0).at(),
                        "",
                        List.of(mean(some, MEAN), mean(some, MEAN_TRIGGERED))))
                .toList();
    }

    private static Figure mean(List<Row> rows, String figure) {
        return new Figure(
                figure,
                rows.stream().mapToDouble(row -> row.value(figure)).average().orElse(Double.NaN),
                null);
    }

    @Override
    public void close() {
        triggered.close();
    }
}
