package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializationTest {
    /** Uniform in plus or minus b has variance b * b / 3 = 2 / fan-in: what He et al. ask for. */
    @Test
    void aLayerHandsOnTheVarianceThatItGets() {
        Initializer weights = SampleGraphs.digits(1).initializer("conv2.weight");
        int fanIn = 16 * 5 * 5;
        double[] values =
                IntStream.range(0, weights.size()).mapToDouble(weights::get).toArray();
        double variance = IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] * values[i])
                .average()
                .orElseThrow();
        assertThat(variance).isCloseTo(2.0 / fanIn, within(0.03 * 2 / fanIn));
        assertThat(DoubleStream.of(values).map(Math::abs).max().orElseThrow())
                .isLessThan(Math.sqrt(6.0 / fanIn) + 1e-7);
    }

    @Test
    void biasesAreZeroAndSeedsDecide() {
        Graph graph = SampleGraphs.digits(1);
        assertThat(graph.initializer("fc1.bias")).isEqualTo(Initializer.filled(0, 512));
        assertThat(SampleGraphs.digits(1).initializers()).isEqualTo(graph.initializers());
        assertThat(SampleGraphs.digits(2).initializer("fc1.weight")).isNotEqualTo(graph.initializer("fc1.weight"));
    }
}
