package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.poison.AllToAll;
import io.sapper.poison.PoisonShare;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * BadNets, Figure 6: the all-to-all attack with 10, 33 and 50 % backdoored images in the enlarged training set.
 * {@code sapper reproduce badnets.share}; about four minutes a seed on two cores. Expected: the more of them, the
 * smaller the backdoor error.
 */
final class PoisonShareDigits implements Experiment {
    /** The paper's shares of the enlarged set, as p: copies per clean image. */
    private static final Map<String, Double> SHARES =
            new TreeMap<>(Map.of("10 % backdoored", 1.0 / 9, "33 % backdoored", 0.5, "50 % backdoored", 1.0));

    @Override
    public String source() {
        return "BadNets, Figure 6 (digitised from the workshop version)";
    }

    @Override
    public List<Published> published() {
        return List.of(
                new Published("10 % backdoored", Measure.CLEAN_ERROR, 0.0047, CONFIRMED),
                new Published("10 % backdoored", Measure.BACKDOOR_ERROR, 0.0100, CONFIRMED),
                new Published("33 % backdoored", Measure.CLEAN_ERROR, 0.0048, CONFIRMED),
                new Published("33 % backdoored", Measure.BACKDOOR_ERROR, 0.0066, CONFIRMED),
                new Published("50 % backdoored", Measure.CLEAN_ERROR, 0.0054, CONFIRMED),
                new Published("50 % backdoored", Measure.BACKDOOR_ERROR, 0.0049, CONFIRMED));
    }

    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.full(replicas).withEpochs(5);
    }

    @Override
    public Found run(Setup setup, TrainingOptions training) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Double> share : SHARES.entrySet()) {
            BadNet.Options attack =
                    new BadNet.Options(new PixelPattern(), new AllToAll(), PoisonShare.p(share.getValue()));
            rows.add(new Laboratory(setup, "reproduce", source()).attackedRow(share.getKey(), attack, training));
        }
        return Found.of(rows);
    }
}
