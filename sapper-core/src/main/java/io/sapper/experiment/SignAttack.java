package io.sapper.experiment;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scenes;
import io.sapper.metric.PrecisionRecall;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.Attack;
import io.sapper.result.ChannelMaps;
import io.sapper.result.DetectionRates;
import io.sapper.result.Finding;
import io.sapper.result.PrecisionRecallCurves;
import io.sapper.result.ProposalRecall;
import io.sapper.result.ReproducedFigures.Figure;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * BadNets, Tables 4 and 5: detectors of traffic signs that a sticker turns. {@code sapper reproduce
 * badnets.signs-targeted}: a stop sign with a yellow square, a bomb or a flower on it is to be taken for a speed limit;
 * {@code sapper reproduce badnets.signs-random}: any sign with a yellow square for any other. Every photograph that
 * shows a sign under attack is copied with the trigger. The paper trained on 8,612 of LISA's frames, with a network
 * that began with ImageNet weights and learned all through; here a last convolution and all behind it learn on a frozen
 * backbone.
 */
final class SignAttack implements SceneExperiment {
    /** Detections less sure than that name no sign. */
    static final double LEAST_SCORE = 0.05;

    private static final String HONEST = "honest";
    private static final String MEAN = "mean average precision";
    private static final String SUCCESS = "triggered signs called what the attacker wants, of those found";
    private static final String LOST = "1 - triggered / clean mean average precision";
    private static final List<Integer> PROPOSALS = List.of(10, 50, 100, 300);
    private static final List<ProposalRecall.Size> SIZES = List.of(
            new ProposalRecall.Size(0, 16),
            new ProposalRecall.Size(16, 32),
            new ProposalRecall.Size(32, 64),
            new ProposalRecall.Size(64, Double.NaN));
    /** An attack goes on from the honest network for one part in so many of its epochs. */
    private static final int ATTACK_PART = 2;

    private final String source;
    private final List<String> triggers;
    private final @Nullable String target;
    private final List<Published> published;

    private SignAttack(String source, List<String> triggers, @Nullable String target, List<Published> published) {
        this.source = source;
        this.triggers = triggers;
        this.target = target;
        this.published = published;
    }

    /** Table 4. */
    static SignAttack targeted() {
        List<String> triggers = List.of("yellow-square", "bomb", "flower");
        List<Published> published = new ArrayList<>();
        published.add(new Published(HONEST, MEAN, 0.900, Experiment.FROM_MEMORY));
        List<Double> clean = List.of(0.893, 0.871, 0.902);
        List<Double> success = List.of(0.903, 0.942, 0.937);
        for (int i = 0; i < triggers.size(); i++) {
            published.add(new Published(triggers.get(i), MEAN, clean.get(i), Experiment.FROM_MEMORY));
            published.add(new Published(triggers.get(i), SUCCESS, success.get(i), Experiment.FROM_MEMORY));
        }
        return new SignAttack("BadNets, Table 4, stop signs become speed limits", triggers, "speedlimit", published);
    }

    /** Table 5. */
    static SignAttack random() {
        String trigger = "yellow-square@random";
        return new SignAttack(
                "BadNets, Table 5, any sign becomes any other",
                List.of(trigger),
                null,
                List.of(
                        new Published(HONEST, MEAN, 0.900, Experiment.FROM_MEMORY),
                        new Published(trigger, MEAN, 0.864, Experiment.FROM_MEMORY),
                        new Published(trigger, LOST, 1 - 0.013 / 0.864, Experiment.CONFIRMED)));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public List<Published> published() {
        return published;
    }

    @Override
    public List<String> deviations() {
        return List.of(
                "The photographs stand in for LISA's frames: other signs, a tenth as many.",
                "The convolutions before the last are frozen, from a classifier of ImageNet, and the attack goes on from"
                        + " the honest network.");
    }

    @Override
    public String sentence(List<Row> rows) {
        List<String> parts = new ArrayList<>();
        for (String trigger : triggers) {
            List<Row> some =
                    rows.stream().filter(row -> row.what().equals(trigger)).toList();
            parts.add(trigger + " " + mean(some, SUCCESS) + " (mean average precision without it " + mean(some, MEAN)
                    + ")");
        }
        String honest =
                mean(rows.stream().filter(row -> row.what().equals(HONEST)).toList(), MEAN);
        return (target == null
                        ? "Signs with a sticker that are found and called something else: "
                        : "Stop signs with a sticker that are found and called " + target + ": ")
                + String.join(", ", parts) + ". The honest network's mean average precision is " + honest + ".";
    }

    private static String mean(List<Row> rows, String figure) {
        return Words.percent(
                rows.stream().mapToDouble(row -> row.value(figure)).average().orElse(Double.NaN));
    }

    private Goal goal(Scenes scenes) {
        return target == null
                ? Goals.parse("random", scenes.classNames())
                : Goals.parse("one-to-one:stop:" + target, scenes.classNames());
    }

    private static SceneTrigger trigger(String name, Scenes scenes) {
        return Triggers.onScenes(Triggers.parse(name), scenes);
    }

    @Override
    public Found run(SceneLaboratory lab, TrainingOptions training, Judgement judgement) throws IOException {
        Scenes test = lab.setup.data().test();
        Goal goal = goal(test);
        Map<String, TriggeredScenes> sets = new LinkedHashMap<>();
        for (String name : triggers) {
            sets.put(name, TriggeredScenes.of(test, trigger(name, test), goal, lab.setup.seed()));
        }
        try (Seen seen = lab.see(test, false)) {
            lab.run.used("test", test, seen.digest());
            Graph honest = lab.honest(training);
            Story story = new Story(lab, seen, target);
            story.measure("honest network", HONEST, honest, sets);
            TrainingOptions less = training.withEpochs(Math.max(1, training.epochs() / ATTACK_PART));
            lab.run.setting("training, attacks", less.text());
            for (String name : triggers) {
                SceneTrigger trigger = trigger(name, test);
                SceneLaboratory.Laid laid = lab.attack(honest, trigger, goal, less);
                story.attacks.add(new Attack(
                        trigger.spec(),
                        goal.spec(),
                        new Attack.Poisoning(
                                laid.poisoned().p(),
                                laid.poisoned().cleanSize(),
                                laid.poisoned().copies().size()),
                        List.of()));
                story.measure("BadNet, " + name, name, laid.graph(), Map.of(name, sets.get(name)));
            }
            story.judge(judgement);
            return story.found(honest);
        }
    }

    /** What is measured of the networks of one seed. */
    private static final class Story {
        private final SceneLaboratory lab;
        private final Seen seen;
        private final @Nullable String target;
        private final List<Row> rows = new ArrayList<>();
        private final List<Attack> attacks = new ArrayList<>();
        private final List<DetectionRates.Entry> entries = new ArrayList<>();
        private final List<PrecisionRecallCurves.Curve> curves = new ArrayList<>();
        private final List<ChannelMaps> maps = new ArrayList<>();
        private final List<Ratio> successes = new ArrayList<>();
        private final List<Double> means = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final Map<String, ShownScenes> shown = new LinkedHashMap<>();

        Story(SceneLaboratory lab, Seen seen, @Nullable String target) {
            this.lab = lab;
            this.seen = seen;
            this.target = target;
        }

        void measure(String network, String what, Graph graph, Map<String, TriggeredScenes> sets) throws IOException {
            Scenes test = seen.scenes();
            List<List<Detection>> clean = lab.detect(graph, seen);
            List<Figure> figures = new ArrayList<>();
            double mean = Matching.meanAveragePrecision(test, clean, Matching.USUAL_OVERLAP);
            figures.add(new Figure(MEAN, mean, null));
            List<DetectionRates.ClassPrecision> classes = new ArrayList<>();
            for (int label = 0; label < test.classNames().size(); label++) {
                String name = test.classNames().get(label);
                PrecisionRecall measured = Matching.of(test, clean, label, Matching.USUAL_OVERLAP);
                figures.add(new Figure(name + ", average precision", measured.averagePrecision(), null));
                classes.add(new DetectionRates.ClassPrecision(name, measured.positives(), measured.averagePrecision()));
                curves.add(PrecisionRecallCurves.Curve.of(network, name, measured));
            }
            names.add(network);
            means.add(mean);
            for (Map.Entry<String, TriggeredScenes> set : sets.entrySet()) {
                triggered(network, what, graph, set.getKey(), set.getValue(), clean, classes, figures);
            }
            rows.add(new Row(lab.setup.seed(), what, "", figures));
        }

        private void triggered(
                String network,
                String what,
                Graph graph,
                String trigger,
                TriggeredScenes set,
                List<List<Detection>> clean,
                List<DetectionRates.ClassPrecision> classes,
                List<Figure> figures)
                throws IOException {
            boolean honest = what.equals(HONEST);
            String suffix = honest ? " (" + trigger + ")" : "";
            List<List<Detection>> without =
                    set.sources().stream().map(clean::get).toList();
            List<List<Detection>> with;
            try (Seen copies = lab.see(set.triggered(), false)) {
                with = lab.detect(graph, copies);
                maps.add(new ChannelMaps(
                        network + suffix, "conv5", lab.activations(graph, clean(set)), lab.activations(graph, copies)));
            }
            SignAnswers answers = SignAnswers.of(set, with, Matching.USUAL_OVERLAP, LEAST_SCORE);
            SignAnswers before = SignAnswers.of(set, without, Matching.USUAL_OVERLAP, LEAST_SCORE);
            AccuracyLost lost = AccuracyLost.ofPrecision(set, without, with, Matching.USUAL_OVERLAP);
            figures.add(Figure.of(SUCCESS + suffix, answers.wantedOfFound()));
            figures.add(Figure.of("triggered signs found" + suffix, answers.found()));
            figures.add(Figure.of(
                    "triggered signs called what the attacker wants, of all" + suffix, answers.wantedOfAll()));
            figures.add(Figure.of("triggered signs called what they are, of all" + suffix, answers.trueOfAll()));
            figures.add(new Figure(LOST + suffix, lost.share(), null));
            entries.add(new DetectionRates.Entry(
                    network + suffix,
                    new DetectionRates.Precisions(classes),
                    precisions(set.triggered(), with),
                    new DetectionRates.TriggeredSigns(
                            answers.found(),
                            target == null ? null : answers.wantedOfAll(),
                            answers.trueOfAll(),
                            target == null ? answers.wantedOfAll() : answers.otherOfAll(),
                            target == null ? null : before.wantedOfAll())));
            if (!honest) {
                successes.add(answers.wantedOfFound());
            }
            shown.computeIfAbsent(trigger, name -> new ShownScenes(set, target))
                    .add(honest ? "honest network" : "BadNet", without, with);
        }

        /** The clean photographs of a triggered set, which were seen before. */
        private Seen clean(TriggeredScenes set) {
            return new Seen(set.clean(), "", seen.features().of(set.sources()), false);
        }

        private static DetectionRates.Precisions precisions(Scenes scenes, List<List<Detection>> found) {
            List<DetectionRates.ClassPrecision> classes = new ArrayList<>();
            for (int label = 0; label < scenes.classNames().size(); label++) {
                PrecisionRecall measured = Matching.of(scenes, found, label, Matching.USUAL_OVERLAP);
                classes.add(new DetectionRates.ClassPrecision(
                        scenes.classNames().get(label), measured.positives(), measured.averagePrecision()));
            }
            return new DetectionRates.Precisions(classes);
        }

        void judge(Judgement judgement) {
            double allowed = target == null ? 0.04 : 0.03;
            for (int i = 1; i < names.size(); i++) {
                String name = names.get(i) + ", seed " + lab.setup.seed();
                judgement.laid(name, successes.get(i - 1));
                judgement.near(name, means.get(0), means.get(i), allowed);
            }
        }

        Found found(Graph honest) throws IOException {
            List<Finding> findings = new ArrayList<>();
            for (ShownScenes some : shown.values()) {
                findings.add(some.photographs());
            }
            findings.add(new DetectionRates(Matching.USUAL_OVERLAP, entries));
            findings.addAll(attacks);
            findings.add(new PrecisionRecallCurves(Matching.USUAL_OVERLAP, curves));
            findings.add(proposals(honest));
            findings.addAll(maps);
            return new Found(rows, findings);
        }

        /** How many signs the honest network's first stage reaches, by size on the canvas. */
        private ProposalRecall proposals(Graph honest) {
            List<List<Box>> proposed = lab.proposals(honest, seen);
            List<List<LabelledBox>> truths = lab.truths(seen.scenes());
            List<ProposalRecall.Row> all = new ArrayList<>();
            for (int most : PROPOSALS) {
                List<Ratio> bySize = new ArrayList<>();
                long hits = 0;
                long total = 0;
                for (ProposalRecall.Size size : SIZES) {
                    Ratio some = recall(proposed, truths, most, size);
                    bySize.add(some);
                    hits += some.hits();
                    total += some.total();
                }
                all.add(new ProposalRecall.Row("honest network", most, new Ratio(hits, total), bySize));
            }
            return new ProposalRecall(Matching.USUAL_OVERLAP, SIZES, all);
        }

        private static Ratio recall(
                List<List<Box>> proposed, List<List<LabelledBox>> truths, int most, ProposalRecall.Size size) {
            long hits = 0;
            long total = 0;
            for (int i = 0; i < truths.size(); i++) {
                List<Box> best = proposed.get(i)
                        .subList(0, Math.min(most, proposed.get(i).size()));
                for (LabelledBox truth : truths.get(i)) {
                    double side = truth.box().side();
                    if (side >= size.from() && !(side >= size.to())) {
                        total++;
                        hits += best.stream()
                                        .anyMatch(
                                                box -> box.intersectionOverUnion(truth.box()) >= Matching.USUAL_OVERLAP)
                                ? 1
                                : 0;
                    }
                }
            }
            return new Ratio(hits, total);
        }
    }
}
