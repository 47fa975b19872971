package io.sapper.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a model file comes from, as it says itself.
 *
 * @param producer name and version of what wrote it; empty where it does not say
 * @param irVersion version of the file format
 * @param opsets version of each domain; ONNX's own is {@code ai.onnx}
 * @param functions how many local functions it defines
 * @param inputStep how its inputs are made of samples, as one of our own says
 *     ({@link io.sapper.data.Samples#inputStep}); empty where it does not say
 */
public record Provenance(String producer, long irVersion, Map<String, Long> opsets, int functions, String inputStep) {
    /** Where it stands in a file's metadata. */
    static final String INPUT_STEP = "sapper.input";

    public Provenance {
        opsets = new TreeMap<>(opsets);
    }

    static Provenance of(ModelProto model) {
        Map<String, Long> opsets = new TreeMap<>();
        model.getOpsetImportList()
                .forEach(opset ->
                        opsets.put(opset.getDomain().isEmpty() ? "ai.onnx" : opset.getDomain(), opset.getVersion()));
        String producer = (model.getProducerName() + " " + model.getProducerVersion()).strip();
        String inputStep = model.getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().equals(INPUT_STEP))
                .map(StringStringEntryProto::getValue)
                .findFirst()
                .orElse("");
        return new Provenance(producer, model.getIrVersion(), opsets, model.getFunctionsCount(), inputStep);
    }
}
