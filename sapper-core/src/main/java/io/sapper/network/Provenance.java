package io.sapper.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.Plain;
import java.util.Arrays;
import java.util.List;
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
 * @param classes names of its classes in their order, as a detector of ours says; empty where it does not say
 */
public record Provenance(
        String producer,
        long irVersion,
        Map<String, Long> opsets,
        int functions,
        String inputStep,
        List<String> classes) {
    /** Where it stands in a file's metadata. */
    static final String INPUT_STEP = "sapper.input";

    /** Where names of classes stand there, as a JSON array. */
    static final String CLASSES = "sapper.classes";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Provenance {
        opsets = new TreeMap<>(opsets);
        classes = List.copyOf(classes);
    }

    /** Of a network that was read from no file. */
    public static Provenance none() {
        return new Provenance("", 0, Map.of(), 0, "", List.of());
    }

    static Provenance of(ModelProto model) {
        Map<String, Long> opsets = new TreeMap<>();
        model.getOpsetImportList()
                .forEach(opset ->
                        opsets.put(opset.getDomain().isEmpty() ? "ai.onnx" : opset.getDomain(), opset.getVersion()));
        String producer = (model.getProducerName() + " " + model.getProducerVersion()).strip();
        return new Provenance(
                producer,
                model.getIrVersion(),
                opsets,
                model.getFunctionsCount(),
                said(model, INPUT_STEP),
                classes(said(model, CLASSES)));
    }

    /** What its metadata say under a key; empty where they do not. */
    private static String said(ModelProto model, String key) {
        return model.getMetadataPropsList().stream()
                .filter(entry -> entry.getKey().equals(key))
                .map(StringStringEntryProto::getValue)
                .findFirst()
                .orElse("");
    }

    /** Text that is no array of names names none: whoever needs names asks the user for them. */
    private static List<String> classes(String text) {
        try {
            String[] names = text.isEmpty() ? new String[0] : JSON.readValue(text, String[].class);
            return names == null || Arrays.asList(names).contains(null)
                    ? List.of()
                    : Arrays.stream(names).map(Plain::line).toList();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** Names of classes as metadata hold them. */
    static String text(List<String> classes) {
        try {
            return JSON.writeValueAsString(classes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Names can always be written as JSON.", e);
        }
    }
}
