package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.poison.AllToAll;
import io.sapper.poison.PoisonShare;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.util.List;

/**
 * BadNets, Table 2: the four-pixel pattern, all-to-all. {@code sapper reproduce badnets.all-to-all}; about two minutes
 * a seed on two cores. Expected: backdoor error at most 1 %, clean accuracy within 0.2 points of the honest network's.
 * The paper does not say which share of backdoored images its table is of; here it is half of the enlarged set (p = 1).
 */
final class AllToAllDigits implements Experiment {
    @Override
    public String source() {
        return "BadNets, Table 2, BadNet";
    }

    @Override
    public List<Published> published() {
        return List.of(
                new Published("all-to-all", Measure.CLEAN_ERROR, 0.0048, CONFIRMED),
                new Published("all-to-all", Measure.BACKDOOR_ERROR, 0.0056, CONFIRMED));
    }

    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.full(replicas).withEpochs(5); // of twice as many images
    }

    @Override
    public Found run(Setup setup, TrainingOptions training) throws IOException {
        BadNet.Options attack = new BadNet.Options(new PixelPattern(), new AllToAll(), PoisonShare.p(1));
        return Found.of(
                List.of(new Laboratory(setup, "reproduce", source()).attackedRow("all-to-all", attack, training)));
    }
}
