package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
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

    /** A loop that carries 40,000 bytes on, or keeps them in every round. */
    private static Graph loop(long rounds, boolean keeps) {
        Node step = new Node("step", Operator.of("Neg"), List.of("inside"), "made");
        Node on = new Node("on", Operator.of("Identity"), List.of("condition"), "next");
        Body body = keeps
                ? new Body(List.of("round", "condition"), List.of("next", "made"), List.of(outside(), on))
                : new Body(List.of("round", "condition", "inside"), List.of("next", "made"), List.of(step, on));
        List<String> inputs = keeps ? List.of("rounds") : List.of("rounds", "", "x");
        Operator loop = new Operator("", "Loop", Attributes.of(Map.of("body", body)));
        return new Graph(
                "x",
                List.of(10_000),
                "y",
                List.of(new Node("loop", loop, keeps ? List.of("rounds", "") : inputs, "y")),
                Map.of("rounds", Initializer.of(List.of(), rounds)));
    }

    private static Node outside() {
        return new Node("step", Operator.of("Neg"), List.of("x"), "made");
    }

    @Test
    void whatLoopsMakeCountsInSum() {
        MemoryLimit.set(1_000_000);
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network carries = Network.of(loop(500, false), Compute.CPU);
                Network keepsFew = Network.of(loop(5, true), Compute.CPU);
                Network keeps = Network.of(loop(500, true), Compute.CPU)) {
            Tensor x = Tensor.create(new float[10_000], 1, 10_000);
            assertThat(carries.forward(x).shape()).containsExactly(1, 10_000);
            assertThat(keepsFew.forward(x).shape()).containsExactly(5, 1, 10_000);
            assertThatThrownBy(() -> keeps.forward(x))
                    .isInstanceOf(MemoryLimit.TooLarge.class)
                    .hasMessageContaining("Node loop (Loop)")
                    .hasMessageContaining("what its rounds give");
        }
    }

    /**
     * 40 MB each, too large for the C library to keep: a round frees what it carried before, so that 50 take no 2 GB.
     */
    @Test
    void whatIsCarriedOnIsFreed() {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false);
                Network network = Network.of(loop(50, false), Compute.CPU)) {
            Tensor x = Tensor.create(new float[10_000_000], 1_000, 10_000);
            network.forward(x).close();
            long before = Pointer.physicalBytes();
            network.forward(x);
            assertThat(Pointer.physicalBytes() - before).isLessThan(300L << 20);
        }
    }
}
