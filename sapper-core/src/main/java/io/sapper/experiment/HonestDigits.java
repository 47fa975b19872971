package io.sapper.experiment;

import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.List;

/**
 * BadNets, section 4.1.1, tables 1 and 2: the honest digit network. {@code sapper reproduce badnets.baseline}; about
 * two minutes a seed on two cores. Expected: at least 99.2 %.
 */
final class HonestDigits implements Experiment {
    @Override
    public String source() {
        return "BadNets, Table 2, baseline";
    }

    @Override
    public List<Published> published() {
        return List.of(new Published(Laboratory.HONEST, Measure.CLEAN_ERROR, 0.0050, CONFIRMED));
    }

    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.full(replicas);
    }

    @Override
    public Found run(Setup setup, TrainingOptions training) throws IOException {
        return Found.of(List.of(
                new Laboratory(setup, "reproduce", source()).honest(training).row()));
    }
}
