package io.sapper.experiment;

import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scenes;
import io.sapper.metric.PrecisionRecall;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.ChannelMaps;
import io.sapper.result.DetectionRates;
import io.sapper.result.Finding;
import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.nio.file.Path;
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

    static final String SIGNS_LOST = "1 - triggered / clean share of signs called what they are";

    /** Before the file of a sticker that somebody drew. */
    private static final String OWN = "on-sign:";

    /** Detections less sure than that name no sign. */
    static final double LEAST_SCORE = 0.05;

    private final SceneLaboratory lab;
    private final @Nullable String target;
    private final Map<String, Attacked> attacks = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, List<DetectionRates.Entry>> entries = new LinkedHashMap<>();
    private final List<DetectionRates.Entry> untriggered = new ArrayList<>();
    private @Nullable ShownScenes plain;
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
    static String inWords(String trigger) {
        String name = trigger.split("@", 2)[0];
        return name.startsWith(OWN)
                ? "sticker " + Path.of(name.substring(OWN.length())).getFileName()
                : name.replace('-', ' ');
    }

    private static String badNet(String trigger) {
        return "BadNet, " + inWords(trigger);
    }

    /** Measures the honest network, with every trigger. */
    void honest(Graph graph) {
        List<Figure> figures = new ArrayList<>();
        Clean clean = clean("honest network", graph, figures, true);
        attacks.keySet().forEach(trigger -> triggered(clean, trigger, " (" + trigger + ")", graph, figures, true));
        rows.add(new Row(lab.seed(), HONEST, "", figures));
        proposals.add(ProposalCounts.of("honest network", lab.proposals(graph, lab.test()), lab));
    }

    /**
     * What a network does.
     *
     * @param meanAveragePrecision on clean test photographs; NaN where they have no box
     * @param classes of which it is the mean
     * @param with what it calls the signs with the trigger; null where there is no attack
     * @param without what it calls the same signs without it
     */
    record Measured(
            double meanAveragePrecision,
            List<DetectionRates.ClassPrecision> classes,
            @Nullable SignAnswers with,
            @Nullable SignAnswers without) {}

    /** Measures a network, with the one trigger if there is any. */
    Measured measure(String network, Graph graph) {
        List<Figure> figures = new ArrayList<>();
        Clean clean = clean(network, graph, figures, true);
        proposals.add(ProposalCounts.of(network, lab.proposals(graph, lab.test()), lab));
        double mean = new DetectionRates.Precisions(clean.classes()).meanAveragePrecision();
        for (String trigger : attacks.keySet()) {
            SignAnswers with = triggered(clean, trigger, "", graph, figures, true);
            Attacked attacked = attacked(trigger);
            return new Measured(mean, clean.classes(), with, answers(attacked.set(), without(clean, attacked)));
        }
        if (plain == null) {
            plain = new ShownScenes(lab.test().scenes());
        }
        plain.add(network, clean.found());
        untriggered.add(new DetectionRates.Entry(network, new DetectionRates.Precisions(clean.classes()), null, null));
        return new Measured(mean, clean.classes(), null, null);
    }

    private static List<List<Detection>> without(Clean clean, Attacked attacked) {
        return attacked.set().sources().stream().map(clean.found()::get).toList();
    }

    private static SignAnswers answers(TriggeredScenes set, List<List<Detection>> found) {
        return SignAnswers.of(set, found, Matching.USUAL_OVERLAP, LEAST_SCORE);
    }

    /** Measures a network that a trigger was taught. */
    void backdoored(String trigger, SceneLaboratory.Laid laid) {
        List<Figure> figures = new ArrayList<>();
        Clean clean = clean(badNet(trigger), laid.graph(), figures, true);
        SignAnswers answers = triggered(clean, trigger, "", laid.graph(), figures, true);
        laidAttacks.add(laid.attack());
        successes.put(trigger, answers.wantedOfFound());
        rows.add(new Row(lab.seed(), trigger, "", figures));
    }

    /**
     * Measures one of several networks that a trigger was taught, defended or not.
     *
     * @param what it is called in the table
     * @param note what sets it apart
     * @param shown whether photographs, curves and activations of it are shown too
     */
    SignAnswers measured(String what, String note, String trigger, Graph graph, boolean shown) {
        List<Figure> figures = new ArrayList<>();
        Clean clean = clean(what, graph, figures, shown);
        SignAnswers answers = triggered(clean, trigger, "", graph, figures, shown);
        rows.add(new Row(lab.seed(), what, note, figures));
        return answers;
    }

    /** Measures a network on the way of being pruned, and gives the table one row for each state. */
    void pruned(String what, String trigger, Graph graph, List<Integer> order, List<Integer> states) {
        Attacked attacked = attacked(trigger);
        List<List<List<Detection>>> clean = lab.detectAsPruned(graph, lab.test(), order, states);
        List<List<List<Detection>>> with = lab.detectAsPruned(graph, attacked.triggered(), order, states);
        for (int state = 0; state < states.size(); state++) {
            List<List<Detection>> found = clean.get(state);
            List<List<Detection>> without =
                    attacked.set().sources().stream().map(found::get).toList();
            double mean = Matching.meanAveragePrecision(lab.test().scenes(), found, Matching.USUAL_OVERLAP);
            rows.add(new Row(
                    lab.seed(),
                    what,
                    (double) states.get(state) / order.size(),
                    "",
                    List.of(
                            new Figure(MEAN, mean, null),
                            lost(attacked.set(), without, with.get(state), ""),
                            signsLost(
                                    answers(attacked.set(), without), answers(attacked.set(), with.get(state)), ""))));
        }
    }

    private Attacked attacked(String trigger) {
        Attacked attacked = attacks.get(trigger);
        if (attacked == null) {
            throw new IllegalArgumentException("There are no test photographs with " + trigger + ".");
        }
        return attacked;
    }

    private Clean clean(String network, Graph graph, List<Figure> figures, boolean shown) {
        Scenes test = lab.test().scenes();
        List<List<Detection>> found = lab.detect(graph, lab.test());
        List<DetectionRates.ClassPrecision> classes = precisions(test, found);
        figures.add(new Figure(MEAN, new DetectionRates.Precisions(classes).meanAveragePrecision(), null));
        for (int label = 0; label < classes.size(); label++) {
            String name = classes.get(label).name();
            figures.add(
                    new Figure(name + ", average precision", classes.get(label).averagePrecision(), null));
            if (shown) {
                curves.add(PrecisionRecallCurves.Curve.of(
                        network, name, Matching.of(test, found, label, Matching.USUAL_OVERLAP)));
            }
        }
        return new Clean(network, found, classes);
    }

    private static Figure lost(
            TriggeredScenes set, List<List<Detection>> without, List<List<Detection>> with, String suffix) {
        return new Figure(
                LOST + suffix,
                AccuracyLost.ofPrecision(set, without, with, Matching.USUAL_OVERLAP)
                        .share(),
                null);
    }

    private static Figure signsLost(SignAnswers before, SignAnswers after, String suffix) {
        return new Figure(
                SIGNS_LOST + suffix, AccuracyLost.ofSigns(before, after).share(), null);
    }

    /** Average precision of each class. */
    static List<DetectionRates.ClassPrecision> precisions(Scenes scenes, List<List<Detection>> found) {
        List<DetectionRates.ClassPrecision> classes = new ArrayList<>();
        for (int label = 0; label < scenes.classNames().size(); label++) {
            PrecisionRecall measured = Matching.of(scenes, found, label, Matching.USUAL_OVERLAP);
            classes.add(new DetectionRates.ClassPrecision(
                    scenes.classNames().get(label), measured.positives(), measured.averagePrecision()));
        }
        return classes;
    }

    private SignAnswers triggered(
            Clean clean, String trigger, String suffix, Graph graph, List<Figure> figures, boolean shown) {
        Attacked attacked = attacked(trigger);
        List<List<Detection>> without = without(clean, attacked);
        List<List<Detection>> with = lab.detect(graph, attacked.triggered());
        SignAnswers answers = answers(attacked.set(), with);
        SignAnswers before = answers(attacked.set(), without);
        figures.add(Figure.of(SUCCESS + suffix, answers.wantedOfFound()));
        figures.add(Figure.of("triggered signs found" + suffix, answers.found()));
        figures.add(
                Figure.of("triggered signs called what the attacker wants, of all" + suffix, answers.wantedOfAll()));
        figures.add(Figure.of("triggered signs called what they are, of all" + suffix, answers.trueOfAll()));
        figures.add(lost(attacked.set(), without, with, suffix));
        figures.add(signsLost(before, answers, suffix));
        if (shown) {
            attacked.shown().add(clean.network(), without, with);
            maps.add(new ChannelMaps(
                    clean.network() + (suffix.isEmpty() ? "" : " (" + inWords(trigger) + ")"),
                    Detector.LAST_CONVOLUTION,
                    lab.activations(graph, attacked.clean()),
                    lab.activations(graph, attacked.triggered())));
        }
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
        successes.forEach((trigger, success) -> {
            String name = badNet(trigger) + ", seed " + lab.seed();
            judgement.laid(name, success);
            judgement.near(name, mean(HONEST), mean(trigger), allowed);
        });
    }

    /** An attack that was laid, for the page. */
    void laid(Finding attack) {
        laidAttacks.add(attack);
    }

    /** Clean mean average precision of a network that was measured; NaN of another. */
    double mean(String what) {
        return rows.stream()
                .filter(row -> row.what().equals(what) && Double.isNaN(row.at()))
                .mapToDouble(row -> row.value(MEAN))
                .findFirst()
                .orElse(Double.NaN);
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
        if (plain != null) {
            findings.add(plain.photographs());
        }
        if (!untriggered.isEmpty()) {
            findings.add(new DetectionRates(Matching.USUAL_OVERLAP, untriggered));
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
