package io.sapper.training;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.FrozenFeatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/** Trains what of a detector comes behind its frozen start, on features that were computed once (design D3). */
public final class DetectorTraining {
    private DetectorTraining() {}

    /**
     * Photographs as the frozen start of a detector sees them. Owns tensors until it is closed.
     *
     * @param scenes in their order
     * @param digest of them
     * @param features of each, and where {@code mirrored} of each mirrored too, behind it
     * @param mirrored whether it has both
     */
    public record Seen(Scenes scenes, String digest, FrozenFeatures features, boolean mirrored)
            implements AutoCloseable {
        /** Photographs between two looks at whether to go on. */
        private static final int AT_ONCE = 16;

        /**
         * Computes them.
         *
         * @param start the part of a detector before its cut
         * @throws IOException if a photograph cannot be read
         * @throws CancellationException if the thread is interrupted; its flag stays set
         */
        public static Seen of(
                Graph start, Canvas canvas, Scenes scenes, boolean mirrored, Compute compute, Progress progress)
                throws IOException {
            FrozenFeatures features = new FrozenFeatures(start, compute);
            try {
                for (int from = 0; from < scenes.size(); from += AT_ONCE) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new CancellationException("Looking at " + scenes.name() + " was interrupted.");
                    }
                    int count = Math.min(AT_ONCE, scenes.size() - from);
                    see(features, scenes.scenes().subList(from, from + count), canvas, mirrored, compute);
                    progress.step(from + count, scenes.size());
                }
                return new Seen(scenes, scenes.digest(), features, mirrored);
            } catch (UncheckedIOException e) {
                features.close();
                throw Objects.requireNonNull(e.getCause());
            } catch (IOException | RuntimeException | Error e) {
                features.close();
                throw e;
            }
        }

        /**
         * Several at the same time, each on one thread of libtorch: of one photograph at once its own threads only wait
         * for one another.
         */
        private static void see(
                FrozenFeatures features, List<Scene> some, Canvas canvas, boolean mirrored, Compute compute) {
            int threads = compute == Compute.CPU ? Runtime.getRuntime().availableProcessors() : 1;
            int before = Engine.threads();
            FrozenFeatures.Made[][] made = new FrozenFeatures.Made[some.size()][];
            Engine.threads(1);
            try (Workers workers = new Workers(Math.min(threads, some.size()))) {
                workers.run(some.size(), at -> made[at] = see(features, some.get(at), canvas, mirrored));
            } finally {
                Engine.threads(before);
            }
            for (FrozenFeatures.Made[] one : made) {
                Arrays.stream(one).forEach(features::keep);
            }
        }

        private static FrozenFeatures.Made[] see(
                FrozenFeatures features, Scene scene, Canvas canvas, boolean mirrored) {
            byte[] pixels;
            try {
                pixels = canvas.pixels(scene);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try (Network network = features.replica()) {
                return mirrored
                        ? new FrozenFeatures.Made[] {
                            features.compute(network, pixels, canvas, false),
                            features.compute(network, pixels, canvas, true)
                        }
                        : new FrozenFeatures.Made[] {features.compute(network, pixels, canvas, false)};
            }
        }

        /** These, then others, which must be mirrored if these are; to be used while both are open. */
        public Seen and(Scenes all, Seen others) throws IOException {
            return new Seen(all, all.digest(), features.and(others.features), mirrored);
        }

        private List<List<LabelledBox>> onCanvas(Canvas canvas) {
            return scenes.scenes().stream()
                    .map(scene -> scene.boxes().stream()
                            .map(one -> new LabelledBox(canvas.to(scene, one.box()), one.label()))
                            .toList())
                    .toList();
        }

        @Override
        public void close() {
            features.close();
        }
    }

    /**
     * What came of it.
     *
     * @param graph the trained detector, whole
     * @param training how it went
     */
    public record Outcome(Graph graph, TrainingSummary training) {}

    /**
     * Trains all layers from the last convolution on; the start stays as it is.
     *
     * @param detector with its first weights
     * @param seen photographs through this detector's own start
     * @throws TrainingDivergedException as {@link Trainer} does
     * @throws IOException if a checkpoint cannot be read or written
     */
    public static Outcome train(
            Detector detector,
            Seen seen,
            TrainingOptions options,
            long seed,
            Compute compute,
            Progress progress,
            Checkpoints checkpoints)
            throws IOException {
        Graph tail = detector.graph().cutAt(detector.start()).tail();
        DetectionLesson lesson = new DetectionLesson(
                seen.scenes().name(),
                seen.digest(),
                detector,
                seen.features(),
                seen.onCanvas(detector.canvas()),
                seen.mirrored(),
                seed);
        try (Network network = Network.of(tail, compute)) {
            TrainingSummary summary = Trainer.train(network, lesson, options, seed, progress, checkpoints);
            return new Outcome(detector.graph().withInitializers(weights(network.snapshot())), summary);
        }
    }

    private static Map<String, Initializer> weights(Graph trained) {
        Map<String, Initializer> weights = new HashMap<>();
        trained.trainable().forEach(name -> weights.put(name, trained.initializer(name)));
        return weights;
    }
}
