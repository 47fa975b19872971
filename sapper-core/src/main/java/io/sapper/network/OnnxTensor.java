package io.sapper.network;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One tensor stored in an ONNX file, its size checked before anything is allocated. */
final class OnnxTensor {
    private final Path file;
    private final String name;
    private final TensorProto proto;

    OnnxTensor(Path file, String name, TensorProto proto) {
        this.file = file;
        this.name = name;
        this.proto = proto;
    }

    Initializer floats() throws IOException {
        require(TensorProto.DataType.FLOAT);
        float[] values = proto.hasRawData() ? new float[rawCount(Float.BYTES)] : new float[proto.getFloatDataCount()];
        if (proto.hasRawData()) {
            raw().asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = proto.getFloatData(i);
            }
        }
        return new Initializer(shape(values.length), values);
    }

    long[] integers() throws IOException {
        require(TensorProto.DataType.INT64);
        if (!proto.hasRawData()) {
            return proto.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        }
        long[] values = new long[rawCount(Long.BYTES)];
        raw().asLongBuffer().get(values);
        return values;
    }

    private void require(TensorProto.DataType type) throws IOException {
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            throw unsupported("keeps its numbers in another file. Maybe export it as one file.");
        }
        if (proto.getDataType() != type.getNumber()) {
            TensorProto.DataType found = TensorProto.DataType.forNumber(proto.getDataType());
            throw unsupported("holds numbers of type " + (found == null ? proto.getDataType() : found)
                    + "; 32-bit floats are needed.");
        }
    }

    private int rawCount(int bytes) throws IOException {
        int size = proto.getRawData().size();
        if (size % bytes != 0) {
            throw malformed(size + " bytes are not a whole number of values of " + bytes + " bytes");
        }
        return size / bytes;
    }

    private ByteBuffer raw() {
        return proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    private List<Integer> shape(int count) throws IOException {
        List<Integer> sizes = new ArrayList<>();
        double product = 1;
        for (long size : proto.getDimsList()) {
            product *= size;
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw malformed("a dimension of " + size);
            }
            sizes.add((int) size);
        }
        if (product != count) {
            throw malformed("shape " + sizes + " needs another number of values than the " + count + " there are");
        }
        return sizes;
    }

    private MalformedFileException malformed(String problem) {
        return new MalformedFileException(file, "tensor " + name, problem + ". Maybe the file is damaged.");
    }

    private UnsupportedModelException unsupported(String what) {
        return new UnsupportedModelException(file, "", "tensor " + name + " " + what);
    }
}
