package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.network.ElementType;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import io.sapper.network.Node;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleFiles;
import io.sapper.network.SampleGraphs;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final TrainingOptions OPTIONS =
            new TrainingOptions(2, 32, new Optimizer.Sgd(0.05, 0.9, 5e-4), Schedule.ONE_CYCLE, 1);
    private static final Dataset DIGITS = SyntheticDigits.generate(1500, 10, 1).train();

    /** 31 images: in batches of 10 the last has one. */
    private static final Dataset NOISE = SampleGraphs.noise(SampleGraphs.small(1), 31, 1);

    private static final TrainingOptions SMALL =
            new TrainingOptions(2, 10, new Optimizer.Sgd(0.05, 0.9, 5e-4), Schedule.COSINE, 1);

    @Test
    void theLossFalls() {
        try (Network network = Network.of(SampleGraphs.digits(1), Compute.CPU)) {
            List<Double> losses =
                    Trainer.train(network, DIGITS, OPTIONS, 1, Progress.NONE).losses();
            assertThat(losses.get(1)).isLessThan(losses.get(0)).isLessThan(1.0);
        }
    }

    /** Each epoch is asked what it shows, and trains on that: pictures without light teach weights nothing. */
    @Test
    void anEpochTrainsOnWhatItIsShown() {
        List<Integer> asked = new ArrayList<>();
        Graph graph = SampleGraphs.small(1);
        try (Network network = Network.of(graph, Compute.CPU)) {
            Trainer.train(network, NOISE, SMALL, 1, Progress.NONE, (data, epoch) -> {
                asked.add(epoch);
                return new Dataset(
                        "dark",
                        data.shape(),
                        new byte[data.size() * data.shape().size()],
                        data.labels(),
                        data.classNames());
            });
            assertThat(network.snapshot().initializer("conv1.bias").toArray())
                    .isEqualTo(graph.initializer("conv1.bias").toArray());
        }
        assertThat(asked).containsExactly(0, 1);
    }

    /** A block of weights has one type; halves would be torn from their network without a word. */
    @Test
    void weightsOfOtherTypesAreRefusedByName(@TempDir Path folder) throws IOException {
        Graph halves = SampleFiles.read(
                SampleFiles.typed(SampleGraphs.small(1), ElementType.FLOAT16), folder.resolve("m.onnx"));
        try (Network network = Network.of(halves, Compute.CPU)) {
            assertThatThrownBy(() -> Trainer.train(network, NOISE, SMALL, 1, Progress.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The weight conv1.weight is of type float16, and training needs float."
                            + " Maybe train the network's Tunable form.");
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsAlsoBesideOthers() {
        byte[] alone = trainedOnDigits(OPTIONS, 1);
        CompletableFuture<byte[]> other = CompletableFuture.supplyAsync(() -> trainedOnDigits(OPTIONS, 2));
        byte[] beside = trainedOnDigits(OPTIONS, 1);
        assertThat(beside).isEqualTo(alone);
        assertThat(other.join()).isNotEqualTo(alone);
    }

    @Test
    void replicasAddTheirGradientsInTheSameOrderEveryTime() {
        TrainingOptions two = new TrainingOptions(1, 33, Optimizer.Adam.of(0.001), Schedule.CONSTANT, 2);
        assertThat(trainedOnDigits(two, 1)).isEqualTo(trainedOnDigits(two, 1));
    }

    /**
     * How many threads do the parts, and which thread does which, changes nothing: so 12 parts here are 12 anywhere.
     */
    @Test
    void moreReplicasThanCoresGiveTheSameBitsEveryTime() {
        TrainingOptions many = new TrainingOptions(1, 48, new Optimizer.Sgd(0.05, 0.9, 0), Schedule.CONSTANT, 12);
        assertThat(trainedOnDigits(many, 1)).isEqualTo(trainedOnDigits(many, 1));
    }

    /** What a GPU does: the data lie on the device as bytes, and losses are read late. Here the device is the CPU. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whereTheDataLieAndWhenLossesAreReadChangesNoBit(int replicas) throws IOException {
        Graph graph = SampleGraphs.small(1);
        List<List<Double>> losses = new ArrayList<>();
        List<Map<String, Initializer>> weights = new ArrayList<>();
        for (Placement placement : List.of(
                new Placement(false, 1), new Placement(true, 1), new Placement(false, 3), new Placement(true, 50))) {
            try (Network network = Network.of(graph, Compute.CPU)) {
                losses.add(train(network, withReplicas(replicas), placement).losses());
                weights.add(network.snapshot().initializers());
            }
        }
        assertThat(losses).containsOnly(losses.get(0));
        assertThat(weights).containsOnly(weights.get(0));
    }

    /** 31 images in batches of 4 are 8 steps; read after the third, sixth and last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50})
    void aLossThatIsReadLateStillNamesItsStep(int every) {
        TrainingOptions wild = new TrainingOptions(2, 4, new Optimizer.Sgd(1e20, 0.9, 0), Schedule.CONSTANT, 1);
        try (Network network = Network.of(SampleGraphs.small(1), Compute.CPU)) {
            assertThatThrownBy(() -> train(network, wild, new Placement(false, every)))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessage("Training diverged in epoch 1, step 2: the loss is NaN."
                            + " Maybe the learning rate 1.0E20 is too high.");
        }
    }

    private static TrainingSummary train(Network network, TrainingOptions options, Placement placement)
            throws IOException {
        return Trainer.train(network, NOISE, options, 1, Progress.NONE, Checkpoints.NONE, placement);
    }

    /** Also where the last batch has fewer images than there are replicas. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 12})
    void replicasGiveWhatOneNetworkGives(int replicas) {
        Graph graph = SampleGraphs.small(1);
        Map<String, Initializer> one = trained(graph, SMALL);
        Map<String, Initializer> several = trained(graph, withReplicas(replicas));
        one.forEach((name, values) -> assertThat(several.get(name).toArray())
                .as(name)
                .containsExactly(values.toArray(), Offset.offset(1e-5f)));
        assertThat(one.get("conv1.weight")).isNotEqualTo(graph.initializer("conv1.weight"));
    }

    @Test
    void aBatchMayBeLargerThanTheData() {
        Graph graph = SampleGraphs.small(1);
        TrainingOptions all = new TrainingOptions(2, NOISE.size(), SMALL.optimizer(), Schedule.COSINE, 1);
        TrainingOptions more = new TrainingOptions(2, 65_536, SMALL.optimizer(), Schedule.COSINE, 1);
        assertThat(trained(graph, more)).isEqualTo(trained(graph, all));
    }

    /** Cross-entropy makes chances of scores; of chances it would make chances again. */
    @Test
    void aNetworkThatEndsInASoftmaxIsTrainedOnWhatGoesIntoIt() {
        Graph scores = SampleGraphs.small(1);
        List<Node> nodes = new ArrayList<>(scores.nodes());
        nodes.add(new Node("soft", Operator.of("Softmax"), List.of(scores.output()), "chances"));
        Graph chances = new Graph(scores.input(), scores.inputShape(), "chances", nodes, scores.initializers());
        assertThat(trained(chances, SMALL)).isEqualTo(trained(scores, SMALL));
    }

    @Test
    void aLossThatIsNotFiniteEndsTraining() {
        TrainingOptions wild = OPTIONS.withOptimizer(new Optimizer.Sgd(1e20, 0.9, 0));
        assertThatThrownBy(() -> trainedOnDigits(wild, 1))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageStartingWith("Training diverged in epoch 1, step ")
                .hasMessageEndingWith(". Maybe the learning rate 1.0E20 is too high.");
    }

    /** No step comes after the last that could see it in its loss. */
    @Test
    void weightsThatAreNotFiniteAfterTheLastStepEndTraining() {
        TrainingOptions wild = new TrainingOptions(1, 31, new Optimizer.Sgd(1e9, 0, 1e30), Schedule.CONSTANT, 1);
        assertThatThrownBy(() -> trained(SampleGraphs.small(1), wild))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessage("Training diverged in epoch 1, step 1: a weight is no longer finite."
                        + " Maybe the learning rate 1.0E9 is too high.");
    }

    @Test
    void aNetworkWithoutWeightsIsRefused() {
        Graph graph = new Graph(
                "image",
                List.of(1, 1, 3),
                "scores",
                List.of(new Node("flat", Operator.of("Flatten"), List.of("image"), "scores")),
                Map.of());
        Dataset data = new Dataset("data", new ImageShape(1, 1, 3), new byte[3], new int[1], List.of("a", "b", "c"));
        try (Network network = Network.of(graph, Compute.CPU)) {
            assertThatThrownBy(() -> Trainer.train(network, data, SMALL, 1, Progress.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The network has no layer with weights to train.");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anInterruptEndsTrainingAndIsNotForgotten(int replicas) {
        Progress interrupting = new Progress() {
            @Override
            public void step(long done, long total) {
                if (done == 20) {
                    Thread.currentThread().interrupt();
                }
                assertThat(done).as("after the interrupt").isLessThanOrEqualTo(20);
            }
        };
        try (Network network = Network.of(SampleGraphs.small(1), Compute.CPU)) {
            assertThatThrownBy(() -> Trainer.train(network, NOISE, withReplicas(replicas), 1, interrupting))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("Training was interrupted in epoch 1, step 3.");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** Replicas want one thread each; who called has as many as before, whatever happened. */
    @Test
    void theNumberOfThreadsIsAsBefore() {
        Engine.threads(2);
        try {
            trained(SampleGraphs.small(1), withReplicas(2));
            assertThat(Engine.threads()).isEqualTo(2);
            TrainingOptions wild = withReplicas(2).withOptimizer(new Optimizer.Sgd(1e20, 0.9, 0));
            assertThatThrownBy(() -> trained(SampleGraphs.small(1), wild))
                    .isInstanceOf(TrainingDivergedException.class);
            assertThat(Engine.threads()).isEqualTo(2);
            assertThat(CompletableFuture.supplyAsync(Engine::threads, task -> new Thread(task).start())
                            .join())
                    .as("in a thread that begins later")
                    .isEqualTo(2);
        } finally {
            Engine.threads(1);
        }
    }

    private static TrainingOptions withReplicas(int replicas) {
        return new TrainingOptions(2, 10, SMALL.optimizer(), Schedule.COSINE, replicas);
    }

    private static Map<String, Initializer> trained(Graph graph, TrainingOptions options) {
        try (Network network = Network.of(graph, Compute.CPU)) {
            Trainer.train(network, NOISE, options, 1, Progress.NONE);
            return network.snapshot().initializers();
        }
    }

    private static byte[] trainedOnDigits(TrainingOptions options, long seed) {
        Engine.threads(1);
        try (Network network = Network.of(SampleGraphs.digits(seed), Compute.CPU)) {
            Trainer.train(network, DIGITS, options, seed, Progress.NONE);
            return OnnxWriter.toBytes(network.snapshot());
        }
    }
}
