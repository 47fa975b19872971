package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.ImageShape;
import io.sapper.network.operator.Operator;
import io.sapper.network.zoo.Architecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefaultLayerTest {
    @Test
    void theLastConvolutionWhereDenseLayersOnlyEndTheNetwork() {
        assertThat(DefaultLayer.in(SampleGraphs.small(1)))
                .get()
                .extracting(DefaultLayer::name)
                .isEqualTo("conv2");
        assertThat(DefaultLayer.in(SampleSequences.sound(1)))
                .get()
                .extracting(DefaultLayer::name)
                .isEqualTo("conv");
    }

    /** DeepID's features are made of the third and the fourth convolution; the paper prunes the third. */
    @Test
    void theLastConvolutionBeforeTheWaysPart() {
        Graph faces = Architecture.DEEPID.graph(new ImageShape(1, 55, 47), 158);
        assertThat(DefaultLayer.in(faces))
                .contains(new DefaultLayer("conv3", "the last convolution before the ways to the class scores part"));
        assertThat(SampleGraphs.dropping(1).prunedByDefault()).isEqualTo("conv1");
        assertThat(SampleGraphs.residual(1).prunedByDefault())
                .as("one map, two ways to it")
                .isEqualTo("b");
    }

    /** The only convolution of a mixer cuts the picture into patches: all of the network stands behind it. */
    @Test
    void theFeaturesOfTheScoresWhereDenseLayersWorkAtEachPlace() {
        Graph mixer = SampleSequences.mixer(1);
        assertThat(DefaultLayer.in(mixer))
                .contains(new DefaultLayer("features", "the features that the class scores are made of"));
        assertThat(mixer.prunedByDefault()).isEqualTo("features");
        assertThat(Channels.of(mixer, "features")).isEqualTo(new Channels("f", 1, 6, 2));
        assertThat(Channels.of(mixer, "mlp1")).isEqualTo(new Channels("m1r", 2, 10, 3));
        assertThat(Channels.of(mixer, "patch")).isEqualTo(new Channels("p", 1, 6, 4));
    }

    /** A network that was repaired before has a mask between the features and the scores. */
    @Test
    void theSameBehindAMask() {
        Graph pruned = Masks.prune(SampleSequences.mixer(1), "features", Set.of(2));
        assertThat(pruned.prunedByDefault()).isEqualTo("features");
        assertThat(Masks.pruned(Masks.prune(pruned, "features", Set.of(4)), "features"))
                .containsExactly(2, 4);
    }

    @Test
    void theLastDenseLayerOfOneNumberForEachUnit() {
        Graph dense = Graph.image(1, 4, 4)
                .flatten()
                .dense("a", 5)
                .relu()
                .dense("b", 4)
                .relu()
                .dense("c", 3)
                .build();
        assertThat(DefaultLayer.in(dense)).get().extracting(DefaultLayer::name).isEqualTo("b");
        Graph mixer = SampleSequences.mixer(1);
        Map<String, Initializer> values = new LinkedHashMap<>(mixer.initializers());
        values.put("last.w", Initializer.filled(1, 2, 3));
        List<Node> nodes = new ArrayList<>(mixer.nodes());
        nodes.add(SampleGraphs.node("last", Operator.of("Gemm", Map.of("transB", 1L)), "end", "scores", "last.w"));
        Graph longer = new Graph("image", List.of(1, 8, 8), "end", nodes, values);
        assertThat(DefaultLayer.in(longer)).get().extracting(DefaultLayer::name).isEqualTo("head");
    }

    @Test
    void noneWhereOnlyThePicturesComeBeforeTheScores() {
        Graph one = Graph.image(1, 4, 4).flatten().dense("only", 3).build();
        assertThat(DefaultLayer.in(one)).isEmpty();
        assertThat(DefaultLayer.none(one))
                .isEqualTo("tuning only; no layer stands before the class scores, which only makes");
        Graph untrained = new Graph(
                "image",
                List.of(4),
                "image.relu",
                List.of(SampleGraphs.node("relu", Operator.of("Relu"), "image.relu", "image")),
                Map.of());
        assertThat(DefaultLayer.in(untrained)).isEmpty();
        assertThat(DefaultLayer.none(untrained)).contains("no layer with weights");
    }
}
