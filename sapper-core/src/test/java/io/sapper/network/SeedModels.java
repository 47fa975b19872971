package io.sapper.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.sapper.network.operator.OperatorType;
import io.sapper.network.operator.Operators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a fuzzer begins with: small models with each operator in a few forms, and a list of words. */
public final class SeedModels {
    private static final Set<String> LISTS = Set.of(
            "kernel_shape", "strides", "pads", "dilations", "axes", "perm", "split", "output_shape", "output_padding");

    /** What the inputs after the first are. */
    private enum Second {
        SAME,
        REAL,
        WHOLE
    }

    private SeedModels() {}

    /** Writes the seeds to a folder, and the words to a file: {@code SeedModels FOLDER WORDS}. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, byte[]> seed : all().entrySet()) {
            Files.write(folder.resolve(seed.getKey() + ".onnx"), seed.getValue());
        }
        Files.write(Path.of(arguments[1]), words());
    }

    static Map<String, byte[]> all() {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("small", OnnxWriter.toBytes(SampleGraphs.small(1)));
        seeds.put("residual", OnnxWriter.toBytes(SampleGraphs.residual(1)));
        for (OperatorType type : Operators.all()) {
            for (Second second : Second.values()) {
                for (boolean settings :
                        type.attributes().isEmpty() ? new boolean[] {false} : new boolean[] {false, true}) {
                    String name = type.domain() + "." + type.name() + "." + second + "." + settings;
                    seeds.put(name, model(type, second, settings).toByteArray());
                }
            }
        }
        return seeds;
    }

    private static ModelProto model(OperatorType type, Second second, boolean settings) {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(10);
        model.addOpsetImportBuilder().setVersion(Upgrades.NEWEST);
        model.addOpsetImportBuilder().setDomain("com.microsoft").setVersion(1);
        model.getGraphBuilder().setName("seed").addInput(value("x")).addOutput(value("y0"));
        NodeProto.Builder node = model.getGraphBuilder()
                .addNodeBuilder()
                .setOpType(type.name())
                .setDomain(type.domain())
                .addInput("x");
        for (int i = 1; i < Math.min(type.mostInputs(), type.leastInputs() + 1); i++) {
            node.addInput(second == Second.SAME ? "x" : "c" + i);
            if (second != Second.SAME) {
                model.getGraphBuilder().addInitializer(constant("c" + i, second));
            }
        }
        for (int i = 0; i < Math.min(2, type.mostOutputs()); i++) {
            node.addOutput("y" + i);
        }
        if (settings) {
            type.attributes().forEach(attribute -> node.addAttribute(setting(attribute)));
        }
        return model.build();
    }

    private static ValueInfoProto value(String name) {
        TypeProto.Builder type = TypeProto.newBuilder();
        type.getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
        for (int size : new int[] {2, 2, 4, 4}) {
            type.getTensorTypeBuilder().getShapeBuilder().addDimBuilder().setDimValue(size);
        }
        return ValueInfoProto.newBuilder().setName(name).setType(type).build();
    }

    private static TensorProto constant(String name, Second second) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name);
        if (second == Second.WHOLE) {
            return tensor.setDataType(TensorProto.DataType.INT64_VALUE)
                    .addDims(4)
                    .addAllInt64Data(List.of(1L, 2L, 2L, 1L))
                    .build();
        }
        return tensor.setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(2)
                .addDims(2)
                .addDims(1)
                .addDims(1)
                .addAllFloatData(List.of(0.5f, -1f, 2f, 0f))
                .build();
    }

    private static AttributeProto setting(String name) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (LISTS.contains(name)) {
            return attribute
                    .setType(AttributeProto.AttributeType.INTS)
                    .addAllInts(List.of(1L, 1L))
                    .build();
        }
        return attribute.setType(AttributeProto.AttributeType.INT).setI(1).build();
    }

    /** Names of operators and settings, as the fuzzer's dictionary wants them. */
    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (OperatorType type : Operators.all()) {
            words.add("\"" + type.name() + "\"");
            type.attributes().forEach(name -> words.add("\"" + name + "\""));
        }
        return words;
    }
}
