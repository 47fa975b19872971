package io.sapper.audit;

import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Tensors;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What form changes have that are searched for: how a few tensors say what becomes of images. Of several changes at
 * once each tensor is {@code [changes, 1, channels, rows, columns]}, or anything that is broadcast to images
 * {@code [changes, images, channels, rows, columns]}.
 */
abstract class ChangeForm {
    private static final long[] ALL_BUT_CHANGES = {1, 2, 3, 4};
    private static final double START_SPREAD = 0.1;

    /** Raw numbers to begin with, small and random: leaves that gradients are kept of. */
    abstract List<Tensor> raw(RandomGenerator random, int changes, ImageShape shape, Compute compute);

    /** What raw numbers mean. */
    abstract List<Tensor> meant(List<Tensor> raw, ImageShape shape);

    /** Images with changes. */
    abstract Tensor on(Tensor images, List<Tensor> meant);

    /** How large each change is, {@code [changes]}, in pixels. */
    abstract Tensor sizes(List<Tensor> meant);

    /** A change made weaker or stronger as a whole. */
    abstract List<Tensor> times(List<Tensor> meant, double factor);

    /** A single change. */
    abstract InvertedTrigger trigger(Aim aim, int target, ImageShape shape, List<Tensor> meant, Ratio success);

    /** A leaf of {@code [count, 1, channels, rows, columns]}. */
    static Tensor noise(RandomGenerator random, int count, ImageShape shape, Compute compute) {
        float[] values = new float[count * shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (START_SPREAD * random.nextGaussian());
        }
        Tensor raw =
                Tensors.create(values, List.of(count, 1, shape.channels(), shape.height(), shape.width()), compute);
        raw.set_requires_grad(true);
        raw.mutable_grad().put(torch.zeros_like(raw));
        return raw;
    }

    static Tensor sum(Tensor changes) {
        return changes.sum(ALL_BUT_CHANGES, false, new ScalarTypeOptional());
    }

    static Scalar scalar(double number) {
        return new Scalar(number);
    }
}
