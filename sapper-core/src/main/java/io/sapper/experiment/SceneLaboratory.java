package io.sapper.experiment;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.network.Graph;
import io.sapper.network.detection.Anchors;
import io.sapper.network.detection.Backbone;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.network.detection.FasterRcnn;
import io.sapper.poison.Goal;
import io.sapper.poison.PoisonedScenes;
import io.sapper.poison.ScenePoisoner;
import io.sapper.training.Checkpoints;
import io.sapper.training.DetectorTraining;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The steps that experiments on photographs are made of. Photographs go through the frozen start once. */
final class SceneLaboratory implements AutoCloseable {
    /** Of the shorter side of most photographs on the canvas, in pixels, for two cores. */
    static final int SHORTER_SIDE = 384;

    /** The stride of usual backbones, of which the canvas's sides are multiples. */
    private static final int STRIDE = 32;

    final SceneSetup setup;
    final Run run;
    private final Canvas canvas;
    private final Graph zero;
    private final Graph start;
    private final Seen training;

    /** Reads all training photographs. */
    SceneLaboratory(SceneSetup setup, Run run) throws IOException {
        this.setup = setup;
        this.run = run;
        Scenes train = setup.data().train();
        canvas = Canvas.of(train.scenes(), SHORTER_SIDE, STRIDE);
        Backbone backbone = Backbone.of(
                setup.backbone().graph(),
                setup.backbone().layers(),
                setup.backbone().input(),
                canvas);
        zero = FasterRcnn.on(backbone, canvas, train.classNames().size(), anchors(train), FasterRcnn.Widths.SMALL);
        start = zero.upTo(Detector.of(zero).start());
        run.setting("canvas", canvas + " (rows x columns); photographs are scaled to fit");
        run.setting(
                "backbone",
                setup.backbone().file().getFileName() + ", layers "
                        + String.join(", ", setup.backbone().layers()) + ", frozen; the last convolution learns");
        training = see(train, true);
        run.used("training", train, training.digest());
    }

    private Anchors anchors(Scenes train) {
        List<Box> boxes = new ArrayList<>();
        train.scenes().forEach(scene -> scene.boxes().forEach(one -> boxes.add(canvas.to(scene, one.box()))));
        return Anchors.of(boxes, Anchors.USUAL);
    }

    /** Photographs through the frozen start. */
    Seen see(Scenes scenes, boolean mirrored) throws IOException {
        return Seen.of(
                start,
                canvas,
                scenes,
                mirrored,
                setup.compute(),
                setup.reporter().measuring("look at " + scenes.name()));
    }

    Canvas canvas() {
        return canvas;
    }

    /** An honest detector. */
    Graph honest(TrainingOptions options) throws IOException {
        Graph drawn = Detector.draw(zero, Detector.learned(), setup.seed());
        return train(drawn, training, options, "honest network");
    }

    private Graph train(Graph first, Seen seen, TrainingOptions options, String name) throws IOException {
        return DetectorTraining.train(
                        Detector.of(first),
                        seen,
                        options,
                        setup.seed(),
                        setup.compute(),
                        setup.reporter().training(name),
                        Checkpoints.NONE)
                .graph();
    }

    /**
     * A backdoored detector: the honest one, trained on with copies of the attacked photographs among the others
     * (docs/decisions/0060).
     */
    Laid attack(Graph honest, SceneTrigger trigger, Goal goal, TrainingOptions options) throws IOException {
        Scenes clean = setup.data().train();
        PoisonedScenes poisoned = ScenePoisoner.poison(clean, trigger, goal, ScenePoisoner.USUAL, setup.seed());
        poisoned.warnings().forEach(run::warn);
        List<Scene> copies =
                poisoned.data().scenes().subList(clean.size(), poisoned.data().size());
        try (Seen seen = see(new Scenes("copies with " + trigger.spec(), clean.classNames(), copies), true)) {
            Graph graph = train(honest, training.and(poisoned.data(), seen), options, "BadNet, " + trigger.spec());
            return new Laid(graph, poisoned);
        }
    }

    /**
     * A backdoored detector.
     *
     * @param graph the detector
     * @param poisoned what it was trained on
     */
    record Laid(Graph graph, PoisonedScenes poisoned) {}

    /** What a detector finds in photographs that were seen through the frozen start. */
    List<List<Detection>> detect(Graph graph, Seen seen) {
        return DetectorRuns.detections(
                Detector.of(graph), seen.features(), seen.scenes().scenes(), setup.compute());
    }

    /** What it proposes, on the canvas, and the true boxes there. */
    List<List<Box>> proposals(Graph graph, Seen seen) {
        return DetectorRuns.proposals(
                Detector.of(graph), seen.features(), seen.scenes().size(), setup.compute());
    }

    /** The true boxes of photographs, on the canvas. */
    List<List<LabelledBox>> truths(Scenes scenes) {
        return scenes.scenes().stream()
                .map(scene -> scene.boxes().stream()
                        .map(one -> new LabelledBox(canvas.to(scene, one.box()), one.label()))
                        .toList())
                .toList();
    }

    /** Mean activation of each channel of the last convolution. */
    List<Double> activations(Graph graph, Seen seen) {
        return DetectorRuns.channelMeans(
                Detector.of(graph), seen.features(), seen.scenes().size(), setup.compute());
    }

    @Override
    public void close() {
        training.close();
    }
}
