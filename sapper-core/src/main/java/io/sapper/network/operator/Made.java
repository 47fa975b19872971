package io.sapper.network.operator;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Small tensors that kernels make of Java's numbers, on the device of the tensor that they go with. */
final class Made {
    private Made() {}

    static Tensor longs(Tensor beside, long[] values, long... shape) {
        return Tensor.create(values, shape).to(beside.device(), ScalarType.Long);
    }

    /** A row of whole numbers. */
    static Tensor row(Tensor beside, long... values) {
        return longs(beside, values, values.length);
    }

    /** Real numbers of the other tensor's type. */
    static Tensor reals(Tensor beside, double[] values, long... shape) {
        return Tensor.create(values, shape).to(beside.device(), beside.scalar_type());
    }

    /** 0, 1, ..., count - 1. */
    static Tensor upTo(Tensor beside, long count) {
        long[] values = new long[Math.toIntExact(count)];
        java.util.Arrays.setAll(values, i -> i);
        return row(beside, values);
    }

    /** A tensor of one number of a type. */
    static Tensor filled(Tensor beside, ScalarType type, double value, long... shape) {
        return torch.full(shape, new Scalar(value), beside.options().dtype(new ScalarTypeOptional(type)));
    }

    static Tensor join(Iterable<Tensor> parts, long axis) {
        TensorVector all = new TensorVector();
        parts.forEach(all::push_back);
        return torch.cat(all, axis);
    }

    static Tensor stack(Iterable<Tensor> parts, long axis) {
        TensorVector all = new TensorVector();
        parts.forEach(all::push_back);
        return torch.stack(all, axis);
    }
}
