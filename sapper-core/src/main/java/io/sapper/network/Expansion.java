package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many nodes a file has when each call of a local function is replaced by what is in it: counted once for each
 * function, before anything is expanded, for a few functions that call each other twice make more than any memory
 * holds.
 */
final class Expansion {
    /** A function that calls itself is refused where its call is read; here it counts as empty. */
    private static final long OPEN = 0;

    private final Map<String, FunctionProto> functions;
    private final long most;
    private final Map<String, Long> counted = new HashMap<>();

    /**
     * @param functions by domain, two colons and name
     * @param most counting ends beyond it
     */
    Expansion(Map<String, FunctionProto> functions, long most) {
        this.functions = functions;
        this.most = most;
    }

    /** Nodes with all that is inside them; some number beyond the most, if there are more. */
    long count(List<NodeProto> nodes) {
        long sum = 0;
        for (NodeProto node : nodes) {
            sum += 1 + function(node.getDomain() + "::" + node.getOpType());
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    sum += count(attribute.getG().getNodeList());
                }
                for (GraphProto graph : attribute.getGraphsList()) {
                    sum += count(graph.getNodeList());
                }
            }
            if (sum > most) {
                return sum;
            }
        }
        return sum;
    }

    private long function(String name) {
        FunctionProto function = functions.get(name);
        if (function == null) {
            return 0;
        }
        Long before = counted.putIfAbsent(name, OPEN);
        if (before != null) {
            return before;
        }
        long sum = count(function.getNodeList());
        counted.put(name, sum);
        return sum;
    }
}
