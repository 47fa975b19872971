package io.sapper.audit;

import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Tensors;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** The same is added to all images, cut off at 0 and 1 (a universal perturbation, Moosavi-Dezfooli et al. 2017). */
final class AddedForm extends ChangeForm {
    /** So slow that what needs little has gone its way before anything else has grown (docs/decisions/0085). */
    private static final double SCALE = 0.01;

    private static final long[] CHANNELS = {2};

    @Override
    List<Tensor> raw(RandomGenerator random, int changes, ImageShape shape, Compute compute) {
        return List.of(noise(random, changes, shape, compute));
    }

    @Override
    List<Tensor> meant(List<Tensor> raw, ImageShape shape) {
        return List.of(raw.get(0).mul(scalar(SCALE)));
    }

    @Override
    Tensor on(Tensor images, List<Tensor> meant) {
        return images.add(meant.get(0)).clamp(new ScalarOptional(scalar(0)), new ScalarOptional(scalar(1)));
    }

    @Override
    Tensor sizes(List<Tensor> meant) {
        return sum(meant.get(0).square().mean(CHANNELS, true, new ScalarTypeOptional()));
    }

    @Override
    List<Tensor> times(List<Tensor> meant, double factor) {
        return List.of(meant.get(0).mul(scalar(factor)));
    }

    @Override
    InvertedTrigger trigger(Aim aim, int target, ImageShape shape, List<Tensor> meant, Ratio success) {
        return new AddedTrigger(aim, target, shape, Tensors.toArray(meant.get(0)), success);
    }
}
