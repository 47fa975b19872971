package io.sapper.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class DeepIdTest {
    private static final Graph PAPER = Architecture.of("deepid").graph(new ImageShape(3, 55, 47), 1283);

    /** The table of the released network, line by line. */
    @Test
    void shapesAreThoseOfTheTable() {
        Map<String, List<Integer>> table = Map.of(
                "conv1.relu.out", List.of(20, 52, 44),
                "conv1.pool.out", List.of(20, 26, 22),
                "conv2.relu.out", List.of(40, 24, 20),
                "conv2.pool.out", List.of(40, 12, 10),
                "conv3.relu.out", List.of(60, 10, 8),
                "conv3.pool.out", List.of(60, 5, 4),
                "conv4.relu.out", List.of(80, 4, 3),
                "fc160.dropout.out", List.of(160),
                "scores", List.of(1283));
        table.forEach(
                (tensor, shape) -> assertThat(PAPER.shape(tensor)).as(tensor).isEqualTo(shape));
        assertThat(PAPER.initializer("conv1.weight").shape()).containsExactly(20, 3, 4, 4);
        assertThat(PAPER.initializer("fc160_1.weight").shape()).containsExactly(160, 1200);
        assertThat(PAPER.initializer("fc160_2.weight").shape()).containsExactly(160, 960);
    }

    /** 980 + 7240 + 21660 + 19280 (convolutions) + 192160 + 153760 (dense) + 206563 (scores). */
    @Test
    void hasTheTablesParameters() {
        assertThat(PAPER.trainable().stream()
                        .mapToInt(name -> PAPER.initializer(name).size())
                        .sum())
                .isEqualTo(601_643);
    }

    /** What fc8 reads is the ReLU of the sum of both dense layers. */
    @Test
    void bothBranchesAreAdded() {
        Graph grey = Initialization.draw(Architecture.DEEPID.graph(new ImageShape(1, 55, 47), 158), 1);
        try (Network network = Network.of(grey, Compute.CPU);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            float[] picture = new float[55 * 47];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = i % 7 / 7f;
            }
            List<Tensor> made = network.forward(
                    Tensors.create(picture, List.of(1, 1, 55, 47), Compute.CPU),
                    List.of("fc160_1.out", "fc160_2.out", "fc160.dropout.out"));
            float[] third = Tensors.toArray(made.get(0));
            float[] fourth = Tensors.toArray(made.get(1));
            float[] both = Tensors.toArray(made.get(2));
            for (int i = 0; i < both.length; i++) {
                assertThat(both[i]).isEqualTo(Math.max(0, third[i] + fourth[i]));
            }
        }
    }

    @Test
    void tooSmallPicturesAreRefused() {
        assertThat(Architecture.DEEPID.graph(new ImageShape(1, 31, 31), 2).shape("conv4.relu.out"))
                .isEqualTo(List.of(80, 1, 1));
        assertThatThrownBy(() -> Architecture.DEEPID.graph(new ImageShape(1, 28, 30), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The network deepid needs pictures of at least 31 rows and 31 columns, not 1x28x30"
                        + " (channels x rows x columns). Maybe --size 55x47, the paper's.");
    }
}
