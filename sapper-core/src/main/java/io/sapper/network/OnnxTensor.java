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
    /** Of one Java array. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final int MOST_DIMENSIONS = 32;

    private final Path file;
    private final String name;
    private final TensorProto proto;

    OnnxTensor(Path file, String name, TensorProto proto) {
        this.file = file;
        this.name = name;
        this.proto = proto;
    }

    Initializer read() throws IOException {
        ElementType type = type();
        if (proto.hasSegment()) {
            throw unsupported("is stored in segments, which are not read.");
        }
        List<Integer> shape = shape();
        long count = count(shape);
        checkPlaces(type);
        if (!outside() && !proto.hasRawData()) {
            checkCount(shape, count, list(type).size());
        } else if (!outside()) {
            checkRaw(type, shape, count);
        }
        if (count > MOST_BYTES / type.bytes()) {
            throw unsupported("has " + count + " elements; more than 2 GB in one tensor are not read.");
        }
        if (outside()) {
            return Initializer.of(type, shape, external(count * type.bytes()));
        }
        return Initializer.of(
                type, shape, proto.hasRawData() ? proto.getRawData().asReadOnlyByteBuffer() : listed(type, count));
    }

    /** Whether its numbers lie in another file. */
    boolean outside() {
        return proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    }

    /** Bytes that its numbers take, as it says itself, without looking at them. */
    long bytes() throws IOException {
        long count = count(shape());
        int each = type().bytes();
        return count > MOST_BYTES / each ? MOST_BYTES : count * each;
    }

    private ElementType type() throws IOException {
        ElementType type = ElementType.of(proto.getDataType()).orElse(null);
        if (type == null && proto.getDataType() == 0) {
            throw malformed("it does not say of which type its elements are");
        } else if (type == null) {
            TensorProto.DataType found = TensorProto.DataType.forNumber(proto.getDataType());
            throw unsupported("holds elements of type " + (found == null ? proto.getDataType() : found)
                    + ", which are not read.");
        }
        return type;
    }

    /** Numbers in two places may differ, and which of them holds is anybody's guess. */
    private void checkPlaces(ElementType type) throws IOException {
        int lists = Math.min(1, proto.getFloatDataCount())
                + Math.min(1, proto.getDoubleDataCount())
                + Math.min(1, proto.getInt32DataCount())
                + Math.min(1, proto.getInt64DataCount())
                + Math.min(1, proto.getUint64DataCount())
                + Math.min(1, proto.getStringDataCount());
        boolean raw = proto.hasRawData()
                && (lists > 0 || outside() || !proto.getRawData().isEmpty());
        if (lists + (raw ? 1 : 0) + (outside() ? 1 : 0) > 1) {
            throw malformed("it has numbers in more than one place");
        }
        if (lists > 0 && list(type).isEmpty()) {
            throw malformed("its numbers are not in the list where those of type " + type.id() + " belong");
        }
    }

    private List<Integer> shape() throws IOException {
        if (proto.getDimsCount() > MOST_DIMENSIONS) {
            throw unsupported("has " + proto.getDimsCount() + " dimensions, more than " + MOST_DIMENSIONS + ".");
        }
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

    private void checkRaw(ElementType type, List<Integer> shape, long count) throws IOException {
        int size = proto.getRawData().size();
        if (size % type.bytes() != 0) {
            throw malformed(size + " bytes are not a whole number of values of " + type.bytes() + " bytes");
        }
        checkCount(shape, count, size / type.bytes());
    }

    private void checkCount(List<Integer> shape, long count, long found) throws IOException {
        if (count != found) {
            throw malformed("shape " + shape + " needs another number of values than the " + found + " there are");
        }
    }

    /** The list that numbers of a type are in. */
    private List<? extends Number> list(ElementType type) {
        return switch (type) {
            case FLOAT -> proto.getFloatDataList();
            case DOUBLE -> proto.getDoubleDataList();
            case INT64 -> proto.getInt64DataList();
            case UINT32, UINT64 -> proto.getUint64DataList();
            default -> proto.getInt32DataList();
        };
    }

    /** Numbers in the list that their type has; small ones are packed into wider ones. */
    private ByteBuffer listed(ElementType type, long count) throws IOException {
        List<? extends Number> values = list(type);
        ByteBuffer bytes = ByteBuffer.allocate((int) (count * type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (Number value : values) {
            switch (type) {
                case FLOAT -> bytes.putFloat(value.floatValue());
                case DOUBLE -> bytes.putDouble(value.doubleValue());
                default -> {
                    checkRange(type, value.longValue());
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

    /** What does not fit its type would silently become another number. */
    private void checkRange(ElementType type, long value) throws IOException {
        int bits = Byte.SIZE * type.bytes();
        boolean signed = type == ElementType.INT8 || type == ElementType.INT16 || type == ElementType.INT32;
        long least = signed ? -(1L << (bits - 1)) : 0;
        long most = type == ElementType.BOOL ? 1 : signed ? -(least + 1) : (1L << bits) - 1;
        if (bits < Long.SIZE && (value < least || value > most)) {
            throw malformed("the number " + value + " is none of type " + type.id());
        }
    }

    private ByteBuffer external(long bytes) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (StringStringEntryProto entry : proto.getExternalDataList()) {
            if (entries.put(entry.getKey(), entry.getValue()) != null) {
                throw malformed("it says its " + entry.getKey() + " twice");
            }
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
