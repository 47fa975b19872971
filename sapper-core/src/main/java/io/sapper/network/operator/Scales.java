package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * How scales and zero points lie over a tensor: one for all, one for each place along a dimension, or one for each
 * block of places.
 */
final class Scales {
    private final long[] shape; // in which they stretch to the tensor; their own for blocks
    private final int axis; // the dimension with blocks
    private final long block; // places in a block; 0 where there are no blocks
    private final long places; // of the tensor along that dimension

    private Scales(long[] shape, int axis, long block, long places) {
        this.shape = shape;
        this.axis = axis;
        this.block = block;
        this.places = places;
    }

    /**
     * From a node's settings.
     *
     * @param tensor shape of what is quantized
     * @param scales shape of the scales
     */
    static Scales of(Attributes set, long[] tensor, long[] scales) {
        long block = set.integer("block_size", 0);
        if (Sizes.count(scales) == 1 && scales.length <= 1) {
            return new Scales(new long[0], 0, 0, 0);
        }
        int axis = Sizes.axis(set.integer("axis", 1), tensor.length);
        if (block > 0) {
            return blocks(tensor, scales, axis, block);
        }
        require(
                scales.length == 1 && scales[0] == tensor[axis],
                "scales " + Sizes.text(scales) + " do not fit dimension " + axis + " of " + Sizes.text(tensor));
        long[] shape = LongStream.generate(() -> 1).limit(tensor.length).toArray();
        shape[axis] = scales[0];
        return new Scales(shape, 0, 0, 0);
    }

    private static Scales blocks(long[] tensor, long[] scales, int axis, long block) {
        long[] expected = tensor.clone();
        expected[axis] = (tensor[axis] + block - 1) / block;
        require(
                Arrays.equals(expected, scales),
                "scales " + Sizes.text(scales) + " do not fit blocks of " + block + " of " + Sizes.text(tensor));
        return new Scales(scales, axis, block, tensor[axis]);
    }

    /** Scales or zero points, so that they stretch to the tensor. */
    Tensor spread(Tensor values) {
        Tensor arranged = values.reshape(shape);
        if (block == 0) {
            return arranged;
        }
        return torch.repeat_interleave(
                        arranged,
                        block,
                        new org.bytedeco.pytorch.LongOptional(axis),
                        new org.bytedeco.pytorch.LongOptional())
                .narrow(axis, 0, places);
    }
}
