package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import io.sapper.network.SampleGraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final Dataset DIGITS = SyntheticDigits.generate(600, 1, 1).train();
    private static final Optimizer SGD = new Optimizer.Sgd(0.05, 0.9, 5e-4);

    @Test
    void theLossFalls() {
        List<Double> losses = train(options(SGD, 4, 1), 1).losses();
        assertThat(losses).hasSize(4);
        assertThat(losses.get(0)).isBetween(0.5, 2.6); // ln 10 = 2.3 before anything is learned
        assertThat(losses.get(3)).isLessThan(0.6 * losses.get(0));
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        for (Optimizer optimizer : List.of(SGD, Optimizer.Adam.of(1e-3))) {
            Map<String, Initializer> once = train(options(optimizer, 1, 1), 1).values();
            assertThat(train(options(optimizer, 1, 1), 1).values()).isEqualTo(once);
            assertThat(train(options(optimizer, 1, 1), 2).values()).isNotEqualTo(once);
        }
    }

    @Test
    void anotherTrainingBesideItChangesNoBit() {
        Map<String, Initializer> alone = train(options(SGD, 1, 1), 1).values();
        CompletableFuture<Trained> beside = CompletableFuture.supplyAsync(() -> train(options(SGD, 2, 1), 2));
        Map<String, Initializer> together = train(options(SGD, 1, 1), 1).values();
        beside.join();
        assertThat(together).isEqualTo(alone);
    }

    @Test
    void replicasGiveTheSameBitsEveryTimeAndNearlyThoseOfOne() {
        Map<String, Initializer> once = train(options(SGD, 1, 2), 1).values();
        assertThat(train(options(SGD, 1, 2), 1).values()).isEqualTo(once);
        Map<String, Initializer> single = train(options(SGD, 1, 1), 1).values();
        once.forEach((name, value) -> assertThat(value.toArray())
                .as(name)
                .containsExactly(single.get(name).toArray(), Offset.offset(1e-3f)));
    }

    @Test
    void moreReplicasThanImagesInABatchDoNoHarm() {
        Graph graph = SampleGraphs.small(1);
        Dataset three = SampleGraphs.noise(graph, 3, 1);
        try (Network network = Network.of(graph, Compute.CPU)) {
            TrainingSummary summary = Trainer.train(
                    network, three, new TrainingOptions(2, 2, SGD, Schedule.CONSTANT, 4), 1, Progress.NONE);
            assertThat(summary.images()).isEqualTo(6);
            assertThat(summary.losses()).hasSize(2).allMatch(Double::isFinite);
        }
    }

    @Test
    void aMaskAndStatisticsStayAsTheyAre() {
        Graph graph = SampleGraphs.residual(3);
        Map<String, Initializer> after = trainOn(graph, 0.05);
        for (String fixed : List.of("n.mean", "n.var", "gain")) {
            assertThat(after.get(fixed)).as(fixed).isEqualTo(graph.initializer(fixed));
        }
        for (String trained : graph.trainable()) {
            assertThat(after.get(trained)).as(trained).isNotEqualTo(graph.initializer(trained));
        }
    }

    @Test
    void aLossWithoutEndIsSaidAtOnce() {
        assertThatThrownBy(() -> train(options(new Optimizer.Sgd(1e12, 0.9, 0), 3, 1), 1))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageStartingWith("Training diverged in epoch 1, step ")
                .hasMessageEndingWith("Maybe the learning rate 1.0E12 is too high.");
    }

    @Test
    void progressTellsEveryStepAndEpoch() {
        List<String> heard = new ArrayList<>();
        Graph graph = SampleGraphs.small(1);
        try (Network network = Network.of(graph, Compute.CPU)) {
            Trainer.train(
                    network,
                    SampleGraphs.noise(graph, 5, 1),
                    new TrainingOptions(2, 3, SGD, Schedule.COSINE, 1),
                    1,
                    new Progress() {
                        @Override
                        public void step(long done, long total) {
                            heard.add(done + "/" + total);
                        }

                        @Override
                        public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
                            heard.add("epoch " + epoch + " of " + epochs);
                        }
                    });
        }
        assertThat(heard).containsExactly("3/10", "5/10", "epoch 1 of 2", "8/10", "10/10", "epoch 2 of 2");
    }

    @Test
    void dataThatDoNotFitAreRefused() {
        Graph graph = SampleGraphs.small(1);
        TrainingOptions options = options(SGD, 1, 1);
        try (Network network = Network.of(graph, Compute.CPU)) {
            assertThatThrownBy(() -> Trainer.train(network, DIGITS, options, 1, Progress.NONE))
                    .hasMessageContaining("1x10x10")
                    .hasMessageContaining("1x28x28");
            assertThatThrownBy(() -> Trainer.train(network, SampleGraphs.noise(graph, 0, 1), options, 1, Progress.NONE))
                    .hasMessage("noise has no images to train on.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void trainingLeavesNothingBehind(int replicas) {
        Graph graph = SampleGraphs.small(1);
        Dataset data = SampleGraphs.noise(graph, 40, 1);
        List<Long> counts = new ArrayList<>();
        try (Network network = Network.of(graph, Compute.CPU)) {
            TrainingOptions options = new TrainingOptions(6, 8, Optimizer.Adam.of(1e-3), Schedule.COSINE, replicas);
            Trainer.train(network, data, options.withEpochs(1), 1, Progress.NONE);
            long before = Pointer.totalCount();
            Trainer.train(network, data, options, 1, new Progress() {
                @Override
                public void epoch(int epoch, int epochs, double meanLoss, double imagesPerSecond) {
                    counts.add(Pointer.totalCount());
                }
            });
            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
        assertThat(counts.get(5)).as("after 30 steps as after 5").isEqualTo(counts.get(0));
    }

    private record Trained(Map<String, Initializer> values, List<Double> losses) {}

    private static TrainingOptions options(Optimizer optimizer, int epochs, int replicas) {
        return new TrainingOptions(epochs, 50, optimizer, Schedule.ONE_CYCLE, replicas);
    }

    private static Trained train(TrainingOptions options, long seed) {
        try (Network network = Network.of(SampleGraphs.digits(11), Compute.CPU)) {
            TrainingSummary summary = Trainer.train(network, DIGITS, options, seed, Progress.NONE);
            return new Trained(network.snapshot().initializers(), summary.losses());
        }
    }

    private static Map<String, Initializer> trainOn(Graph graph, double learningRate) {
        try (Network network = Network.of(graph, Compute.CPU)) {
            Optimizer optimizer = new Optimizer.Sgd(learningRate, 0, 0);
            TrainingOptions options = new TrainingOptions(2, 8, optimizer, Schedule.CONSTANT, 1);
            Trainer.train(network, SampleGraphs.noise(graph, 32, 1), options, 1, Progress.NONE);
            return network.snapshot().initializers();
        }
    }
}
