package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Network;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleGraphs;
import io.sapper.network.Statistics;
import io.sapper.network.Tunable;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningStatisticsTest {
    private static final Offset<Float> NEAR = Offset.offset(1e-4f);

    /** The first thing it does is to normalise pixels, so that what follows can be reckoned by hand. */
    private static Graph normalised() {
        Graph graph = Graph.image(1, 4, 4)
                .convolution("conv", 1, 1)
                .batchNormalization()
                .relu()
                .flatten()
                .dense("fc", 3)
                .build();
        return Initialization.draw(graph, 1);
    }

    private static Graph trained(Dataset data, int batch, int replicas, Statistics statistics) {
        TrainingOptions options =
                new TrainingOptions(1, batch, new Optimizer.Sgd(1e-9, 0, 0), Schedule.CONSTANT, replicas);
        Tunable tunable = Tunable.of(normalised(), statistics);
        try (Network network = Network.of(tunable, Compute.CPU)) {
            Trainer.train(network, data, options, 1, Progress.NONE);
            return tunable.written(network.snapshot());
        }
    }

    /** One step over all images: nine tenths of the old mean, 0, and one tenth of theirs, in parts or whole. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theMeanFollowsTheBatch(int replicas) {
        Dataset data = SampleGraphs.noise(normalised(), 20, 1);
        Graph after = trained(data, 20, replicas, Statistics.RUNNING);
        float weight = normalised().initializer("conv.weight").get(0);
        float bias = normalised().initializer("conv.bias").get(0);
        float[] pixels = SampleGraphs.numbers(data);
        double mean = IntStream.range(0, pixels.length)
                .mapToDouble(i -> pixels[i])
                .average()
                .orElseThrow();
        assertThat(after.initializer("conv.norm.mean").get(0)).isCloseTo((float) (0.1 * (weight * mean + bias)), NEAR);
        double squares = IntStream.range(0, pixels.length)
                .mapToDouble(i -> (pixels[i] - mean) * (pixels[i] - mean))
                .average()
                .orElseThrow();
        assertThat(after.initializer("conv.norm.variance").get(0))
                .isCloseTo((float) (0.9 + 0.1 * weight * weight * squares), Offset.offset(2e-3f));
    }

    @Test
    void frozenOnesStayToTheBit() {
        Graph after = trained(SampleGraphs.noise(normalised(), 20, 1), 7, 2, Statistics.FROZEN);
        for (String name : List.of("conv.norm.mean", "conv.norm.variance")) {
            assertThat(after.initializer(name)).isEqualTo(normalised().initializer(name));
        }
    }

    /** 21 images in batches of 10 leave a batch of one, which no statistics are taken of. */
    @Test
    void theSameSeedGivesTheSameBitsWithReplicas() {
        Dataset data = SampleGraphs.noise(normalised(), 21, 1);
        byte[] once = OnnxWriter.toBytes(trained(data, 10, 3, Statistics.RUNNING));
        assertThat(OnnxWriter.toBytes(trained(data, 10, 3, Statistics.RUNNING))).isEqualTo(once);
    }

    /** Tuned with the batch's statistics, it must still be the network that runs with those it wrote. */
    @Test
    void oneImageAloneGivesNumbers() {
        Graph after = trained(SampleGraphs.noise(normalised(), 1, 1), 1, 1, Statistics.RUNNING);
        assertThat(after.initializer("conv.norm.variance").get(0)).isEqualTo(1);
        assertThat(after.initializer("fc.weight").toArray()).doesNotContain(Float.NaN);
    }
}
