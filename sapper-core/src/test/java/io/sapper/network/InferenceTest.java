package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;

class InferenceTest {
    @Test
    void theFirstOfEqualsIsPredicted() {
        int[] found = {-1, -1, -1, -1, -1};
        try (PointerScope scope = new PointerScope()) {
            float[] scores = {1, 3, 3, 0, 0, 0, -2, -3, -1};
            Inference.argmax(Tensors.create(scores, List.of(3, 3), Compute.CPU), found, 1);
        }
        assertThat(found).containsExactly(-1, 1, 0, 2, -1);
    }

    @Test
    void anotherShapeIsRefusedWithBothShapes() {
        Dataset data = SampleGraphs.noise(SampleGraphs.digits(1), 3, 1);
        try (Network network = Network.of(SampleGraphs.small(1), Compute.CPU)) {
            assertThatThrownBy(() -> Inference.predictions(network, data))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The network reads inputs of shape 1x10x10, but noise has images of 1x28x28.");
        }
    }

    @Test
    void anotherNumberOfClassesIsRefused() {
        Graph three = SampleGraphs.small(1);
        Dataset data = SampleGraphs.noise(three, 3, 1);
        Graph two = Graph.image(1, 10, 10).flatten().dense("only", 2).build();
        assertThatThrownBy(() -> Inference.checkInput(two, data))
                .hasMessage(
                        "The network knows 2 classes, but noise has 3. Maybe --classes FILE brings them to the network's by"
                                + " name.");
    }

    /** Two batches and a bit: every image once, in order, as if it were alone. */
    @Test
    void everyImageIsSeenOnceInOrder() {
        Graph graph = SampleGraphs.small(2);
        Dataset data = SampleGraphs.noise(graph, 2 * Inference.BATCH + 5, 1);
        float[] all = SampleGraphs.run(graph, SampleGraphs.numbers(data));
        List<Integer> begins = new ArrayList<>();
        try (Network network = Network.of(graph, Compute.CPU)) {
            int[] predictions = Inference.predictions(network, data);
            assertThat(network.passes()).isEqualTo(data.size());
            for (int i = 0; i < predictions.length; i++) {
                for (int other = 0; other < 3; other++) {
                    assertThat(all[i * 3 + predictions[i]]).isGreaterThanOrEqualTo(all[i * 3 + other] - 1e-6f);
                }
            }
            Inference.run(network, data, List.of("scores"), (from, tapped) -> begins.add(from));
        }
        assertThat(begins).containsExactly(0, Inference.BATCH, 2 * Inference.BATCH);
    }

    /** A score that is not a number is no score at all: neither class 0 nor the largest of the others. */
    @Test
    void scoresThatAreNotFiniteNameNoClass() {
        float[] scores = {
            1,
            2,
            3,
            Float.NaN,
            5,
            6,
            7,
            Float.NaN,
            9,
            Float.POSITIVE_INFINITY,
            1,
            2,
            1,
            2,
            Float.NEGATIVE_INFINITY,
            4,
            4,
            4
        };
        int[] found = new int[7];
        try (PointerScope scope = new PointerScope()) {
            Inference.argmax(Tensors.create(scores, List.of(6, 3), Compute.CPU), found, 1);
        }
        int none = Inference.NOT_FINITE;
        assertThat(found).containsExactly(0, 2, none, none, none, none, 0);
    }
}
