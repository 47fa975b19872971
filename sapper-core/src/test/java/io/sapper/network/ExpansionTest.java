package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nodes counted with all that calls put in their place, without putting it there. */
class ExpansionTest {
    private static NodeProto node(String domain, String operator) {
        return NodeProto.newBuilder().setDomain(domain).setOpType(operator).build();
    }

    private static FunctionProto function(NodeProto... nodes) {
        return FunctionProto.newBuilder().addAllNode(List.of(nodes)).build();
    }

    private static long count(Map<String, FunctionProto> functions, NodeProto... nodes) {
        return new Expansion(functions, 1000).count(List.of(nodes));
    }

    /** g holds 2 nodes; f holds Neg and two calls of g: 1 + 2 x (1 + 2) = 7; with its own call 8. */
    @Test
    void aCallCountsWithWhatIsInside() {
        Map<String, FunctionProto> functions = Map.of(
                "d::g", function(node("", "Neg"), node("", "Abs")),
                "d::f", function(node("", "Neg"), node("d", "g"), node("d", "g")));
        assertThat(count(functions, node("d", "f"))).isEqualTo(8);
        assertThat(count(functions, node("d", "f"), node("", "f"), node("d", "g")))
                .isEqualTo(8 + 1 + 3);
    }

    @Test
    void branchesCount() {
        GraphProto graph = GraphProto.newBuilder().addNode(node("", "Neg")).build();
        NodeProto branch = NodeProto.newBuilder()
                .setOpType("If")
                .addAttribute(AttributeProto.newBuilder().setG(graph))
                .addAttribute(AttributeProto.newBuilder().addGraphs(graph).addGraphs(graph))
                .build();
        assertThat(count(Map.of(), branch)).isEqualTo(4);
    }

    /** 2^200 is no number of Java's, and to expand it would never end; a circle has no number at all. */
    @Test
    void doublingAndCirclesEnd() {
        Map<String, FunctionProto> functions = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            functions.put("d::" + i, function(node("d", "" + (i + 1)), node("d", "" + (i + 1))));
        }
        functions.put("d::200", function(node("", "Neg")));
        assertThat(count(functions, node("d", "0"))).isBetween(1001L, 3000L);
        functions.put("d::200", function(node("d", "200")));
        assertThat(count(functions, node("d", "200"))).isEqualTo(2);
    }
}
