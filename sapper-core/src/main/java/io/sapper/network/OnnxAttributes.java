package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings of one node of a file. */
final class OnnxAttributes {
    /** Reads a graph inside a node. */
    @FunctionalInterface
    interface Bodies {
        Body read(String attribute, GraphProto proto) throws IOException;
    }

    private final OnnxModel model;
    private final String node;
    private final @Nullable Map<String, AttributeProto> given;
    private final Bodies bodies;

    /**
     * @param given what the call of the function around it says; null outside functions
     * @param bodies reads graphs inside it
     */
    OnnxAttributes(OnnxModel model, String node, @Nullable Map<String, AttributeProto> given, Bodies bodies) {
        this.model = model;
        this.node = node;
        this.given = given;
        this.bodies = bodies;
    }

    Map<String, Object> read(List<AttributeProto> protos) throws IOException {
        Map<String, Object> found = new TreeMap<>();
        for (AttributeProto attribute : protos) {
            String name = attribute.getName();
            if (name.isEmpty()) {
                throw model.malformed(node, "it has an attribute without a name.");
            }
            AttributeProto meant = meant(attribute, given, model, node);
            if (meant != null && found.put(name, value(name, meant)) != null) {
                throw model.malformed(node, "it has the attribute " + name + " twice.");
            }
        }
        return found;
    }

    /** The attribute itself, or the one of the function's call that it refers to; null where that is not there. */
    static @Nullable AttributeProto meant(
            AttributeProto attribute, @Nullable Map<String, AttributeProto> given, OnnxModel model, String node)
            throws IOException {
        if (attribute.getRefAttrName().isEmpty()) {
            return attribute;
        }
        if (given == null) {
            throw model.malformed(
                    node, "its attribute " + attribute.getName() + " refers to one of a function, and it is in none.");
        }
        return given.get(attribute.getRefAttrName()); // without it, the operator's own default holds
    }

    private Object value(String name, AttributeProto proto) throws IOException {
        AttributeType type = type(name, proto);
        return switch (type) {
            case INT -> proto.getI();
            case FLOAT -> proto.getF();
            case STRING -> proto.getS().toStringUtf8();
            case INTS -> List.copyOf(proto.getIntsList());
            case FLOATS -> List.copyOf(proto.getFloatsList());
            case STRINGS ->
                proto.getStringsList().stream().map(ByteString::toStringUtf8).toList();
            case TENSOR -> model.stored(node + "." + name, proto.getT());
            case GRAPH -> bodies.read(name, proto.getG());
            default -> throw model.unsupported(node, "the attribute " + name + " is of a kind that is not supported.");
        };
    }

    /** The kind that it says, if that is what it holds; files of the first version say none. */
    private AttributeType type(String name, AttributeProto proto) throws IOException {
        List<AttributeType> held = held(proto);
        AttributeType said = proto.getType();
        if (said == AttributeType.UNDEFINED && held.size() == 1) {
            return held.get(0);
        }
        boolean optional = said != AttributeType.TENSOR && said != AttributeType.GRAPH; // 0 and "" may be left out
        boolean fits = held.isEmpty() ? optional : held.equals(List.of(said));
        if (said == AttributeType.UNDEFINED || !fits) {
            throw model.malformed(
                    node, "the attribute " + name + " says that it is of kind " + said + ", and holds " + held + ".");
        }
        return said;
    }

    private static List<AttributeType> held(AttributeProto proto) {
        List<AttributeType> held = new ArrayList<>();
        add(held, AttributeType.FLOAT, proto.hasF());
        add(held, AttributeType.INT, proto.hasI());
        add(held, AttributeType.STRING, proto.hasS());
        add(held, AttributeType.TENSOR, proto.hasT());
        add(held, AttributeType.GRAPH, proto.hasG());
        add(held, AttributeType.SPARSE_TENSOR, proto.hasSparseTensor());
        add(held, AttributeType.FLOATS, proto.getFloatsCount() > 0);
        add(held, AttributeType.INTS, proto.getIntsCount() > 0);
        add(held, AttributeType.STRINGS, proto.getStringsCount() > 0);
        add(held, AttributeType.TENSORS, proto.getTensorsCount() > 0);
        add(held, AttributeType.GRAPHS, proto.getGraphsCount() > 0);
        add(held, AttributeType.SPARSE_TENSORS, proto.getSparseTensorsCount() > 0);
        return held;
    }

    private static void add(List<AttributeType> held, AttributeType type, boolean there) {
        if (there) {
            held.add(type);
        }
    }
}
