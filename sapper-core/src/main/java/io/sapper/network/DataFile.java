package io.sapper.network;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** The numbers that a model keeps in a file beside it, in the order in which they are placed there. */
final class DataFile {
    /** Of a page of memory, so that other programs can map a tensor instead of copying it. */
    private static final int ALIGNMENT = 4096;

    private final String name;
    private final List<Initializer> values = new ArrayList<>();
    private long end;

    DataFile(String name) {
        this.name = name;
    }

    /** Places a tensor's numbers, and gives the tensor as the model refers to it then. */
    TensorProto place(TensorProto tensor, Initializer value) {
        long offset = aligned(end);
        long length = (long) value.size() * value.type().bytes();
        values.add(value);
        end = offset + length;
        return tensor.toBuilder()
                .clearExternalData()
                .addExternalData(entry("location", name))
                .addExternalData(entry("offset", String.valueOf(offset)))
                .addExternalData(entry("length", String.valueOf(length)))
                .build();
    }

    void writeTo(OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        long at = 0;
        for (Initializer value : values) {
            channel.write(ByteBuffer.allocate((int) (aligned(at) - at)));
            ByteBuffer bytes = value.bytes();
            at = aligned(at) + bytes.remaining();
            channel.write(bytes);
        }
    }

    private static long aligned(long at) {
        return (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
