package io.sapper.network;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    Initializer read() throws IOException {
        ElementType type = ElementType.of(proto.getDataType()).orElse(null);
        if (type == null) {
            TensorProto.DataType found = TensorProto.DataType.forNumber(proto.getDataType());
            throw unsupported(
                    "holds elements of type " + (found == null ? proto.getDataType() : found) + ", which are not read.");
        }
        if (proto.hasSegment()) {
            throw unsupported("is stored in segments, which are not read.");
        }
        List<Integer> shape = shape();
        long count = count(shape);
        if (count * type.bytes() > Integer.MAX_VALUE - 8) {
            throw unsupported("has " + count + " elements; more than 2 GB in one tensor are not read.");
        }
        if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return Initializer.of(type, shape, external(count * type.bytes()));
        }
        return Initializer.of(type, shape, proto.hasRawData() ? raw(type, shape, count) : listed(type, shape, count));
    }

    private List<Integer> shape() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        for (long size : proto.getDimsList()) {
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw malformed("a dimension of " + size);
            }
            sizes.add((int) size);
        }
        return sizes;
    }

    private long count(List<Integer> shape) throws IOException {
        try {
            return Initializer.count(shape);
        } catch (ArithmeticException e) {
            throw malformed("shape " + shape + " is larger than anything");
        }
    }

    private ByteBuffer raw(ElementType type, List<Integer> shape, long count) throws IOException {
        int size = proto.getRawData().size();
        if (size % type.bytes() != 0) {
            throw malformed(size + " bytes are not a whole number of values of " + type.bytes() + " bytes");
        }
        checkCount(shape, count, size / type.bytes());
        return proto.getRawData().asReadOnlyByteBuffer();
    }

    private void checkCount(List<Integer> shape, long count, long found) throws IOException {
        if (count != found) {
            throw malformed("shape " + shape + " needs another number of values than the " + found + " there are");
        }
    }

    /** Numbers in the list that their type has; small ones are packed into wider ones. */
    private ByteBuffer listed(ElementType type, List<Integer> shape, long count) throws IOException {
        List<? extends Number> values =
                switch (type) {
                    case FLOAT -> proto.getFloatDataList();
                    case DOUBLE -> proto.getDoubleDataList();
                    case INT64 -> proto.getInt64DataList();
                    case UINT32, UINT64 -> proto.getUint64DataList();
                    default -> proto.getInt32DataList();
                };
        checkCount(shape, count, values.size());
        ByteBuffer bytes = ByteBuffer.allocate((int) (count * type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (Number value : values) {
            switch (type) {
                case FLOAT -> bytes.putFloat(value.floatValue());
                case DOUBLE -> bytes.putDouble(value.doubleValue());
                default -> {
                    switch (type.bytes()) { // half floats are listed by their bits
                        case 1 -> bytes.put(value.byteValue());
                        case 2 -> bytes.putShort(value.shortValue());
                        case 4 -> bytes.putInt(value.intValue());
                        default -> bytes.putLong(value.longValue());
                    }
                }
            }
        }
        bytes.flip();
        return bytes;
    }

    private ByteBuffer external(long bytes) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (StringStringEntryProto entry : proto.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        return new ExternalData(file, name, entries).read(bytes);
    }

    private MalformedFileException malformed(String problem) {
        return new MalformedFileException(file, "tensor " + name, problem + ". Maybe the file is damaged.");
    }

    private UnsupportedModelException unsupported(String what) {
        return new UnsupportedModelException(file, "", "tensor " + name + " " + what);
    }
}
