package io.sapper.network;

import io.sapper.data.Dataset;
import java.util.List;
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
            Tensor tensor = create(values.values(), values.shape(), compute);
            tensor.retainReference();
            return tensor;
        }
    }

    /** A tensor of the given row-major numbers, in the caller's scope. */
    public static Tensor create(float[] values, List<Integer> shape, Compute compute) {
        long[] sizes = shape.stream().mapToLong(Integer::longValue).toArray();
        return Engine.move(Tensor.create(values, sizes), compute);
    }

    /** All numbers of a float tensor, row-major. */
    public static float[] toArray(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor here = tensor.detach().cpu().contiguous();
            float[] values = new float[Math.toIntExact(here.numel())];
            FloatPointer pointer = here.data_ptr_float();
            pointer.get(values);
            return values;
        }
    }

    /** All numbers of an integer (64 bit) tensor, row-major. */
    public static long[] toLongs(Tensor tensor) {
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
