package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Seeds;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final String BEFORE = "sum.relu.out";
    private static final String BEHIND = "sum.dropout.out";

    /** Of 12 numbers for each of 40 images about half are 0, the others doubled; without a generator all pass. */
    @Test
    void leavesOutHalfAndDoublesTheRest() {
        try (Network network = Network.of(SampleGraphs.dropping(1), Compute.CPU);
                PointerScope scope = new PointerScope()) {
            List<float[]> plain = run(network);
            assertThat(plain.get(1)).isEqualTo(plain.get(0));
            network.leaveOut(Seeds.generator(1, "a test"));
            List<float[]> dropped = run(network);
            int[] living = IntStream.range(0, plain.get(0).length)
                    .filter(i -> plain.get(0)[i] > 0)
                    .toArray();
            assertThat(living).hasSizeGreaterThan(100);
            for (int i : living) {
                assertThat(dropped.get(1)[i]).isIn(0f, 2 * plain.get(0)[i]);
            }
            long kept = IntStream.of(living).filter(i -> dropped.get(1)[i] > 0).count();
            assertThat((double) kept / living.length).isBetween(0.35, 0.65);
            assertThat(run(network).get(1)).as("drawn anew").isNotEqualTo(dropped.get(1));
            network.leaveOut(Seeds.generator(1, "a test"));
            assertThat(run(network).get(1)).as("by the seed").isEqualTo(dropped.get(1));
            network.leaveOut(null);
            assertThat(run(network).get(1)).isEqualTo(plain.get(0));
        }
    }

    private static List<float[]> run(Network network) {
        float[] images = new float[40 * 100];
        for (int i = 0; i < images.length; i++) {
            images[i] = i * 37 % 101 / 101f;
        }
        return network
                .forward(Tensors.create(images, List.of(40, 1, 10, 10), Compute.CPU), List.of(BEFORE, BEHIND))
                .stream()
                .map(Tensor::clone)
                .map(Tensors::toArray)
                .toList();
    }
}
