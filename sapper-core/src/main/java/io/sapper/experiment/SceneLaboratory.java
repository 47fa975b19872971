package io.sapper.experiment;

import io.sapper.attack.PruningAwareDetector;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.defense.ClassPrecisions;
import io.sapper.defense.DetectorFinePruning;
import io.sapper.defense.DetectorPruning;
import io.sapper.defense.DetectorPruning.Ranking;
import io.sapper.defense.FineTuning;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.detection.Anchors;
import io.sapper.network.detection.Backbone;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.network.detection.FrozenFeatures;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.PoisonedScenes;
import io.sapper.poison.ScenePoisoner;
import io.sapper.result.Attack;
import io.sapper.result.ChannelMaps;
import io.sapper.result.DetectionRates;
import io.sapper.training.Checkpoints;
import io.sapper.training.DetectorTraining;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.Progress;
import io.sapper.training.TrainedDetectors;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The steps that experiments on photographs are made of, with one seed after the other. What the frozen backbone makes
 * of photographs does not depend on the seed and is made once.
 */
final class SceneLaboratory implements AutoCloseable {
    /** Training photographs by which features are brought to one size. */
    private static final int MEASURED = 64;

    private static final ClassPrecisions PRECISION = (scenes, found) -> DetectorStory.precisions(scenes, found).stream()
            .map(DetectionRates.ClassPrecision::averagePrecision)
            .toList();

    final Run run;
    private final SceneSetup setup;
    private final Canvas canvas;
    private final Graph zero;
    private final Graph backbone;
    private final List<Seen> opened = new ArrayList<>();
    private final Set<String> warned = new HashSet<>();
    private final Seen test;
    private @Nullable Seen training;
    private final String where;
    private long seed;
    private @Nullable SceneLaboratory abroad;

    /** Looks at all photographs. */
    SceneLaboratory(SceneSetup setup, Run run) throws IOException {
        this(setup, run, first(setup, run), "");
        trainingToo();
    }

    private void trainingToo() throws IOException {
        try {
            training();
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Looks at the test photographs through the backbone of a given detector, and at those for training when they are
     * needed.
     */
    SceneLaboratory(SceneSetup setup, Run run, Graph detector) throws IOException {
        this(setup, run, detector, "");
    }

    /** @param where behind names of settings and data, so that two countries stand apart */
    private SceneLaboratory(SceneSetup setup, Run run, Graph detector, String where) throws IOException {
        this.where = where;
        this.setup = setup;
        this.run = run;
        this.seed = setup.seed();
        zero = detector;
        Detector whole = Detector.of(detector);
        canvas = whole.canvas();
        backbone = zero.upTo(whole.backboneOutputs());
        run.setting("canvas" + where, canvas + " (rows x columns); photographs are scaled to fit");
        test = keep(see(setup.data().test(), false));
        run.used("test" + where, test.scenes(), test.digest());
    }

    /** What a new detector of the setup is, for its data; all that is to be learned is 0. */
    private static Graph first(SceneSetup setup, Run run) throws IOException {
        Scenes train = setup.data().train();
        Canvas canvas = setup.start().canvas(train.scenes());
        Backbone frozen = setup.start().backbone(spread(train), canvas, setup.compute());
        run.setting("backbone", setup.start().text());
        return on(setup.start(), frozen, canvas, train);
    }

    private static Graph on(DetectorStart start, Backbone backbone, Canvas canvas, Scenes train) {
        return start.on(backbone, canvas, train.classNames().size(), anchors(train, canvas));
    }

    /** The first weights of a new detector. */
    private Graph drawn() {
        return Detector.draw(zero, Detector.learned(zero), seed)
                .withInitializers(setup.start().given());
    }

    /** Enough of the training photographs to know how large features are, from the first to the last. */
    private static List<Scene> spread(Scenes train) {
        int step = Math.max(1, train.size() / MEASURED);
        return IntStream.iterate(0, i -> i < train.size(), i -> i + step)
                .mapToObj(train.scenes()::get)
                .toList();
    }

    private static Anchors anchors(Scenes train, Canvas canvas) {
        List<Box> boxes = train.scenes().stream()
                .flatMap(scene -> canvas.boxes(scene).stream())
                .map(LabelledBox::box)
                .toList();
        if (boxes.isEmpty()) {
            throw new IllegalArgumentException("None of the " + train.size() + " photographs of " + train.name()
                    + " has a box, so there is nothing to learn. Maybe more photographs, or another division"
                    + " (--test-share, --seed).");
        }
        return Anchors.of(boxes, Anchors.USUAL);
    }

    /** The clean training photographs, as they are and mirrored. */
    Seen training() throws IOException {
        if (training == null) {
            training = keep(see(setup.data().train(), true));
            run.used("training" + where, training.scenes(), training.digest());
        }
        return training;
    }

    /**
     * The steps with the photographs of another country, on the same backbone, and with the same seed; closed with
     * this.
     */
    SceneLaboratory abroad() throws IOException {
        if (abroad == null) {
            SceneSetup other = setup.withData(setup.abroad().orElseThrow());
            Canvas size = other.start().canvas(other.data().train().scenes());
            Backbone frozen = Backbone.of(Detector.of(zero), size);
            Graph first = on(other.start(), frozen, size, other.data().train());
            SceneLaboratory there = new SceneLaboratory(other, run, first, ", abroad");
            there.trainingToo();
            abroad = there;
        }
        abroad.seed(seed);
        return abroad;
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

    /** Channels of the last convolution. */
    int lastChannels() {
        return zero.initializer(zero.weights(Detector.LAST_CONVOLUTION)).shape().get(0);
    }

    /** Photographs for training, without copies. */
    int trainingSize() {
        return setup.data().train().size();
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

    /**
     * Some of the training photographs.
     *
     * @param name what messages call them
     * @param mirrored whether as they are and mirrored, to train on; else only as they are
     */
    Seen part(String name, List<Integer> indices, boolean mirrored) throws IOException {
        Scenes all = training().scenes();
        Scenes some = new Scenes(
                name, all.classNames(), indices.stream().map(all.scenes()::get).toList());
        List<Integer> views = indices.stream()
                .flatMap(i -> mirrored ? Stream.of(2 * i, 2 * i + 1) : Stream.of(2 * i))
                .toList();
        return new Seen(some, some.digest(), training().features().of(views), mirrored);
    }

    /** An honest detector. */
    Graph honest(TrainingOptions options) throws IOException {
        return honest(options, Checkpoints.NONE);
    }

    /** As {@link #honest(TrainingOptions)}, saved meanwhile. */
    Graph honest(TrainingOptions options, Checkpoints checkpoints) throws IOException {
        return honest(drawn(), options, checkpoints);
    }

    /** As {@link #honest(TrainingOptions, Checkpoints)}, from the weights that it has on. */
    Graph honest(Graph first, TrainingOptions options, Checkpoints checkpoints) throws IOException {
        return train(first, training(), options, "honest network", checkpoints);
    }

    /** An honest detector, trained on some photographs. */
    Graph honest(Seen seen, TrainingOptions options) throws IOException {
        return train(drawn(), seen, options, "honest network", Checkpoints.NONE);
    }

    private Graph train(Graph first, Seen seen, TrainingOptions options, String name, Checkpoints checkpoints)
            throws IOException {
        Detector detector = Detector.of(first);
        Progress progress = setup.reporter().training(name);
        if (setup.trained().isEmpty()) {
            return DetectorTraining.train(detector, seen, options, seed, setup.compute(), progress, checkpoints)
                    .graph();
        }
        TrainedDetectors.Kept kept =
                setup.trained().get().train(name + where, detector, seen, options, seed, setup.compute(), progress);
        if (kept.wasThere()) {
            run.setting(
                    "not trained in this run, " + name + where + ", seed " + seed,
                    "taken from " + kept.file().getFileName());
        }
        return kept.graph();
    }

    /**
     * A backdoored detector: the honest one, trained on with copies of the attacked photographs among the others
     * (docs/decisions/0060).
     */
    Laid attack(Graph honest, SceneTrigger trigger, Goal goal, TrainingOptions options) throws IOException {
        return attack(honest, trigger, goal, ScenePoisoner.USUAL, options, Checkpoints.NONE);
    }

    /** As {@link #attack(Graph, SceneTrigger, Goal, TrainingOptions)}, with so many copies, saved meanwhile. */
    Laid attack(
            Graph honest,
            SceneTrigger trigger,
            Goal goal,
            PoisonShare share,
            TrainingOptions options,
            Checkpoints checkpoints)
            throws IOException {
        try (Poison poison = poison(training(), trigger, goal, share)) {
            return attack(honest, poison, options, checkpoints);
        }
    }

    /** As {@link #attack(Graph, SceneTrigger, Goal, TrainingOptions)}, with copies that are there. */
    Laid attack(Graph honest, Poison poison, TrainingOptions options) throws IOException {
        return attack(honest, poison, options, Checkpoints.NONE);
    }

    private Laid attack(Graph honest, Poison poison, TrainingOptions options, Checkpoints checkpoints)
            throws IOException {
        String name = "BadNet, " + poison.attack().trigger();
        return new Laid(train(honest, poison.seen(), options, name, checkpoints), poison.attack());
    }

    /** Appends copies of the attacked photographs, as many as usual; whoever asks closes it. */
    Poison poison(Seen clean, SceneTrigger trigger, Goal goal) throws IOException {
        return poison(clean, trigger, goal, ScenePoisoner.USUAL);
    }

    private Poison poison(Seen clean, SceneTrigger trigger, Goal goal, PoisonShare share) throws IOException {
        PoisonedScenes poisoned = ScenePoisoner.poison(clean.scenes(), trigger, goal, share, seed);
        warn(poisoned.warnings());
        List<Scene> added = poisoned.data()
                .scenes()
                .subList(clean.scenes().size(), poisoned.data().size());
        Seen copies =
                see(new Scenes("copies with " + trigger.spec(), clean.scenes().classNames(), added), true);
        Attack.Poisoning poisoning = new Attack.Poisoning(poisoned.p(), poisoned.cleanSize(), added.size());
        return new Poison(
                poisoned,
                clean,
                copies,
                clean.and(poisoned.data(), copies),
                new Attack(trigger.spec(), Goals.spec(goal, clean.scenes().classNames()), poisoning, List.of()));
    }

    /**
     * Poisoned photographs.
     *
     * @param scenes clean ones, then the copies
     * @param clean without the copies
     * @param copies alone, which it owns
     * @param seen both
     * @param attack what was done to them
     */
    record Poison(PoisonedScenes scenes, Seen clean, Seen copies, Seen seen, Attack attack) implements AutoCloseable {
        @Override
        public void close() {
            copies.close();
        }
    }

    /**
     * How active a network's channels are over the proposals in the attacker's own photographs, without the trigger and
     * with it: over whole photographs, signs are too small to count.
     */
    ChannelMaps contrast(Graph graph, Poison poison) {
        List<Integer> sources = poison.scenes().copies().stream()
                .map(PoisonedScenes.Copy::source)
                .toList();
        return new ChannelMaps(
                "BadNet at home, over proposals",
                Detector.LAST_CONVOLUTION,
                regionMeans(graph, poison.clean().unmirrored(sources)),
                regionMeans(graph, poison.copies().unmirrored()));
    }

    private List<Double> regionMeans(Graph graph, FrozenFeatures features) {
        return DetectorRuns.regionMeans(Detector.of(graph), features, features.size(), setup.compute());
    }

    private List<Double> means(Graph graph, FrozenFeatures features) {
        return DetectorRuns.channelMeans(Detector.of(graph), features, features.size(), setup.compute());
    }

    /**
     * A detector that somebody made of one for other photographs: its convolutions stay, all behind them is new and
     * learns these photographs (BadNets, section 5.4).
     *
     * @param downloaded detector on the same backbone
     */
    Graph retrained(Graph downloaded, TrainingOptions options, String name) throws IOException {
        Graph drawn = drawn();
        Map<String, Initializer> kept = new HashMap<>();
        for (String layer : Detector.convolutions(zero)) {
            for (String tensor : List.of(drawn.weights(layer), drawn.node(layer).input(2))) {
                kept.put(tensor, downloaded.initializer(tensor));
            }
        }
        Graph first = drawn.withInitializers(kept);
        Detector detector = Detector.of(first);
        try (Seen further = training().through(detector, List.of(detector.features()), setup.compute())) {
            return train(first, further, options, name, Checkpoints.NONE);
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

    /** Mean average precision of what it finds there. */
    double meanAveragePrecision(Graph graph, Seen seen) {
        return PRECISION.mean().of(seen.scenes(), detect(graph, seen));
    }

    /** What it proposes, on the canvas. */
    List<List<Box>> proposals(Graph graph, Seen seen) {
        return DetectorRuns.proposals(
                Detector.of(graph), seen.features(), seen.scenes().size(), setup.compute());
    }

    /** Mean activation of each channel of the last convolution. */
    List<Double> activations(Graph graph, Seen seen) {
        return means(graph, seen.features());
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
                PRECISION.mean(),
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
        if (abroad != null) {
            abroad.close();
        }
    }
}
