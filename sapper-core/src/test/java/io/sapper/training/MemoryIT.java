package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.SampleGraphs;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Training leaves no native memory behind. JavaCPP counts nothing here, so the size of the process tells. What malloc
 * keeps for later would blur it, but what is larger than 32 MiB it gives back at once, and so large are here the first
 * layer's weights and what that layer gives for a batch or half of one.
 */
class MemoryIT {
    private static final int WIDTH = 530_000;
    private static final int BATCH = 32;
    private static final long LARGE = 16L * WIDTH * Float.BYTES;

    private static final Graph GRAPH = Masks.prune(
            Initialization.draw(
                    Graph.image(1, 4, 4)
                            .flatten()
                            .dense("fc1", WIDTH)
                            .relu()
                            .dense("fc2", 2)
                            .build(),
                    1),
            "fc1",
            Set.of(0, 7));
    private static final Dataset DATA = SampleGraphs.noise(GRAPH, BATCH, 1);

    static Stream<Arguments> waysToTrain() {
        return Stream.of(new Optimizer.Sgd(0.01, 0.9, 5e-4), new Optimizer.Adam(1e-4, 0.9, 0.999, 5e-4))
                .flatMap(optimizer -> Stream.of(1, 2).map(replicas -> Arguments.of(optimizer, replicas)));
    }

    @ParameterizedTest
    @MethodSource("waysToTrain")
    void ofAMaskedNetworkNothingIsLeft(Optimizer optimizer, int replicas) {
        TrainingOptions options = new TrainingOptions(1, BATCH, optimizer, Schedule.CONSTANT, replicas);
        train(options, 2);
        long before = Pointer.physicalBytes();
        train(options, 5);
        assertThat(Pointer.physicalBytes() - before).isLessThan(3 * LARGE);
    }

    private static void train(TrainingOptions options, int times) {
        for (int i = 0; i < times; i++) {
            try (Network network = Network.of(GRAPH, Compute.CPU)) {
                Trainer.train(network, DATA, options, 1, Progress.NONE);
            }
        }
    }
}
