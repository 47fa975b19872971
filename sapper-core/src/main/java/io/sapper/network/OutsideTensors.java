package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.function.UnaryOperator;

/** All tensors of a model whose numbers lie in files beside it, wherever they stand in it. */
final class OutsideTensors {
    private final UnaryOperator<TensorProto> change;

    private OutsideTensors(UnaryOperator<TensorProto> change) {
        this.change = change;
    }

    /** Whether a tensor is one of them. */
    static boolean is(TensorProto tensor) {
        return tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    /** The model with another tensor in place of each, in the order of the file. */
    static ModelProto map(ModelProto model, UnaryOperator<TensorProto> change) {
        OutsideTensors all = new OutsideTensors(change);
        ModelProto.Builder changed = model.toBuilder().setGraph(all.graph(model.getGraph()));
        for (int i = 0; i < model.getFunctionsCount(); i++) {
            FunctionProto function = model.getFunctions(i);
            changed.setFunctions(i, function.toBuilder().clearNode().addAllNode(all.nodes(function.getNodeList())));
        }
        return changed.build();
    }

    private GraphProto graph(GraphProto graph) {
        return graph.toBuilder()
                .clearInitializer()
                .addAllInitializer(
                        graph.getInitializerList().stream().map(this::tensor).toList())
                .clearNode()
                .addAllNode(nodes(graph.getNodeList()))
                .build();
    }

    private List<NodeProto> nodes(List<NodeProto> nodes) {
        return nodes.stream()
                .map(node -> node.toBuilder()
                        .clearAttribute()
                        .addAllAttribute(node.getAttributeList().stream()
                                .map(this::attribute)
                                .toList())
                        .build())
                .toList();
    }

    private AttributeProto attribute(AttributeProto attribute) {
        AttributeProto.Builder changed = attribute.toBuilder();
        if (attribute.hasT()) {
            changed.setT(tensor(attribute.getT()));
        }
        for (int i = 0; i < attribute.getTensorsCount(); i++) {
            changed.setTensors(i, tensor(attribute.getTensors(i)));
        }
        if (attribute.hasG()) {
            changed.setG(graph(attribute.getG()));
        }
        for (int i = 0; i < attribute.getGraphsCount(); i++) {
            changed.setGraphs(i, graph(attribute.getGraphs(i)));
        }
        return changed.build();
    }

    private TensorProto tensor(TensorProto tensor) {
        return is(tensor) ? change.apply(tensor) : tensor;
    }
}
