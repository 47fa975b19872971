package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tensors that lie about their size, their type or where their numbers are. */
class HostileTensorTest {
    @TempDir
    Path folder;

    static Stream<Arguments> tensors() {
        return Stream.of(
                tensor("40 dimensions of 1", "has 40 dimensions", t -> {
                    for (int i = 0; i < 40; i++) {
                        t.addDims(1);
                    }
                }),
                tensor("2^124 elements", "larger than anything", t -> four(t, Integer.MAX_VALUE)),
                tensor("2^62 doubles, whose bytes wrap to 0", "needs another number of values", t -> t.addDims(
                                1L << 31 >> 1)
                        .addDims(1L << 31 >> 1)
                        .addDims(4)
                        .setDataType(DataType.DOUBLE.getNumber())),
                tensor("a dimension of 2^40", "a dimension of 1099511627776", t -> t.addDims(1L << 40)),
                tensor("numbers in two lists", "in more than one place", t -> t.addDims(1)
                        .addFloatData(1)
                        .addDoubleData(2)),
                tensor("numbers in a list and as bytes", "in more than one place", t -> t.addDims(1)
                        .addFloatData(1)
                        .setRawData(ByteString.copyFrom(new byte[4]))),
                tensor("numbers in the list of another type", "where those of type float belong", t -> t.addDims(1)
                        .addInt32Data(1)),
                tensor("a byte of 300", "the number 300 is none of type uint8", t -> t.addDims(1)
                        .setDataType(DataType.UINT8.getNumber())
                        .addInt32Data(300)),
                tensor("a truth of 7", "the number 7 is none of type bool", t -> t.addDims(1)
                        .setDataType(DataType.BOOL.getNumber())
                        .addInt32Data(7)),
                tensor("a half float of more than 16 bits", "is none of type float16", t -> t.addDims(1)
                        .setDataType(DataType.FLOAT16.getNumber())
                        .addInt32Data(1 << 20)),
                tensor("no type", "of which type", t -> t.addDims(0).setDataType(0)),
                tensor("type 99", "elements of type 99", t -> t.addDims(0).setDataType(99)),
                tensor("half a number", "not a whole number of values", t -> t.addDims(1)
                        .setRawData(ByteString.copyFrom(new byte[5]))),
                outside("nowhere", "names no file"),
                outside("a step upwards", "outside the model's folder", "location", "../weights.bin"),
                outside("a step upwards on the way", "outside the model's folder", "location", "a/../../weights.bin"),
                outside("a step back into the folder", "outside the model's folder", "location", "a/../weights.bin"),
                outside(
                        "a step upwards as Windows writes it",
                        "outside the model's folder",
                        "location",
                        "..\\weights.bin"),
                outside("the root", "outside the model's folder", "location", "/etc/hostname"),
                outside("the net", "outside the model's folder", "location", "https://example.com/w"),
                outside("a home folder", "outside the model's folder", "location", "~/weights.bin"),
                outside("a NUL", "no possible file", "location", "weights.bin\0.txt"),
                outside(
                        "a file that was not copied along",
                        "in the file model.onnx.data, which is not there beside the model. Copy it to ",
                        "location",
                        "model.onnx.data"),
                outside("the folder itself", "not there beside the model", "location", "."),
                outside("a negative offset", "has the offset '-1'", "location", "weights.bin", "offset", "-1"),
                outside("an offset past the end", "which has 64", "location", "weights.bin", "offset", "61"),
                outside(
                        "an offset that wraps",
                        "which has 64",
                        "location",
                        "weights.bin",
                        "offset",
                        "9223372036854775807"),
                outside(
                        "an offset of 2^64",
                        "has the offset",
                        "location",
                        "weights.bin",
                        "offset",
                        "18446744073709551616"),
                outside(
                        "another length",
                        "has 8 bytes in weights.bin and needs 4",
                        "location",
                        "weights.bin",
                        "length",
                        "8"),
                outside("two places", "says its location twice", "location", "weights.bin", "location", "b.bin"),
                outside("a way that nobody knows", "with 'basepath'", "location", "weights.bin", "basepath", "/etc"),
                outside("a link", "through a link", "location", "link.bin"),
                outside("a link to a folder", "through a link", "location", "linked/weights.bin"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tensors")
    void isRefused(String name, String expected, TensorProto proto) throws IOException {
        Files.write(folder.resolve("weights.bin"), new byte[64]);
        Path elsewhere = Files.createDirectories(folder.resolve("else"));
        Files.write(elsewhere.resolve("weights.bin"), new byte[64]);
        Files.createSymbolicLink(folder.resolve("link.bin"), elsewhere.resolve("weights.bin"));
        Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        assertThatThrownBy(() -> new OnnxTensor(folder.resolve("m.onnx"), "w", proto).read())
                .isInstanceOfAny(MalformedFileException.class, UnsupportedModelException.class)
                .hasMessageContaining("tensor w")
                .hasMessageContaining(expected);
    }

    /** What is right beside all that is wrong. */
    @Test
    void numbersBesideTheModelAreRead() throws IOException {
        byte[] bytes = new byte[12];
        bytes[8 + 3] = 0x40; // 2 as a little-endian float
        Files.createDirectories(folder.resolve("data"));
        Files.write(folder.resolve("data").resolve("w..1.bin"), bytes);
        Object[] case1 = outside("", "", "location", "data/w..1.bin", "offset", "8", "length", "4")
                .get();
        Initializer read = new OnnxTensor(folder.resolve("m.onnx"), "w", (TensorProto) case1[2]).read();
        assertThat(read).isEqualTo(new Initializer(java.util.List.of(1), new float[] {2}));
    }

    /** A file with holes has any size and costs nobody anything; so may many tensors that share its bytes. */
    @Test
    void theSumOfWhatLiesOutsideIsBounded() throws IOException {
        try (RandomAccessFile holes =
                new RandomAccessFile(folder.resolve("weights.bin").toFile(), "rw")) {
            holes.setLength(1L << 30);
        }
        var model = ai.onnx.proto.OnnxMl.ModelProto.parseFrom(OnnxWriter.toBytes(SampleGraphs.small(1))).toBuilder();
        for (int i = 0; i < 3; i++) {
            TensorProto proto =
                    (TensorProto) outside("", "", "location", "weights.bin").get()[2];
            model.getGraphBuilder()
                    .addInitializer(proto.toBuilder().setName("big" + i).setDims(0, 1 << 28));
        }
        MemoryLimit.set(1 << 20); // so that not even the first is read
        try {
            Path file = Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
            assertThatThrownBy(() -> OnnxReader.read(file))
                    .isInstanceOf(UnsupportedModelException.class)
                    .hasMessageContaining("its stored tensors need 1.0 GiB at once, more than the 1.0 MiB allowed");
        } finally {
            MemoryLimit.set(MemoryLimit.USUAL);
        }
    }

    private static void four(TensorProto.Builder tensor, long size) {
        for (int i = 0; i < 4; i++) {
            tensor.addDims(size);
        }
    }

    private static Arguments tensor(String name, String expected, Consumer<TensorProto.Builder> change) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(DataType.FLOAT.getNumber());
        change.accept(tensor);
        return arguments(name, expected, tensor.build());
    }

    private static Arguments outside(String name, String expected, String... entries) {
        return tensor("numbers in " + name, expected, tensor -> {
            tensor.addDims(1).setDataLocation(TensorProto.DataLocation.EXTERNAL);
            for (int i = 0; i < entries.length; i += 2) {
                tensor.addExternalData(
                        StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
            }
        });
    }
}
