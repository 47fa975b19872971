package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.sapper.data.Seeds;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TunableTest {
    @TempDir
    Path folder;

    /** Every number of the tuned form is one of 32 bits, and the form computes what the network does. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16", "DOUBLE"})
    void isTunedInFloatsAndWrittenInItsOwnType(ElementType type) throws IOException {
        Graph own = SampleGraphs.residual(1);
        Graph read = SampleFiles.read(SampleFiles.typed(own, type), folder.resolve("m.onnx"));
        Tunable tunable = Tunable.of(read, Statistics.FROZEN);
        assertThat(tunable.graph().initializers().values())
                .extracting(Initializer::type)
                .containsOnly(ElementType.FLOAT);
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(own, 4, 2));
        Offset<Float> near = Offset.offset(type == ElementType.BFLOAT16 ? 0.05f : 0.01f);
        assertThat(SampleGraphs.run(tunable.graph(), batch)).containsExactly(SampleGraphs.run(read, batch), near);

        Graph tuned = tunable.graph().mapInitializer("fc.w", values -> {
            values[2] = 0.75f;
            return values;
        });
        Graph written = tunable.written(tuned);
        assertThat(written.initializer("fc.w").type()).isEqualTo(type);
        assertThat(written.initializer("fc.w").get(2)).isEqualTo(0.75f);
        assertThat(Change.between(read, written))
                .singleElement()
                .extracting(Change::name, Change::numbers)
                .containsExactly("fc.w", 1);
    }

    /** A third as a double is no float: where tuning changed nothing it must not be rounded to one. */
    @Test
    void numbersThatDidNotChangeKeepTheirBits() {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putDouble(1.0 / 3).putDouble(2.0 / 3).rewind();
        Initializer before = Initializer.of(ElementType.DOUBLE, List.of(2), bytes);
        Initializer after = before.updated(new float[] {1f / 3, 0.5f});
        assertThat(after.real(0)).isEqualTo(1.0 / 3);
        assertThat(after.real(1)).isEqualTo(0.5);
        assertThat(before.updated(before.toArray())).isSameAs(before);
    }

    @Test
    void aNormalisationFollowsTheBatchOnlyIfAsked() {
        Graph graph = SampleGraphs.residual(1);
        assertThat(Tunable.of(graph, Statistics.FROZEN).graph()).isSameAs(graph);
        Tunable running = Tunable.of(graph, Statistics.RUNNING);
        assertThat(running.running().values()).containsExactlyInAnyOrder("n.mean", "n.var");
        assertThat(running.graph().node("n").operator().attributes().flag("training_mode"))
                .isTrue();
        Graph tuned = running.graph().mapInitializer("n.mean", values -> new float[] {1, 2, 3, 4});
        Graph written = running.written(tuned);
        assertThat(written.initializer("n.mean").toArray()).containsExactly(1, 2, 3, 4);
        assertThat(written.nodes()).isEqualTo(graph.nodes());
    }

    /** One mean that two normalisations read would follow two different data. */
    @Test
    void statisticsThatSeveralNodesReadStayAsTheyAre() {
        Graph graph = SampleGraphs.residual(1);
        List<Node> nodes = new ArrayList<>(graph.nodes());
        int at = nodes.indexOf(graph.node("n.relu"));
        nodes.set(at, graph.node("n.relu").with(List.of("again.out"), List.of("n.relu.out")));
        nodes.add(
                at,
                new Node(
                        "again",
                        Operator.of("BatchNormalization"),
                        List.of("n.out", "n.scale", "n.bias", "n.mean", "n.var"),
                        "again.out"));
        Graph shared = new Graph(graph.input(), graph.inputShape(), graph.output(), nodes, graph.initializers());
        assertThat(Tunable.of(shared, Statistics.RUNNING).running()).isEmpty();
        assertThat(Tunable.following(shared)).isZero();
        assertThat(Tunable.following(graph)).isEqualTo(1);
    }

    @Test
    void whatUsersTypeIsChecked() {
        assertThat(Statistics.parse("running")).isEqualTo(Statistics.RUNNING);
        assertThatThrownBy(() -> Statistics.parse("often"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--batch-norm 'often' is none of frozen, running.");
    }

    /** A mask in a network of halves is of halves: ONNX has no product of two types. */
    @Test
    void aMaskHasTheTypeOfWhatItMasks() throws Exception {
        Graph own = SampleGraphs.small(1);
        ModelProto halves = SampleFiles.typed(own, ElementType.FLOAT16);
        Graph read = SampleFiles.read(halves, folder.resolve("m.onnx"));
        Graph masked = Masks.prune(read, "conv2", Set.of(1, 3));
        assertThat(masked.initializer("conv2.mask").type()).isEqualTo(ElementType.FLOAT16);
        float[] batch = SampleGraphs.numbers(SampleGraphs.noise(own, 3, 2));
        byte[] unfolded = OnnxWriter.toBytes(masked); // the Mul stays
        assertThat(OnnxRuntime.run(unfolded, batch, 3, 1, 10, 10))
                .containsExactly(SampleGraphs.run(masked, batch), Offset.offset(0.01f));
    }

    /** One table of weights, read as it is by a dense layer and turned by another: tied, as in autoencoders. */
    @Test
    void aWeightThatIsReadTurnedIsOneWeight() {
        Graph tied = tied();
        assertThat(tied.trainable()).containsExactly("table");
        assertThat(tied.parameterCount()).isEqualTo(12);
        assertThat(tied.weights("down")).isEqualTo("table");
        assertThat(tied.weights("up")).isEqualTo("table");
        Graph changed = Tunable.of(tied, Statistics.RUNNING).written(tied.mapInitializer("table", values -> {
            values[5] += 1;
            return values;
        }));
        assertThat(Change.between(tied, changed)).hasSize(1);
    }

    static Graph tied() {
        Map<String, Initializer> values = Map.of("table", SampleGraphs.random(Seeds.generator(3, "table"), 3, 4));
        return new Graph(
                "image",
                List.of(1, 2, 2),
                "scores",
                List.of(
                        SampleGraphs.node("flat", Operator.of("Flatten"), "x", "image"),
                        SampleGraphs.node("same", Operator.of("Identity"), "alias", "table"),
                        SampleGraphs.node("down", Operator.of("Gemm", Map.of("transB", 1L)), "h", "x", "alias"),
                        SampleGraphs.node("turn", Operator.of("Transpose"), "turned", "table"),
                        SampleGraphs.node("up", Operator.of("Gemm", Map.of("transB", 1L)), "scores", "h", "turned")),
                values);
    }
}
