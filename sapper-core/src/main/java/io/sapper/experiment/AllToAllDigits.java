package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.metric.Ratio;
import io.sapper.poison.AllToAll;
import io.sapper.poison.PoisonShare;
import io.sapper.result.HeatMap;
import io.sapper.result.Measurement;
import io.sapper.result.Measurement.ClassRow;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * BadNets, Table 2: the four-pixel pattern, all-to-all, beside an honest network, class by class. {@code sapper
 * reproduce badnets.all-to-all}; the BadNet takes about two minutes a seed on two cores, the honest network as many
 * steps. Expected: backdoor error at most 1 %, clean accuracy within 0.2 points of the honest network's. The paper does
 * not say which share of backdoored images its table is of; here it is half of the enlarged set (p = 1).
 */
final class AllToAllDigits implements Divided {
    private static final String BADNET = "all-to-all";

    /** In percent, as printed: class by class, then the average; honest clean, BadNet clean, BadNet backdoor. */
    private static final double[][] TABLE_2 = {
        {0.10, 0.10, 0.31},
        {0.18, 0.26, 0.18},
        {0.29, 0.29, 0.78},
        {0.50, 0.40, 0.50},
        {0.20, 0.40, 0.61},
        {0.45, 0.50, 0.67},
        {0.84, 0.73, 0.73},
        {0.58, 0.39, 0.29},
        {0.72, 0.72, 0.61},
        {1.19, 0.99, 0.99},
        {0.50, 0.48, 0.56}
    };

    @Override
    public String source() {
        return "BadNets, Table 2";
    }

    @Override
    public List<Published> published() {
        return List.of(
                new Published(Laboratory.HONEST, Measure.CLEAN_ERROR, 0.0050, CONFIRMED),
                new Published(BADNET, Measure.CLEAN_ERROR, 0.0048, CONFIRMED),
                new Published(BADNET, Measure.BACKDOOR_ERROR, 0.0056, CONFIRMED));
    }

    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.full(replicas).withEpochs(5); // of twice as many images
    }

    @Override
    public List<String> parts() {
        return List.of(Laboratory.HONEST, BADNET);
    }

    @Override
    public Found part(Setup setup, TrainingOptions training, String part) throws IOException {
        Laboratory laboratory = new Laboratory(setup, "reproduce", source());
        boolean honest = part.equals(Laboratory.HONEST);
        BadNet.Options attack = new BadNet.Options(new PixelPattern(), new AllToAll(), PoisonShare.p(1));
        Laboratory.Trained trained = honest
                ? laboratory.honest(training.withEpochs(2 * training.epochs())) // as many steps, of half as many images
                : laboratory.attacked(BADNET, attack, training);
        return new Found(List.of(trained.row()), List.of(table(trained.seen(), honest)));
    }

    /** The columns of this network; those of the other are empty. */
    private static HeatMap table(Measurement seen, boolean honest) {
        List<String> rows = new ArrayList<>();
        List<List<List<Double>>> ours = new ArrayList<>();
        for (ClassRow one : seen.classes()) {
            rows.add(one.name());
            ours.add(errors(honest, one.cleanAccuracy(), one.attackSuccessRate()));
        }
        rows.add("average");
        ours.add(errors(honest, seen.cleanAccuracy(), seen.attackSuccessRate()));
        return new HeatMap(
                "Error of each class",
                "true digit",
                "network",
                rows,
                List.of("honest, clean", "BadNet, clean", "BadNet, backdoor"),
                ours,
                rows.size() == TABLE_2.length ? HeatMap.percent(TABLE_2) : List.of(),
                CONFIRMED);
    }

    private static List<List<Double>> errors(boolean honest, Ratio clean, Ratio attack) {
        return honest ? List.of(error(clean), List.of(), List.of()) : List.of(List.of(), error(clean), error(attack));
    }

    private static List<Double> error(Ratio accuracy) {
        return accuracy.total() == 0 ? List.of() : List.of(1 - accuracy.value());
    }
}
