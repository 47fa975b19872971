package io.sapper.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.Map;

/**
 * The file that a network was read from, so that what is written has everything that it had.
 *
 * @param model all of it
 * @param values for each initial value, as it was read, where it stands
 */
record Origin(ModelProto model, Map<String, Place> values) {
    /**
     * Where an initial value stands.
     *
     * @param value as it was read
     * @param constant whether it is a node's constant, and not an initial value of the graph
     */
    record Place(Initializer value, boolean constant) {}
}
