package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void aTapIsWhatTheCutNetworkGives() {
        Graph graph = SampleGraphs.residual(4);
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 5, 1));
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            List<String> taps = List.of("sum.out", "x", "chances", "mean.out", "n.out", "stem.out", "image");
            List<Tensor> tapped = network.forward(images(batch, 5, 2, 9, 8), taps);
            for (int i = 0; i < taps.size(); i++) {
                // Without other taps a ReLU may overwrite what it reads; so each is computed alone too.
                float[] alone = Tensors.toArray(network.forward(images(batch, 5, 2, 9, 8), List.of(taps.get(i)))
                        .get(0));
                assertThat(Tensors.toArray(tapped.get(i))).as(taps.get(i)).isEqualTo(alone);
            }
            assertThat(Tensors.toArray(tapped.get(1)))
                    .isEqualTo(SampleGraphs.run(graph.cutAt("x").head(), batch));
            assertThat(negatives(Tensors.toArray(tapped.get(5))))
                    .as("before the ReLU")
                    .isPositive();
            assertThat(Tensors.toArray(tapped.get(6))).as("the input stays").isEqualTo(batch);
        }
    }

    /** Whether gradients are kept decides what is freed and overwritten, never what is computed. */
    @Test
    void withGradientsTheOutputIsTheSame() {
        for (Graph graph : List.of(SampleGraphs.residual(4), SampleGraphs.small(4))) {
            Dataset data = SampleGraphs.noise(graph, 5, 1);
            float[] batch = SampleGraphs.numbers(data);
            try (PointerScope scope = new PointerScope();
                    Network network = Network.of(graph, Compute.CPU)) {
                Tensor output = network.forward(images(
                        batch,
                        5,
                        data.shape().channels(),
                        data.shape().height(),
                        data.shape().width()));
                assertThat(Tensors.toArray(output)).isEqualTo(SampleGraphs.run(graph, batch));
            }
        }
    }

    /** Several inputs at once lay weights out anew: neither what they are nor what they make may change by that. */
    @Test
    void layingWeightsOutAnewChangesNothing() {
        Graph graph = SampleGraphs.residual(4);
        float[] five = SampleGraphs.numbers(SampleGraphs.noise(graph, 5, 1));
        float[] one = Arrays.copyOf(five, five.length / 5);
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            float[] first = Tensors.toArray(network.forward(images(one, 1, 2, 9, 8)));
            assertThat(network.value("stem.w").is_contiguous()).isTrue();
            network.forward(images(five, 5, 2, 9, 8));
            assertThat(network.value("stem.w").is_contiguous()).isFalse();
            float[] again = Tensors.toArray(network.forward(images(one, 1, 2, 9, 8)));
            for (int i = 0; i < first.length; i++) {
                assertThat(again[i]).isCloseTo(first[i], within(1e-6f));
            }
            assertThat(network.snapshot().initializers()).isEqualTo(graph.initializers());
        }
    }

    /** Also inside a shortcut, where the network cannot be cut in two. */
    @Test
    void whatIsGoneOnWithEndsAsTheWhole() {
        Graph graph = SampleGraphs.residual(4);
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 5, 1));
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            for (String tensor : List.of("stem.out", "a.out", "n.relu.out", "b.out", "mean.out", "chances")) {
                List<String> taps = new ArrayList<>(List.of(tensor));
                taps.addAll(graph.alongside(tensor));
                List<Tensor> tapped = network.forward(images(batch, 5, 2, 9, 8), taps);
                Map<String, Tensor> known = new HashMap<>();
                for (int i = 0; i < taps.size(); i++) {
                    known.put(taps.get(i), tapped.get(i));
                }
                float[] before = Tensors.toArray(tapped.get(0));
                assertThat(Tensors.toArray(network.resume(known))).as(tensor).isEqualTo(SampleGraphs.run(graph, batch));
                assertThat(Tensors.toArray(tapped.get(0)))
                        .as("known tensors stay")
                        .isEqualTo(before);
            }
            assertThat(network.passes()).isEqualTo(6 * 5);
            assertThat(network.resumed()).isEqualTo(6 * 5);
        }
    }

    @Test
    void whatTooLittleIsKnownForIsRefused() {
        try (PointerScope scope = new PointerScope();
                Network network = Network.of(SampleGraphs.residual(4), Compute.CPU)) {
            Tensor some = images(new float[80], 1, 4, 5, 4);
            assertThatThrownBy(() -> network.resume(Map.of("n.relu.out", some)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The tensors [chances] cannot be made of [n.relu.out] alone: image is needed too.");
        }
    }

    @Test
    void aReplicaSharesTheWeights() {
        Graph graph = SampleGraphs.small(4);
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU);
                Network replica = network.replica()) {
            network.value("fc2.bias").fill_(new Scalar(7));
            assertThat(Tensors.toArray(replica.value("fc2.bias"))).containsExactly(7, 7, 7);
            replica.forward(images(new float[200], 2, 1, 10, 10));
            assertThat(network.passes()).isEqualTo(2);
            assertThat(graph.initializer("fc2.bias").get(0)).isNotEqualTo(7);
            assertThat(network.snapshot().initializer("fc2.bias").get(0)).isEqualTo(7);
        }
    }

    @Test
    void theNetworkOutlivesItsReplica() {
        Graph graph = SampleGraphs.small(4);
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(graph, 5, 1));
        try (PointerScope scope = new PointerScope();
                Network network = Network.of(graph, Compute.CPU)) {
            network.replica().close();
            assertThat(Tensors.toArray(network.forward(images(batch, 5, 1, 10, 10))))
                    .isEqualTo(SampleGraphs.run(graph, batch));
        }
    }

    @Test
    void aSnapshotIsBitForBitWhatWentIn() {
        Graph graph = SampleGraphs.residual(4);
        try (Network network = Network.of(graph, Compute.CPU)) {
            assertThat(network.snapshot().initializers()).isEqualTo(graph.initializers());
        }
    }

    /**
     * JavaCPP counts nothing while it does not watch the garbage collector ({@link Engine}), so memory is what tells:
     * weights are 1 MB and so is what flows in a batch of 16, so that 100 rounds that leave either behind grow by 100
     * MB. The many rounds before let Java's own heap grow to its size.
     */
    @Test
    void whatIsRunAndClosedLeavesNothingBehind() {
        Graph graph = SampleGraphs.digits(4);
        Dataset data = SampleGraphs.noise(graph, 16, 1);
        Engine.threads(1);
        use(graph, data, 600);
        long before = Pointer.physicalBytes();
        use(graph, data, 100);
        assertThat(Pointer.physicalBytes() - before).isLessThan(40L << 20);
    }

    private static void use(Graph graph, Dataset data, int times) {
        for (int i = 0; i < times; i++) {
            try (Network network = Network.of(graph, Compute.CPU);
                    Network replica = network.replica()) {
                Inference.predictions(replica, data);
                Inference.predictions(network, data);
            }
        }
    }

    private static int negatives(float[] values) {
        int count = 0;
        for (float value : values) {
            count += value < 0 ? 1 : 0;
        }
        return count;
    }

    private static Tensor images(float[] numbers, Integer... shape) {
        return Tensors.create(numbers, List.of(shape), Compute.CPU);
    }
}
