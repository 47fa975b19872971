package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.sapper.network.operator.NotSupported;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A network that was read, on its way back: its file with the numbers that have changed, and with its masks. All else
 * stays as it was.
 */
final class OnnxRewriter {
    private static final String UNMASKED = ".unmasked";

    private static final String CHANGED = "changed";

    private final Graph graph;
    private final Origin origin;
    private final Map<TensorProto, Initializer> changedOutside = new HashMap<>();

    OnnxRewriter(Graph graph, Origin origin) {
        this.graph = graph;
        this.origin = origin;
    }

    private ModelProto model() {
        GraphProto.Builder proto = origin.model().getGraph().toBuilder();
        values(proto);
        for (Node node : graph.nodes()) {
            if (Masks.isMask(graph, node) && !origin.values().containsKey(node.name())) {
                mask(proto, node);
            }
        }
        return origin.model().toBuilder().setGraph(proto).build();
    }

    /** The same with everything in it that lay in other files. */
    ModelProto inOneFile() {
        return OutsideTensors.map(model(), tensor -> inside(tensor, outside(tensor)));
    }

    /** The same with everything that lay in other files in one, which is to lie beside it. */
    ModelProto beside(DataFile data) {
        return OutsideTensors.map(model(), tensor -> data.place(tensor, outside(tensor)));
    }

    private Initializer outside(TensorProto tensor) {
        Initializer now = changedOutside.get(tensor);
        return now != null ? now : Objects.requireNonNull(origin.outside().get(tensor), tensor.getName());
    }

    private void values(GraphProto.Builder proto) {
        Map<String, Initializer> changed = new HashMap<>();
        origin.values().forEach((name, place) -> {
            if (graph.isInitializer(name) && !graph.initializer(name).equals(place.value())) {
                changed.put(name, graph.initializer(name));
            }
        });
        for (int i = 0; i < proto.getInitializerCount(); i++) {
            Initializer value = changed.remove(proto.getInitializer(i).getName());
            if (value != null) {
                proto.setInitializer(i, rewritten(proto.getInitializer(i), value));
            }
        }
        for (NodeProto.Builder node : proto.getNodeBuilderList()) {
            Initializer value = node.getOpType().equals("Constant") && node.getOutputCount() == 1
                    ? changed.remove(node.getOutput(0))
                    : null;
            if (value != null) {
                AttributeProto.Builder attribute = node.getAttributeBuilder(0);
                TensorProto tensor = rewritten(attribute.getT(), value);
                node.clearAttribute()
                        .addAttribute(AttributeProto.newBuilder()
                                .setName("value")
                                .setType(AttributeProto.AttributeType.TENSOR)
                                .setT(tensor));
            }
        }
    }

    /** The same name and texts with other numbers; they lie where the old ones lay. */
    private TensorProto rewritten(TensorProto before, Initializer value) {
        if (!OutsideTensors.is(before)) {
            return inside(before, value);
        }
        TensorProto marked = before.toBuilder() // any other than all before, until its numbers have their place
                .addExternalData(StringStringEntryProto.newBuilder().setKey(CHANGED + changedOutside.size()))
                .build();
        changedOutside.put(marked, value);
        return marked;
    }

    private static TensorProto inside(TensorProto before, Initializer value) {
        TensorProto.Builder after = OnnxWriter.tensor(before.getName(), value).toBuilder();
        if (before.hasDocString()) {
            after.setDocString(before.getDocString());
        }
        return after.build();
    }

    /** What made the masked tensor makes it under another name, so that all that reads it need not change. */
    private void mask(GraphProto.Builder proto, Node mask) {
        String tensor = mask.data();
        for (int i = 0; i < proto.getNodeCount(); i++) {
            NodeProto.Builder node = proto.getNodeBuilder(i);
            int at = node.getOutputList().indexOf(tensor);
            if (at >= 0) {
                node.setOutput(at, tensor + UNMASKED);
                proto.addNode(
                        i + 1,
                        NodeProto.newBuilder()
                                .setName(mask.name())
                                .setOpType("Mul")
                                .addInput(tensor + UNMASKED)
                                .addInput(mask.name())
                                .addOutput(tensor));
                proto.addInitializer(OnnxWriter.tensor(mask.name(), graph.initializer(mask.name())));
                return;
            }
        }
        throw new NotSupported("The mask of " + mask.name()
                + " lies inside a local function, where it cannot be written. Maybe name another layer with --layer.");
    }
}
