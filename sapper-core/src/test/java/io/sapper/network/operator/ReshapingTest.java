package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class ReshapingTest extends KernelTest {
    private static long[] shaped(String name, Map<String, Object> settings, Tensor... inputs) {
        return run(name, settings, inputs).shape();
    }

    @Test
    void sizesThatAreCopiedOrOpen() {
        Tensor x = torch.zeros(2, 3, 4);
        assertThat(shaped("Reshape", Map.of(), x, longs(0, -1))).containsExactly(2, 12);
        Tensor empty = torch.zeros(0, 3);
        assertThat(shaped("Reshape", Map.of("allowzero", 1L), empty, longs(3, 0)))
                .containsExactly(3, 0);
        assertThatThrownBy(() -> run("Reshape", x, longs(-1, 5))).hasMessageContaining("cannot become");
        assertThatThrownBy(() -> run("Reshape", x, longs(-1, -1))).hasMessageContaining("cannot become");
        assertThatThrownBy(() -> run("Reshape", empty, longs(3, -1, 0))).hasMessageContaining("cannot become");
    }

    @Test
    void dimensionsOfOne() {
        Tensor x = torch.zeros(1, 3, 1);
        assertThat(shaped("Squeeze", Map.of(), x)).containsExactly(3);
        assertThat(shaped("Squeeze", Map.of(), x, longs(-1))).containsExactly(1, 3);
        assertThatThrownBy(() -> run("Squeeze", x, longs(1))).hasMessageContaining("is not 1");
        assertThat(shaped("Unsqueeze", Map.of(), torch.zeros(2), longs(-1, 0))).containsExactly(1, 2, 1);
        assertThat(shaped("Flatten", Map.of("axis", -1L), torch.zeros(2, 3, 4))).containsExactly(6, 4);
        assertThat(shaped("Transpose", Map.of(), torch.zeros(2, 3, 4))).containsExactly(4, 3, 2);
    }

    @Test
    void partsOfAShape() {
        Tensor x = torch.zeros(2, 3, 4);
        assertThat(whole(run("Shape", Map.of("start", -2L), x))).containsExactly(3, 4);
        assertThat(whole(run("Shape", Map.of("start", 1L, "end", -1L), x))).containsExactly(3);
        assertThat(whole(run("Shape", Map.of("start", 2L, "end", 1L), x))).isEmpty();
        assertThat(whole(run("Size", x))).containsExactly(24);
    }

    @Test
    void partsMayBeUneven() {
        Tensor x = floats(1, 2, 3, 4, 5, 6, 7);
        List<Tensor> made = all("", "Split", 4, Map.of("num_outputs", 4L), x);
        assertThat(numbers(made.get(0))).containsExactly(1, 2);
        assertThat(numbers(made.get(3))).containsExactly(7);
        assertThat(numbers(all("", "Split", 2, Map.of(), x, longs(6, 1)).get(1)))
                .containsExactly(7);
        assertThatThrownBy(() -> all("", "Split", 2, Map.of(), x, longs(3, 3))).hasMessageContaining("do not fit 7");
    }

    /** What can grow is known before it is made. */
    @Test
    void largeResultsAreKnownBefore() {
        long many = 1L << 40;
        assertThat(rule("Expand", floats(1), longs(many))).containsExactly(many);
        assertThat(rule("Tile", floats(1, 2), longs(many))).containsExactly(2 * many);
        assertThat(rule("ConstantOfShape", longs(many, 2))).containsExactly(many, 2);
        assertThat(rule("Pad", floats(1), longs(many, -1))).containsExactly(many);
        assertThatThrownBy(() -> rule("Tile", floats(1, 2), longs(Long.MAX_VALUE)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> rule("ConstantOfShape", longs(-1))).hasMessageContaining("[-1]");
    }

    private static long[] rule(String name, Tensor... inputs) {
        return Operators.find("", name)
                .orElseThrow()
                .sizes()
                .of(new Shapes(Attributes.NONE, inputs))
                .get(0);
    }

    /** The two orders in which channels become a block. */
    @Test
    void channelsBecomePositions() {
        Tensor x = shaped(shape(1, 8, 1, 1), 0, 1, 2, 3, 4, 5, 6, 7);
        Map<String, Object> rows = Map.of("blocksize", 2L);
        assertThat(numbers(run("DepthToSpace", rows, x))).containsExactly(0, 2, 4, 6, 1, 3, 5, 7);
        Map<String, Object> columns = Map.of("blocksize", 2L, "mode", "CRD");
        assertThat(numbers(run("DepthToSpace", columns, x))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        Tensor back = run("SpaceToDepth", rows, run("DepthToSpace", rows, x));
        assertThat(numbers(back)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }
}
