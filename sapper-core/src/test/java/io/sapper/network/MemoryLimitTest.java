package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitTest {
    @AfterEach
    void usual() {
        MemoryLimit.set(MemoryLimit.USUAL);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "512K, 524288", "3m, 3145728", "2G, 2147483648", "4GiB, 4294967296", "1TB, 1099511627776"})
    void aSizeInWords(String text, long bytes) {
        assertThat(MemoryLimit.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "G", "1.5G", "9999999999", "2X", "2 G"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> MemoryLimit.parse(text)).hasMessageContaining("is no size of memory");
    }

    @Test
    void theProductOfSizesNeverWraps() {
        assertThat(MemoryLimit.check(new long[] {3, 5}, 4)).isEqualTo(60);
        assertThat(MemoryLimit.check(new long[] {1L << 62, 0, 1L << 62}, 4)).isZero();
        for (long[] shape : List.of(
                new long[] {1L << 32, 1L << 32}, // 2^64 wraps to 0
                new long[] {1L << 31, 1L << 32, 2}, // to 0 again, in the last step
                new long[] {Long.MAX_VALUE})) {
            assertThatThrownBy(() -> MemoryLimit.check(shape, 1)).isInstanceOf(MemoryLimit.TooLarge.class);
        }
        assertThatThrownBy(() -> MemoryLimit.check(new long[] {-1}, 1)).hasMessageContaining("makes no sense");
    }

    /** Each tensor is 4,000 bytes; a chain needs two at once, a fan of ten all ten. */
    @Test
    void whatLivesAtOnceIsSummedUp() {
        MemoryLimit.set(20_000);
        assertThat(graph(10, false).nodes()).hasSize(11);
        assertThatThrownBy(() -> graph(10, true))
                .isInstanceOf(MemoryLimit.TooLarge.class)
                .hasMessageContaining("Node n5")
                .hasMessageContaining("at once");
    }

    private static Graph graph(int count, boolean fan) {
        List<Node> nodes = new ArrayList<>();
        List<String> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new Node("n" + i, Operator.of("Sigmoid"), List.of(fan || i == 0 ? "x" : "t" + (i - 1)), "t" + i));
            made.add("t" + i);
        }
        List<String> last = fan ? made : List.of("t0".replace("0", "" + (count - 1)));
        nodes.add(new Node("sum", Operator.of("Sum"), last, "y"));
        return new Graph("x", List.of(1000), "y", nodes, Map.of());
    }

    /** How far the constant is spread out depends on a number of the input, which is known when it runs. */
    @Test
    void sizesThatNumbersDecideAreCheckedWhileRunning() {
        Operator cast = new Operator("", "Cast", Attributes.of(Map.of("to", 7L)));
        List<Node> nodes = List.of(
                new Node("c", cast, List.of("x"), "sizes"),
                new Node("one", Operator.of("Expand"), List.of("value", "sizes"), "y"));
        Graph graph =
                new Graph("x", List.of(), "y", nodes, Map.of("value", new Initializer(List.of(1), new float[] {2})));
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(graph, Compute.CPU)) {
            assertThat(network.forward(Tensor.create(3f, 4f)).shape()).containsExactly(3, 4);
            assertThatThrownBy(() -> network.forward(Tensor.create(1e6f, 1e6f)))
                    .hasMessageContaining("Node one (Expand)")
                    .hasMessageContaining("larger than the 2.0 GiB allowed");
        }
    }
}
