package io.sapper.network;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The inputs of one run of a test, and the outputs that it must give: {@code input_0.pb}, {@code input_1.pb}, ...
 * (serialized TensorProto), or {@code input.npy}, {@code input_1.npy}, ...
 *
 * @param inputs by position in the graph
 * @param outputs by position in the graph
 */
record TestData(Map<Integer, Initializer> inputs, Map<Integer, Initializer> outputs) {
    private static final Pattern NAME = Pattern.compile("(input|output)(?:_(\\d{1,6}))?\\.(pb|npy)");

    /** Whether a folder holds outputs to compare with. */
    static boolean isIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                return name.matches() && name.group(1).equals("output");
            });
        }
    }

    /** The folders of a test's data: {@code test_data_set_*}, or the test's own. Empty where there are none. */
    static List<Path> sets(Path test) throws IOException {
        try (Stream<Path> files = Files.list(test)) {
            List<Path> sets = files.filter(Files::isDirectory)
                    .filter(path -> String.valueOf(path.getFileName()).startsWith("test_data_set_"))
                    .sorted()
                    .toList();
            return !sets.isEmpty() ? sets : isIn(test) ? List.of(test) : List.of();
        }
    }

    static TestData read(Path folder) throws IOException {
        TestData data = new TestData(new TreeMap<>(), new TreeMap<>());
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
                int position = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
                Map<Integer, Initializer> all = name.group(1).equals("input") ? data.inputs : data.outputs;
                if (all.put(position, name.group(3).equals("npy") ? NumPyFile.read(file) : proto(file)) != null) {
                    throw new MalformedFileException(
                            file, "", "there is another " + name.group(1) + " " + position + " beside it.");
                }
            }
        }
        if (data.outputs.isEmpty()) {
            throw new MalformedFileException(folder, "", "it holds no output to compare with.");
        }
        return data;
    }

    private static Initializer proto(Path file) throws IOException {
        try {
            TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(file));
            return new OnnxTensor(file, proto.getName(), proto).read();
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedFileException(file, "", "not a tensor in ONNX's format.");
        }
    }
}
