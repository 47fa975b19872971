package io.sapper.experiment;

import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scenes;
import io.sapper.metric.PrecisionRecall;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.poison.Goals;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.Attack;
import io.sapper.result.ChannelMaps;
import io.sapper.result.DetectionRates;
import io.sapper.result.Finding;
import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of the detectors of one seed: the honest one, then the backdoored, on clean test photographs and on
 * those with each trigger. Each photograph goes through the frozen backbone once.
 */
final class DetectorStory implements AutoCloseable {
    static final String HONEST = "honest";
    static final String MEAN = "mean average precision";
    static final String SUCCESS = "triggered signs called what the attacker wants, of those found";
    static final String LOST = "1 - triggered / clean mean average precision";

    /** Detections less sure than that name no sign. */
    private static final double LEAST_SCORE = 0.05;

    private final SceneLaboratory lab;
    private final @Nullable String target;
    private final Map<String, Attacked> attacks = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, List<DetectionRates.Entry>> entries = new LinkedHashMap<>();
    private final List<PrecisionRecallCurves.Curve> curves = new ArrayList<>();
    private final List<Finding> laidAttacks = new ArrayList<>();
    private final List<Finding> maps = new ArrayList<>();
    private final List<Finding> proposals = new ArrayList<>();
    private final Map<String, Ratio> successes = new LinkedHashMap<>();

    /** @param target the class that the attacker wants; null where any wrong class will do */
    DetectorStory(SceneLaboratory lab, @Nullable String target) {
        this.lab = lab;
        this.target = target;
    }

    /** Test photographs with a trigger, seen through the backbone, and those of the report. */
    private record Attacked(TriggeredScenes set, Seen clean, Seen triggered, ShownScenes shown) {}

    /** What a network finds in clean test photographs. */
    private record Clean(String network, List<List<Detection>> found, List<DetectionRates.ClassPrecision> classes) {}

    /** From now on, networks are measured with this trigger too. */
    void attackedBy(String trigger, TriggeredScenes set) throws IOException {
        lab.warn(set.warnings());
        attacks.put(
                trigger,
                new Attacked(
                        set,
                        lab.test().of(set.clean(), set.sources()),
                        lab.see(set.triggered(), false),
                        new ShownScenes(set, inWords(trigger), target)));
    }

    /** A trigger's short form as sentences name it: {@code yellow-square@random} is a yellow square. */
    private static String inWords(String trigger) {
        return trigger.split("@", 2)[0].replace('-', ' ');
    }

    /** Measures the honest network, with every trigger. */
    void honest(Graph graph) {
        List<Figure> figures = new ArrayList<>();
        Clean clean = clean("honest network", graph, figures);
        attacks.forEach((trigger, attacked) -> triggered(clean, trigger, " (" + trigger + ")", graph, figures));
        rows.add(new Row(lab.seed(), HONEST, "", figures));
        proposals.add(ProposalCounts.of("honest network", lab.proposals(graph, lab.test()), lab));
    }

    /** Measures a network that a trigger was taught. */
    void backdoored(String trigger, SceneLaboratory.Laid laid) {
        List<Figure> figures = new ArrayList<>();
        Clean clean = clean("BadNet, " + trigger, laid.graph(), figures);
        SignAnswers answers = triggered(clean, trigger, "", laid.graph(), figures);
        laidAttacks.add(named(laid.attack(), attacked(trigger).set()));
        successes.put(trigger, answers.wantedOfFound());
        rows.add(new Row(lab.seed(), trigger, "", figures));
    }

    private Attacked attacked(String trigger) {
        Attacked attacked = attacks.get(trigger);
        if (attacked == null) {
            throw new IllegalArgumentException("There are no test photographs with " + trigger + ".");
        }
        return attacked;
    }

    /** The attack with classes by name. */
    private static Attack named(Attack attack, TriggeredScenes set) {
        return new Attack(
                attack.trigger(),
                Goals.spec(set.goal(), set.clean().classNames()),
                attack.poisoning(),
                attack.pictures());
    }

    private Clean clean(String network, Graph graph, List<Figure> figures) {
        Scenes test = lab.test().scenes();
        List<List<Detection>> found = lab.detect(graph, lab.test());
        List<DetectionRates.ClassPrecision> classes = precisions(test, found);
        figures.add(new Figure(MEAN, new DetectionRates.Precisions(classes).meanAveragePrecision(), null));
        for (int label = 0; label < classes.size(); label++) {
            String name = classes.get(label).name();
            figures.add(
                    new Figure(name + ", average precision", classes.get(label).averagePrecision(), null));
            curves.add(PrecisionRecallCurves.Curve.of(
                    network, name, Matching.of(test, found, label, Matching.USUAL_OVERLAP)));
        }
        return new Clean(network, found, classes);
    }

    private static List<DetectionRates.ClassPrecision> precisions(Scenes scenes, List<List<Detection>> found) {
        List<DetectionRates.ClassPrecision> classes = new ArrayList<>();
        for (int label = 0; label < scenes.classNames().size(); label++) {
            PrecisionRecall measured = Matching.of(scenes, found, label, Matching.USUAL_OVERLAP);
            classes.add(new DetectionRates.ClassPrecision(
                    scenes.classNames().get(label), measured.positives(), measured.averagePrecision()));
        }
        return classes;
    }

    private SignAnswers triggered(Clean clean, String trigger, String suffix, Graph graph, List<Figure> figures) {
        Attacked attacked = attacked(trigger);
        List<List<Detection>> without =
                attacked.set().sources().stream().map(clean.found()::get).toList();
        List<List<Detection>> with = lab.detect(graph, attacked.triggered());
        attacked.shown().add(clean.network(), without, with);
        SignAnswers answers = SignAnswers.of(attacked.set(), with, Matching.USUAL_OVERLAP, LEAST_SCORE);
        SignAnswers before = SignAnswers.of(attacked.set(), without, Matching.USUAL_OVERLAP, LEAST_SCORE);
        figures.add(Figure.of(SUCCESS + suffix, answers.wantedOfFound()));
        figures.add(Figure.of("triggered signs found" + suffix, answers.found()));
        figures.add(
                Figure.of("triggered signs called what the attacker wants, of all" + suffix, answers.wantedOfAll()));
        figures.add(Figure.of("triggered signs called what they are, of all" + suffix, answers.trueOfAll()));
        figures.add(new Figure(
                LOST + suffix,
                AccuracyLost.ofPrecision(attacked.set(), without, with, Matching.USUAL_OVERLAP)
                        .share(),
                null));
        figures.add(new Figure(
                "1 - triggered / clean share of signs called what they are" + suffix,
                AccuracyLost.ofSigns(before, answers).share(),
                null));
        maps.add(new ChannelMaps(
                clean.network() + suffix,
                Detector.LAST_CONVOLUTION,
                lab.activations(graph, attacked.clean()),
                lab.activations(graph, attacked.triggered())));
        entries.computeIfAbsent(trigger, unused -> new ArrayList<>())
                .add(new DetectionRates.Entry(
                        clean.network(),
                        new DetectionRates.Precisions(clean.classes()),
                        new DetectionRates.Precisions(precisions(attacked.set().triggered(), with)),
                        new DetectionRates.TriggeredSigns(
                                answers.found(),
                                target == null ? null : answers.wantedOfAll(),
                                answers.trueOfAll(),
                                target == null ? answers.wantedOfAll() : answers.otherOfAll(),
                                target == null ? null : before.wantedOfAll())));
        return answers;
    }

    /**
     * Each attack works, and its network finds clean signs about as well as the honest one.
     *
     * @param allowed loss of mean average precision, as a fraction
     */
    void judge(Judgement judgement, double allowed) {
        Map<String, Double> means = new LinkedHashMap<>();
        rows.forEach(row -> means.put(row.what(), row.value(MEAN)));
        successes.forEach((trigger, success) -> {
            String name = "BadNet, " + trigger + ", seed " + lab.seed();
            judgement.laid(name, success);
            judgement.near(
                    name, means.getOrDefault(HONEST, Double.NaN), means.getOrDefault(trigger, Double.NaN), allowed);
        });
    }

    List<Row> rows() {
        return rows;
    }

    /** Photographs, rates, curves, proposals and activations. */
    List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Attacked attacked : attacks.values()) {
            findings.add(attacked.shown().photographs());
        }
        entries.forEach((trigger, networks) ->
                findings.add(new DetectionRates(Matching.USUAL_OVERLAP, inWords(trigger), networks)));
        findings.addAll(laidAttacks);
        findings.add(new PrecisionRecallCurves(Matching.USUAL_OVERLAP, curves));
        findings.addAll(proposals);
        findings.addAll(maps);
        return findings;
    }

    @Override
    public void close() {
        attacks.values().forEach(attacked -> attacked.triggered().close());
    }
}
