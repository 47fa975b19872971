package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Compute;
import io.sapper.network.Network;
import io.sapper.network.SampleGraphs;
import io.sapper.network.Tensors;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SliceTest {
    @Test
    void slicesAreOneBehindTheOtherAndBeginAtMultiplesOf64() {
        assertThat(Slice.divided(1000, 3)).containsExactly(new Slice(0, 320), new Slice(320, 320), new Slice(640, 360));
        assertThat(Slice.divided(64, 2)).containsExactly(new Slice(0, 0), new Slice(0, 64));
        assertThat(Slice.divided(7, 1)).containsExactly(new Slice(0, 7));
    }

    @Test
    void ofFewWeightsThereIsOneSlice() {
        assertThat(Slice.of(30_000, 16)).hasSize(1);
        assertThat(Slice.of(281_034, 16)).hasSize(8);
        assertThat(Slice.of(281_034, 2)).hasSize(2);
    }

    @Test
    void ofManyWeightsThereAreMoreSlicesThanThreads() {
        assertThat(Slice.of(10_000_000, 2)).hasSize(38);
        assertThat(Slice.of(10_000_000, 1)).containsExactly(new Slice(0, 10_000_000));
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(new Optimizer.Sgd(0.05, 0.9, 5e-4), new Optimizer.Adam(1e-3, 0.9, 0.999, 5e-4));
    }

    /** However the weights are divided among threads. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void anUpdateInSlicesHasTheBitsOfOneInOne(Optimizer optimizer) {
        assertThat(List.of(updated(optimizer, 2), updated(optimizer, 3), updated(optimizer, 7)))
                .containsOnly(updated(optimizer, 1));
    }

    private static List<Float> updated(Optimizer optimizer, int slices) {
        try (Network network = Network.of(SampleGraphs.digits(1), Compute.CPU);
                ParameterBlock block = ParameterBlock.of(network);
                Update update = new Update(optimizer, block)) {
            int size = Math.toIntExact(block.weights().numel());
            for (long step = 0; step < 3; step++) {
                gradients(block, size, step);
                for (Slice slice : Slice.divided(size, slices)) {
                    update.step(slice, 0.1, step);
                }
            }
            float[] weights = Tensors.toArray(block.weights());
            return IntStream.range(0, size).mapToObj(i -> weights[i]).toList();
        }
    }

    private static void gradients(ParameterBlock block, int size, long step) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) Math.sin(i + 1000.0 * step);
        }
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            block.gradients().copy_(Tensor.create(values));
        }
    }
}
