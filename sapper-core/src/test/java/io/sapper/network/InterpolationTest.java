package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterpolationTest {
    private static Graph graph(int inputs, float... weights) {
        Graph graph = Graph.image(1, 1, inputs).flatten().dense("d", 1).build();
        return graph.withInitializers(Map.of("d.weight", new Initializer(List.of(1, inputs), weights)));
    }

    private static float[] between(double share) {
        return Interpolation.between(graph(2, 1, -4), graph(2, 3, 4), share)
                .initializer("d.weight")
                .toArray();
    }

    @Test
    void eachWeightGoesItsPartOfTheWay() {
        assertThat(between(0)).containsExactly(1, -4);
        assertThat(between(0.25)).containsExactly(1.5f, -2);
        assertThat(between(1)).containsExactly(3, 4);
    }

    @Test
    void otherNetworksAndOtherSharesAreRefused() {
        assertThatThrownBy(() -> between(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A share of the way must be in [0, 1], not 1.5.");
        assertThatThrownBy(() -> between(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Interpolation.between(graph(2, 1, 2), graph(3, 1, 2, 3), 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The other network has no weight d.weight of that shape.");
    }
}
