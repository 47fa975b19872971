package io.sapper.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Map;

/**
 * The file that a network was read from, so that what is written has everything that it had.
 *
 * @param model all of it
 * @param values for each initial value, as it was read, where it stands
 * @param outside what lay in other files, for each tensor that says so, used or not
 */
record Origin(ModelProto model, Map<String, Place> values, Map<TensorProto, Initializer> outside) {
    /** Names of the other files, relative to the model's folder. */
    List<String> files() {
        return outside.keySet().stream()
                .flatMap(tensor -> tensor.getExternalDataList().stream())
                .filter(entry -> entry.getKey().equals("location"))
                .map(StringStringEntryProto::getValue)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Where an initial value stands.
     *
     * @param value as it was read
     * @param constant whether it is a node's constant, and not an initial value of the graph
     */
    record Place(Initializer value, boolean constant) {}
}
