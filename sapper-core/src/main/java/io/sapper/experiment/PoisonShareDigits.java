package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.poison.AllToAll;
import io.sapper.poison.PoisonShare;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * BadNets, Figure 6: the all-to-all attack with 10, 33 and 50 % backdoored images in the enlarged training set, and
 * with 1, 2, 5 and 20 % too. {@code sapper reproduce badnets.share}; all seven take some five minutes a seed on two
 * cores. Expected: the more of them, the smaller the backdoor error.
 */
final class PoisonShareDigits implements Divided {
    /** Shares of the enlarged set, as p: copies per clean image. */
    private static final Map<String, Double> SHARES = new LinkedHashMap<>();

    static {
        SHARES.put("1 % backdoored", 0.01 / 0.99);
        SHARES.put("2 % backdoored", 0.02 / 0.98);
        SHARES.put("5 % backdoored", 0.05 / 0.95);
        SHARES.put("10 % backdoored", 1.0 / 9); // the paper's
        SHARES.put("20 % backdoored", 0.25);
        SHARES.put("33 % backdoored", 0.5); // the paper's
        SHARES.put("50 % backdoored", 1.0); // the paper's
    }

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
    public List<String> parts() {
        return List.copyOf(SHARES.keySet());
    }

    @Override
    public Found part(Setup setup, TrainingOptions training, String part) throws IOException {
        BadNet.Options attack = new BadNet.Options(
                new PixelPattern(), new AllToAll(), PoisonShare.p(SHARES.getOrDefault(part, Double.NaN)));
        return Found.of(List.of(new Laboratory(setup, "reproduce", source())
                .attacked(part, attack, training)
                .row()));
    }
}
