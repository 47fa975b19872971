package io.sapper.network;

import io.sapper.data.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java arrays and tensors. */
public final class Tensors {
    private Tensors() {}

    /** A tensor that no scope frees: whoever gets it closes it. */
    static Tensor owned(Initializer values, Compute compute) {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = Engine.move(create(values), compute);
            tensor.retainReference();
            return tensor;
        }
    }

    /** A tensor of an initial value's numbers, of its type, on the CPU, in the caller's scope. */
    static Tensor create(Initializer values) {
        long[] shape = values.shape().stream().mapToLong(Integer::longValue).toArray();
        if (values.type() == ElementType.FLOAT) {
            return Tensor.create(values.values(), shape);
        }
        ByteBuffer bytes = values.bytes();
        int count = values.size();
        return switch (values.type()) {
            case DOUBLE -> {
                double[] all = new double[count];
                bytes.asDoubleBuffer().get(all);
                yield Tensor.create(all, shape);
            }
            case FLOAT16, BFLOAT16 -> Tensor.create(values.values(), shape).to(scalarType(values.type()));
            default -> {
                Tensor wide = Tensor.create(values.integers(), shape);
                yield values.type() == ElementType.INT64 ? wide : wide.to(scalarType(values.type()));
            }
        };
    }

    /**
     * The type that libtorch computes in. It does little with unsigned numbers of more than 8 bits, so the next wider
     * signed ones hold them.
     */
    public static ScalarType scalarType(ElementType type) {
        return switch (type) {
            case FLOAT -> ScalarType.Float;
            case DOUBLE -> ScalarType.Double;
            case FLOAT16 -> ScalarType.Half;
            case BFLOAT16 -> ScalarType.BFloat16;
            case INT8 -> ScalarType.Char;
            case UINT8 -> ScalarType.Byte;
            case INT16 -> ScalarType.Short;
            case INT32, UINT16 -> ScalarType.Int;
            case INT64, UINT32, UINT64 -> ScalarType.Long;
            case BOOL -> ScalarType.Bool;
        };
    }

    /** The type of a tensor's elements. */
    static ElementType elementType(Tensor tensor) {
        return switch (tensor.scalar_type().intern()) {
            case Float -> ElementType.FLOAT;
            case Double -> ElementType.DOUBLE;
            case Half -> ElementType.FLOAT16;
            case BFloat16 -> ElementType.BFLOAT16;
            case Char -> ElementType.INT8;
            case Byte -> ElementType.UINT8;
            case Short -> ElementType.INT16;
            case Int -> ElementType.INT32;
            case Long -> ElementType.INT64;
            case Bool -> ElementType.BOOL;
            default ->
                throw new io.sapper.network.operator.NotSupported("makes numbers of a type that is not supported");
        };
    }

    /** A tensor's numbers, kept beyond its scope. */
    static Initializer toInitializer(Tensor tensor) {
        List<Integer> shape =
                LongStream.of(tensor.shape()).mapToObj(Math::toIntExact).toList();
        ElementType type = elementType(tensor);
        if (type == ElementType.FLOAT) {
            return new Initializer(shape, toArray(tensor));
        }
        int count = Math.toIntExact(tensor.numel());
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        if (type == ElementType.DOUBLE && count > 0) {
            try (PointerScope scope = new PointerScope()) {
                double[] all = new double[count];
                tensor.detach().cpu().contiguous().data_ptr_double().get(all);
                bytes.asDoubleBuffer().put(all);
            }
        } else if (type.real()) {
            try (PointerScope scope = new PointerScope()) {
                for (float value : toArray(tensor.to(ScalarType.Float))) {
                    Elements.put(bytes, type, value);
                }
            }
        } else {
            for (long value : toLongs(tensor)) {
                switch (type.bytes()) {
                    case 1 -> bytes.put((byte) value);
                    case 2 -> bytes.putShort((short) value);
                    case 4 -> bytes.putInt((int) value);
                    default -> bytes.putLong(value);
                }
            }
        }
        bytes.rewind();
        return Initializer.of(type, shape, bytes);
    }

    /** A tensor of the given row-major numbers, in the caller's scope. */
    public static Tensor create(float[] values, List<Integer> shape, Compute compute) {
        long[] sizes = shape.stream().mapToLong(Integer::longValue).toArray();
        return Engine.move(Tensor.create(values, sizes), compute);
    }

    /** All numbers of a tensor as floats, row-major. */
    public static float[] toArray(Tensor tensor) {
        if (tensor.numel() == 0) { // has no address to read from
            return new float[0];
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor here = tensor.detach().cpu().to(ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(here.numel())];
            FloatPointer pointer = here.data_ptr_float();
            pointer.get(values);
            return values;
        }
    }

    /** All numbers of an integer (64 bit) tensor, row-major. */
    public static long[] toLongs(Tensor tensor) {
        if (tensor.numel() == 0) { // has no address to read from
            return new long[0];
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor here = tensor.cpu().to(ScalarType.Long).contiguous();
            long[] values = new long[Math.toIntExact(here.numel())];
            LongPointer pointer = here.data_ptr_long();
            pointer.get(values);
            return values;
        }
    }

    /**
     * Images as numbers in [0, 1], shape [count, channels, height, width], in the caller's scope. To a GPU they go as
     * bytes and become numbers there, a quarter of the way's cost.
     *
     * @param order which images, by position in the data set
     * @param from first position in {@code order}
     */
    public static Tensor images(Dataset data, int[] order, int from, int count, Compute compute) {
        if (compute != Compute.CPU) {
            return unitRange(bytes(data, order, from, count, compute));
        }
        int size = data.shape().size();
        float[] values = new float[count * size];
        for (int i = 0; i < count; i++) {
            data.toUnitRange(order[from + i], values, i * size);
        }
        return Tensor.create(values, shape(data, count));
    }

    /** The same images as bytes, 0 to 255. */
    static Tensor bytes(Dataset data, int[] order, int from, int count, Compute compute) {
        int size = data.shape().size();
        byte[] values = new byte[count * size];
        for (int i = 0; i < count; i++) {
            data.copyImage(order[from + i], values, i * size);
        }
        return Engine.move(Tensor.create(values, false, shape(data, count)), compute);
    }

    /** Bytes as numbers in [0, 1], with the bits of {@link Dataset#toUnitRange}: each times the float 1/255. */
    static Tensor unitRange(Tensor bytes) {
        return bytes.mul(new Scalar(1f / 255f));
    }

    private static long[] shape(Dataset data, int count) {
        return new long[] {
            count, data.shape().channels(), data.shape().height(), data.shape().width()
        };
    }

    /** The labels of the same images, shape [count], 64-bit integers, in the caller's scope. */
    public static Tensor labels(Dataset data, int[] order, int from, int count, Compute compute) {
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = data.label(order[from + i]);
        }
        return Engine.move(Tensor.create(labels, (long) count), compute);
    }
}
