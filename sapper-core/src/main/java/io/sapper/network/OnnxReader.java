package io.sapper.network;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Reads a network from an ONNX file. The file is not trusted: it is parsed in Java, nothing in it is executed, nothing
 * outside its folder is opened, every size is checked before memory is taken ({@link MemoryLimit}), and what does not
 * fit is refused with the node's name.
 */
public final class OnnxReader {
    private OnnxReader() {}

    /**
     * Reads a network.
     *
     * @throws MalformedFileException if it is not ONNX, damaged, or its shapes contradict each other
     * @throws UnsupportedModelException if it uses something that Sapper does not run, or needs more memory than is
     *     allowed
     */
    public static Graph read(Path file) throws IOException {
        return read(file, true);
    }

    /** As {@link #read}, but the network need not have an input: ONNX's tests have some that only give a constant. */
    static Graph readAny(Path file) throws IOException {
        return read(file, false);
    }

    private static Graph read(Path file, boolean given) throws IOException {
        if (!Files.isRegularFile(file)) { // a named pipe would block whoever opens it
            throw new MalformedFileException(file, "", what(file));
        }
        try {
            return new OnnxModel(file, parse(file)).graph(given);
        } catch (OutOfMemoryError e) {
            throw new UnsupportedModelException(
                    file, "", "it is too large for Java's memory. Maybe give it more: SAPPER_JAVA_OPTS=-Xmx8g.");
        } catch (StackOverflowError e) {
            throw new UnsupportedModelException(file, "", "its parts lie too deep inside each other.");
        }
    }

    private static String what(Path file) {
        if (Files.isDirectory(file)) {
            return "a folder, not a file.";
        }
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                ? "neither a file nor a link to one."
                : "there is no such file.";
    }

    static ModelProto parse(Path file) throws IOException {
        long size = Files.size(file);
        if (size > Math.min(MemoryLimit.bytes(), Integer.MAX_VALUE - 8)) {
            throw new UnsupportedModelException(
                    file,
                    "",
                    "a file of " + MemoryLimit.text(size) + " is more than is read." + MemoryLimit.WAY_OUT + ".");
        }
        byte[] bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            bytes = FileBytes.read(channel, 0, (int) size);
        }
        try {
            new WireCheck(bytes).run();
            ModelProto model = model(bytes);
            if (model.hasGraph()) {
                return model;
            }
        } catch (WireCheck.Damage | InvalidProtocolBufferException e) {
            throw notOnnx(file, bytes, " (" + first(e) + ")");
        }
        throw notOnnx(file, bytes, ": it holds no graph");
    }

    /** What the parser makes shares the file's bytes: weights are there once. */
    private static ModelProto model(byte[] bytes) throws InvalidProtocolBufferException {
        CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
        input.enableAliasing(true);
        input.setRecursionLimit(WireCheck.DEEPEST);
        try {
            ModelProto model = ModelProto.parseFrom(input);
            input.checkLastTagWas(0);
            return model;
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
    }

    private static String first(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }

    private static MalformedFileException notOnnx(Path file, byte[] bytes, String why) {
        String other = FileKind.of(bytes);
        return new MalformedFileException(
                file,
                "",
                "not an ONNX model" + why + ". Maybe "
                        + (other.isEmpty() ? "another kind of file, or cut short." : other + "."));
    }
}
