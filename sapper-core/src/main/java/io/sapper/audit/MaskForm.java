package io.sapper.audit;

import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Tensors;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/** Pixels are replaced by a pattern, as far as a mask says (Neural Cleanse, section IV); both are sigmoids. */
final class MaskForm extends ChangeForm {
    /** A mask is the same in blocks of so many rows and columns. */
    static final int BLOCK = 2;

    private final int down;
    private final int right;

    MaskForm() {
        this(0, 0);
    }

    /** Blocks that begin so many rows above images and so many columns left of them, fewer than a block has. */
    MaskForm(int down, int right) {
        this.down = down;
        this.right = right;
    }

    @Override
    List<Tensor> raw(RandomGenerator random, int changes, ImageShape shape, Compute compute) {
        int rows = (shape.height() + down + BLOCK - 1) / BLOCK;
        int columns = (shape.width() + right + BLOCK - 1) / BLOCK;
        Tensor mask = noise(random, changes, new ImageShape(1, rows, columns), compute);
        return List.of(mask, noise(random, changes, shape, compute));
    }

    /** How much of each pixel is replaced, {@code [changes, 1, 1, rows, columns]}, and the pattern. */
    @Override
    List<Tensor> meant(List<Tensor> raw, ImageShape shape) {
        Tensor share = raw.get(0)
                .sigmoid()
                .repeat_interleave(BLOCK, new LongOptional(3), new LongOptional())
                .repeat_interleave(BLOCK, new LongOptional(4), new LongOptional())
                .narrow(3, down, shape.height())
                .narrow(4, right, shape.width());
        return List.of(share, raw.get(1).sigmoid());
    }

    @Override
    Tensor on(Tensor images, List<Tensor> meant) {
        return images.add(meant.get(0).mul(meant.get(1).sub(images)));
    }

    @Override
    Tensor sizes(List<Tensor> meant) {
        return sum(meant.get(0).square());
    }

    @Override
    List<Tensor> times(List<Tensor> meant, double factor) {
        return List.of(meant.get(0).mul(scalar(factor)).clamp_max(scalar(1)), meant.get(1));
    }

    @Override
    InvertedTrigger trigger(Aim aim, int target, ImageShape shape, List<Tensor> meant, Ratio success) {
        return new MaskedTrigger(
                aim, target, shape, Tensors.toArray(meant.get(0)), Tensors.toArray(meant.get(1)), success);
    }
}
