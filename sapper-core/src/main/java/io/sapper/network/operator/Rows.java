package io.sapper.network.operator;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A tensor as one long row of equal parts, and which parts positions with several coordinates mean.
 *
 * @param data shape [parts, numbers of a part]
 * @param at which parts, shape [count]
 */
record Rows(Tensor data, Tensor at) {
    /**
     * From tuples of coordinates.
     *
     * @param indices whose last dimension holds a tuple
     * @param common how many dimensions both share in front
     */
    static Rows of(Tensor x, Tensor indices, int common) {
        long[] shape = x.shape();
        int deep = (int) indices.size(indices.dim() - 1);
        long batches = Sizes.count(Arrays.copyOf(shape, common));
        long each = Sizes.count(Arrays.copyOfRange(shape, common, common + deep));
        long numbers = Sizes.count(Arrays.copyOfRange(shape, common + deep, shape.length));
        long tuples = indices.numel() / deep;
        Tensor flat = indices.reshape(tuples, deep);
        Tensor at = null;
        for (int i = 0; i < deep; i++) {
            long size = shape[common + i];
            Tensor one = Indexing.positions(flat.narrow(1, i, 1).reshape(-1), size);
            at = at == null ? one : at.mul(new Scalar(size)).add(one);
        }
        if (at == null) {
            throw new IllegalArgumentException("positions without coordinates");
        }
        if (common > 0 && batches > 0) {
            long perBatch = tuples / batches;
            Tensor first = Made.upTo(x, batches).mul(new Scalar(each)).unsqueeze(1);
            at = at.reshape(batches, perBatch).add(first).reshape(-1);
        }
        return new Rows(x.reshape(batches * each, numbers), at);
    }

    Tensor taken() {
        return data.index_select(0, at);
    }

    /**
     * The data with other numbers at these parts.
     *
     * @param updates shape [count, numbers of a part]
     * @param reduction {@code none}, {@code add}, {@code mul}, {@code max} or {@code min}
     */
    Tensor with(Tensor updates, String reduction) {
        Tensor places = at.unsqueeze(1).expand(at.size(0), data.size(1));
        return put(data, 0, places, updates, reduction);
    }

    /** As libtorch's scatter, with ONNX's names of reductions. */
    static Tensor put(Tensor data, long axis, Tensor places, Tensor updates, String reduction) {
        boolean logical = data.scalar_type().intern() == ScalarType.Bool;
        if (logical && !reduction.equals("none")) {
            return put(data.to(ScalarType.Int), axis, places, updates.to(ScalarType.Int), reduction)
                    .ne(new Scalar(0L));
        }
        return switch (reduction) {
            case "none" -> data.scatter(axis, places, updates);
            case "add" -> data.scatter_add(axis, places, updates);
            case "mul" -> data.scatter_reduce(axis, places, updates, "prod", true);
            case "max" -> data.scatter_reduce(axis, places, updates, "amax", true);
            case "min" -> data.scatter_reduce(axis, places, updates, "amin", true);
            default -> throw new IllegalArgumentException("reduction " + reduction + " is not known");
        };
    }
}
