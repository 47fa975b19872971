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
import java.util.stream.IntStream;

/** Trains what of a detector comes behind its frozen part, on features that were computed once (design D3). */
public final class DetectorTraining {
    private DetectorTraining() {}

    /**
     * Photographs as the frozen part of a detector sees them: its backbone, or more. Owns a temporary file until it is
     * closed.
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
         * too, libtorch's own threads mostly wait for one another (docs/decisions/0068). Mirrored ones are to train on,
         * and kept with half of the bits.
         *
         * @param backbone the part of a detector before its cut
         * @throws IOException if a photograph cannot be read, or there is no room for what is computed
         * @throws CancellationException if the thread is interrupted; its flag stays set
         */
        public static Seen of(
                Graph backbone, Canvas canvas, Scenes scenes, boolean mirrored, Compute compute, Progress progress)
                throws IOException {
            FrozenFeatures features = new FrozenFeatures(backbone, mirrored, compute);
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

        /**
         * These, as more of a detector sees them; what they are computed from stays open.
         *
         * @param detector whose part before these is the one that made them
         * @param tensors where it is cut then
         * @return the caller's, to be closed
         * @throws IOException if there is no room for what is computed
         */
        public Seen through(Detector detector, List<String> tensors, Compute compute) throws IOException {
            Graph further = detector.graph().cutAt(features.names()).tail().upTo(tensors);
            return new Seen(scenes, digest, features.through(further, compute), mirrored);
        }

        /** Features of each of these as it is; to be used while these are open. */
        public FrozenFeatures unmirrored() {
            return unmirrored(IntStream.range(0, scenes.size()).boxed().toList());
        }

        /** Features of some of these as they are, in that order; to be used while these are open. */
        public FrozenFeatures unmirrored(List<Integer> indices) {
            int each = mirrored ? 2 : 1;
            return features.of(indices.stream().map(i -> i * each).toList());
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
     * Trains all that comes behind what has seen the photographs; that stays as it is.
     *
     * @param detector with its first weights
     * @param seen photographs through this detector's own backbone, or more of it
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
        Graph tail = detector.graph().cutAt(seen.features().names()).tail();
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
