package io.sapper.training;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Scenes;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.FrozenFeatures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/** Trains what of a detector comes behind its frozen backbone, on features that were computed once (design D3). */
public final class DetectorTraining {
    private DetectorTraining() {}

    /**
     * Photographs as the frozen backbone of a detector sees them. Owns tensors until it is closed.
     *
     * @param scenes in their order
     * @param digest of them: equal digests mean equal photographs
     * @param features of each, and where {@code mirrored} of each mirrored too, behind it
     * @param mirrored whether it has both
     */
    public record Seen(Scenes scenes, String digest, FrozenFeatures features, boolean mirrored)
            implements AutoCloseable {
        /**
         * Computes them, several at the same time, each on one thread of libtorch: on a machine that does other work
         * too, libtorch's own threads mostly wait for one another (docs/decisions/0068).
         *
         * @param backbone the part of a detector before its cut
         * @throws IOException if a photograph cannot be read
         * @throws CancellationException if the thread is interrupted; its flag stays set
         */
        public static Seen of(
                Graph backbone, Canvas canvas, Scenes scenes, boolean mirrored, Compute compute, Progress progress)
                throws IOException {
            FrozenFeatures features = new FrozenFeatures(backbone, compute);
            try (Eyes eyes = new Eyes(features, canvas, mirrored, compute)) {
                eyes.look(scenes.scenes(), progress);
                return new Seen(scenes, scenes.digest(), features, mirrored);
            } catch (InterruptedIOException e) {
                features.close();
                throw (CancellationException)
                        new CancellationException("Looking at " + scenes.name() + " was interrupted.").initCause(e);
            } catch (IOException | RuntimeException | Error e) {
                features.close();
                throw e;
            }
        }

        /**
         * These, then others, which must be mirrored if these are; to be used while both are open.
         *
         * @param all both, by a name
         */
        public Seen and(Scenes all, Seen others) throws IOException {
            return new Seen(all, all.digest(), features.and(others.features), mirrored);
        }

        /** Some of these, in that order; to be used while these are open. */
        public Seen of(Scenes some, List<Integer> indices) throws IOException {
            if (mirrored) {
                throw new IllegalStateException("Mirrored photographs are for training, all of them.");
            }
            return new Seen(some, some.digest(), features.of(indices), false);
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
     * Trains all layers from the last convolution on; the backbone stays as it is.
     *
     * @param detector with its first weights
     * @param seen photographs through this detector's own backbone
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
        Graph tail = detector.graph().cutAt(detector.backboneOutputs()).tail();
        DetectionLesson lesson = new DetectionLesson(
                seen.scenes().name(),
                seen.digest(),
                detector,
                seen.features(),
                seen.scenes().scenes().stream().map(detector.canvas()::boxes).toList(),
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
