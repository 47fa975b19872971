package io.sapper.experiment;

import io.sapper.attack.PruningAwareDetector;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.defense.DetectorFinePruning;
import io.sapper.defense.DetectorPruning;
import io.sapper.defense.DetectorPruning.Ranking;
import io.sapper.defense.FineTuning;
import io.sapper.defense.MeanPrecision;
import io.sapper.network.Graph;
import io.sapper.network.detection.Anchors;
import io.sapper.network.detection.Backbone;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.network.detection.FasterRcnn;
import io.sapper.poison.Goal;
import io.sapper.poison.PoisonedScenes;
import io.sapper.poison.ScenePoisoner;
import io.sapper.result.Attack;
import io.sapper.training.Checkpoints;
import io.sapper.training.DetectorTraining;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The steps that experiments on photographs are made of, with one seed after the other. What the frozen backbone makes
 * of photographs does not depend on the seed and is made once.
 */
final class SceneLaboratory implements AutoCloseable {
    /** Of the shorter side of most photographs on the canvas, in pixels, for two cores. */
    static final int SHORTER_SIDE = 384;

    /** The stride of usual backbones, of which the canvas's sides are multiples. */
    private static final int STRIDE = 32;

    private static final MeanPrecision PRECISION =
            (scenes, found) -> Matching.meanAveragePrecision(scenes, found, Matching.USUAL_OVERLAP);

    final Run run;
    private final SceneSetup setup;
    private final Canvas canvas;
    private final Graph zero;
    private final Graph backbone;
    private final List<Seen> opened = new ArrayList<>();
    private final Set<String> warned = new HashSet<>();
    private final Seen training;
    private final Seen test;
    private long seed;

    /** Looks at all photographs. */
    SceneLaboratory(SceneSetup setup, Run run) throws IOException {
        this.setup = setup;
        this.run = run;
        this.seed = setup.seed();
        Scenes train = setup.data().train();
        canvas = Canvas.of(train.scenes(), SHORTER_SIDE, STRIDE);
        Backbone read = Backbone.of(
                setup.backbone().graph(),
                setup.backbone().layers(),
                setup.backbone().input(),
                canvas);
        zero = FasterRcnn.on(read, canvas, train.classNames().size(), anchors(train), FasterRcnn.Widths.SMALL);
        backbone = zero.upTo(Detector.of(zero).backboneOutputs());
        run.setting("canvas", canvas + " (rows x columns); photographs are scaled to fit");
        run.setting(
                "backbone",
                setup.backbone().file().getFileName() + ", layers "
                        + String.join(", ", setup.backbone().layers()) + ", frozen; the last convolution learns");
        try {
            training = keep(see(train, true));
            test = keep(see(setup.data().test(), false));
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
        run.used("training", train, training.digest());
        run.used("test", test.scenes(), test.digest());
    }

    private Anchors anchors(Scenes train) {
        List<Box> boxes = train.scenes().stream()
                .flatMap(scene -> canvas.boxes(scene).stream())
                .map(LabelledBox::box)
                .toList();
        return Anchors.of(boxes, Anchors.USUAL);
    }

    private Seen keep(Seen seen) {
        opened.add(seen);
        return seen;
    }

    /** From now on, every random choice is of this seed. */
    void seed(long changed) {
        seed = changed;
    }

    long seed() {
        return seed;
    }

    Canvas canvas() {
        return canvas;
    }

    /** The clean test photographs. */
    Seen test() {
        return test;
    }

    /** Photographs through the frozen backbone; whoever asks closes it. */
    Seen see(Scenes scenes, boolean mirrored) throws IOException {
        return Seen.of(
                backbone,
                canvas,
                scenes,
                mirrored,
                setup.compute(),
                setup.reporter().measuring("look at " + scenes.name()));
    }

    /** What the user has to know, once. */
    void warn(List<String> sentences) {
        sentences.stream().filter(warned::add).forEach(run::warn);
    }

    /** The clean training photographs, as they are and mirrored. */
    Seen training() {
        return training;
    }

    /**
     * Some of the training photographs.
     *
     * @param name what messages call them
     * @param mirrored whether as they are and mirrored, to train on; else only as they are
     */
    Seen part(String name, List<Integer> indices, boolean mirrored) throws IOException {
        Scenes all = training.scenes();
        Scenes some = new Scenes(
                name, all.classNames(), indices.stream().map(all.scenes()::get).toList());
        List<Integer> views = indices.stream()
                .flatMap(i -> mirrored ? Stream.of(2 * i, 2 * i + 1) : Stream.of(2 * i))
                .toList();
        return new Seen(some, some.digest(), training.features().of(views), mirrored);
    }

    /** An honest detector. */
    Graph honest(TrainingOptions options) throws IOException {
        return honest(training, options);
    }

    /** An honest detector, trained on some photographs. */
    Graph honest(Seen seen, TrainingOptions options) throws IOException {
        return train(Detector.draw(zero, Detector.learned(), seed), seen, options, "honest network");
    }

    private Graph train(Graph first, Seen seen, TrainingOptions options, String name) throws IOException {
        return DetectorTraining.train(
                        Detector.of(first),
                        seen,
                        options,
                        seed,
                        setup.compute(),
                        setup.reporter().training(name),
                        Checkpoints.NONE)
                .graph();
    }

    /** A backdoored detector, all training photographs poisoned. */
    Laid attack(Graph honest, SceneTrigger trigger, Goal goal, TrainingOptions options) throws IOException {
        try (Poison poison = poison(training, trigger, goal)) {
            return attack(honest, poison, options);
        }
    }

    /**
     * A backdoored detector: the honest one, trained on with copies of the attacked photographs among the others
     * (docs/decisions/0060).
     */
    Laid attack(Graph honest, Poison poison, TrainingOptions options) throws IOException {
        return new Laid(
                train(
                        honest,
                        poison.seen(),
                        options,
                        "BadNet, " + poison.attack().trigger()),
                poison.attack());
    }

    /** Appends copies of the attacked photographs; whoever asks closes it. */
    Poison poison(Seen clean, SceneTrigger trigger, Goal goal) throws IOException {
        PoisonedScenes poisoned = ScenePoisoner.poison(clean.scenes(), trigger, goal, ScenePoisoner.USUAL, seed);
        warn(poisoned.warnings());
        List<Scene> added = poisoned.data()
                .scenes()
                .subList(clean.scenes().size(), poisoned.data().size());
        Seen copies =
                see(new Scenes("copies with " + trigger.spec(), clean.scenes().classNames(), added), true);
        Attack.Poisoning poisoning = new Attack.Poisoning(poisoned.p(), poisoned.cleanSize(), added.size());
        return new Poison(
                clean.and(poisoned.data(), copies),
                copies,
                new Attack(trigger.spec(), goal.spec(), poisoning, List.of()));
    }

    /**
     * Poisoned photographs.
     *
     * @param seen clean ones, then the copies
     * @param copies alone, which it owns
     * @param attack what was done to them
     */
    record Poison(Seen seen, Seen copies, Attack attack) implements AutoCloseable {
        @Override
        public void close() {
            copies.close();
        }
    }

    /**
     * A backdoored detector.
     *
     * @param graph the detector
     * @param attack what was done to it
     */
    record Laid(Graph graph, Attack attack) {}

    /** What a detector finds in photographs. */
    List<List<Detection>> detect(Graph graph, Seen seen) {
        return DetectorRuns.detections(
                Detector.of(graph), seen.features(), seen.scenes().scenes(), setup.compute());
    }

    /** What it proposes, on the canvas. */
    List<List<Box>> proposals(Graph graph, Seen seen) {
        return DetectorRuns.proposals(
                Detector.of(graph), seen.features(), seen.scenes().size(), setup.compute());
    }

    /** Mean activation of each channel of the last convolution. */
    List<Double> activations(Graph graph, Seen seen) {
        return DetectorRuns.channelMeans(
                Detector.of(graph), seen.features(), seen.scenes().size(), setup.compute());
    }

    /** What it finds with channels of the last convolution pruned, in each of some states. */
    List<List<List<Detection>>> detectAsPruned(Graph graph, Seen seen, List<Integer> order, List<Integer> states) {
        return DetectorRuns.detectionsAsPruned(
                Detector.of(graph), seen.features(), seen.scenes().scenes(), order, states, setup.compute());
    }

    /** Lays a backdoor behind decoys; the honest detector is step 1's. */
    PruningAwareDetector.Outcome layBehindDecoys(
            Graph honest,
            PruningAwareDetector.Photographs photographs,
            PruningAwareDetector.Options options,
            TrainingOptions retraining)
            throws IOException {
        return PruningAwareDetector.lay(
                honest,
                photographs,
                options,
                retraining,
                PRECISION,
                seed,
                setup.compute(),
                setup.reporter().training("BadNet, pruning-aware"));
    }

    /** Prunes a detector by the rule. */
    DetectorPruning.Outcome prune(Graph graph, Seen validation, Ranking ranking, double allowedDrop) {
        return DetectorPruning.prune(Detector.of(graph), validation, ranking, allowedDrop, PRECISION, setup.compute());
    }

    /** Tunes a pruned detector. */
    DetectorFinePruning.Outcome finePrune(
            DetectorPruning.Outcome pruning, Seen tuning, Seen validation, DetectorFinePruning.Options options)
            throws IOException {
        return DetectorFinePruning.tune(
                pruning,
                tuning,
                validation,
                options,
                PRECISION,
                seed,
                setup.compute(),
                setup.reporter().training("fine-pruning"));
    }

    /** Tunes a detector that was not pruned. */
    Graph fineTune(Graph graph, Seen tuning, TrainingOptions options) throws IOException {
        return FineTuning.tune(
                        Detector.of(graph),
                        tuning,
                        options,
                        seed,
                        setup.compute(),
                        setup.reporter().training("fine-tuning"))
                .graph();
    }

    @Override
    public void close() {
        opened.forEach(Seen::close);
    }
}
