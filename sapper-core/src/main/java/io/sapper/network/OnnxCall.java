package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of a local function: what the function's nodes see of it. */
final class OnnxCall {
    private final OnnxModel model;
    private final String node;
    private final NodeProto proto;
    private final FunctionProto function;

    /** @param node name of the node that calls */
    OnnxCall(OnnxModel model, String node, NodeProto proto, FunctionProto function) {
        this.model = model;
        this.node = node;
        this.proto = proto;
        this.function = function;
    }

    /** The domains' versions inside: the function's own, and the file's for those that it does not name. */
    Map<String, Long> versions(Map<String, Long> around) throws IOException {
        Map<String, Long> versions = new HashMap<>(around);
        versions.putAll(model.opsets(function.getOpsetImportList()));
        return versions;
    }

    /**
     * The functions that the nodes inside lie in.
     *
     * @param around those that the call lies in
     */
    List<String> within(List<String> around) throws IOException {
        String called = function.getDomain() + "::" + function.getName();
        if (around.contains(called)) {
            throw model.malformed("", "the function " + called + " calls itself.");
        }
        List<String> all = new ArrayList<>(around);
        all.add(called);
        return all;
    }

    /**
     * The settings that the nodes inside may refer to: the function's defaults, and those of the call.
     *
     * @param around what the call itself may refer to; null outside functions
     */
    Map<String, AttributeProto> handed(@Nullable Map<String, AttributeProto> around) throws IOException {
        Map<String, AttributeProto> handed = new HashMap<>();
        for (AttributeProto attribute : function.getAttributeProtoList()) {
            handed.put(attribute.getName(), attribute);
        }
        Set<String> seen = new HashSet<>();
        for (AttributeProto attribute : proto.getAttributeList()) {
            if (!seen.add(attribute.getName())) {
                throw model.malformed(node, "it has the attribute " + attribute.getName() + " twice.");
            }
            AttributeProto meant = OnnxAttributes.meant(attribute, around, model, node);
            if (meant != null) {
                handed.put(attribute.getName(), meant);
            }
        }
        return handed;
    }
}
