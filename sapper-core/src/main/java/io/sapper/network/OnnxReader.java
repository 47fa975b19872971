package io.sapper.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a network from an ONNX file. The file is not trusted: it is parsed in Java, nothing in it is executed, and what
 * does not fit is refused with the node's name.
 */
public final class OnnxReader {
    private OnnxReader() {}

    /**
     * Reads a network.
     *
     * @throws MalformedFileException if it is not ONNX, damaged, or its shapes contradict each other
     * @throws UnsupportedModelException if it uses something that Sapper does not run
     */
    public static Graph read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", Files.isDirectory(file) ? "a folder, not a file." : "there is no such file.");
        }
        return new OnnxModel(file, parse(file)).graph();
    }

    private static ModelProto parse(Path file) throws IOException {
        try {
            ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
            if (model.getGraph().getNodeCount() == 0 && model.getGraph().getOutputCount() == 0) {
                throw new MalformedFileException(
                        file, "", "not an ONNX model: it holds no graph. Maybe another kind of file, or cut short.");
            }
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedFileException(
                    file,
                    "",
                    "not an ONNX model ("
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable")
                            + ") Maybe another kind of file, or cut short.");
        } catch (OutOfMemoryError e) {
            throw new MalformedFileException(file, "", "too large to be read into memory.");
        }
    }
}
