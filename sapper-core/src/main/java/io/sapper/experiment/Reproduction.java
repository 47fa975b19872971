package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.AllToAll;
import io.sapper.poison.AllToOne;
import io.sapper.poison.Goal;
import io.sapper.poison.OneToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.result.Environment;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import io.sapper.trigger.SinglePixel;
import io.sapper.trigger.Trigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Experiments of the papers on digits, run again with several seeds. */
public enum Reproduction {
    /** BadNets, section 4.1: the honest network. Published: 99.5 % (confirmed). */
    HONEST,
    /** BadNets, Table 2: pattern, all-to-all. Published: backdoor error 0.56 %, clean error 0.48 % (confirmed). */
    ALL_TO_ALL,
    /** BadNets, Figure 4: single pixel, three of the 90 pairs. Published: backdoor error at most 0.09 % (confirmed). */
    ONE_TO_ONE,
    /** Fine-Pruning on the all-to-one BadNet of {@link Demo}; the papers do not have digits. */
    FINE_PRUNING;

    private static final List<OneToOne> PAIRS = List.of(new OneToOne(1, 7), new OneToOne(4, 9), new OneToOne(8, 0));

    /**
     * One network of an experiment.
     *
     * @param seed of every choice
     * @param what for example {@code honest} or {@code one-to-one:1:7}
     * @param cleanAccuracy on test data
     * @param attackSuccessRate one minus the paper's backdoor error; absent for honest networks
     * @param recoveredAccuracy absent for honest networks
     */
    public record Row(
            long seed,
            String what,
            Ratio cleanAccuracy,
            @Nullable Ratio attackSuccessRate,
            @Nullable Ratio recoveredAccuracy) {}

    /**
     * What an experiment gave.
     *
     * @param experiment its name
     * @param training settings
     * @param data where the data came from
     * @param rows network by network
     * @param environment where it ran
     */
    public record Outcome(String experiment, String training, String data, List<Row> rows, Environment environment) {}

    /** The name that users type. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The experiment of this name; the error lists those there are. */
    public static Reproduction of(String id) {
        return Arrays.stream(values())
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown experiment '" + id + "'. Known: "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(Reproduction::id).toList()) + "."));
    }

    /** Settings where the user gives none. */
    public TrainingOptions training(int replicas) {
        return this == FINE_PRUNING ? Recipes.quick(replicas) : Recipes.full(replicas);
    }

    /** Runs it with the seed of the setup and the {@code seeds - 1} after it. */
    public Outcome run(Setup setup, int seeds, TrainingOptions training) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (long seed = setup.seed(); seed < setup.seed() + seeds; seed++) {
            setup.reporter().message("Seed " + seed);
            rows.addAll(
                    one(new Setup(setup.data(), seed, setup.compute(), setup.replicas(), setup.reporter()), training));
        }
        return new Outcome(
                id(), training.fingerprint(), setup.data().source(), rows, Host.environment(setup.compute()));
    }

    private List<Row> one(Setup setup, TrainingOptions training) throws IOException {
        Laboratory lab = new Laboratory(setup, "reproduce", id());
        Dataset train = lab.split().train();
        return switch (this) {
            case HONEST -> List.of(honest(lab, setup, training));
            case ALL_TO_ALL -> List.of(attacked(lab, setup, train, new PixelPattern(), new AllToAll(), 1, training));
            case ONE_TO_ONE -> {
                List<Row> rows = new ArrayList<>();
                for (Goal pair : PAIRS) {
                    rows.add(attacked(lab, setup, train, new SinglePixel(), pair, 0.05, training));
                }
                yield rows;
            }
            case FINE_PRUNING -> finePruning(lab, setup, training);
        };
    }

    private static Row honest(Laboratory lab, Setup setup, TrainingOptions training) throws IOException {
        Task task = Task.clean(lab.split().test());
        Graph untrained = lab.untrained(Architecture.BADNETS_DIGITS);
        Graph graph = lab.trainHonest(untrained, lab.split().train(), training, Checkpoints.NONE);
        Evaluation seen = lab.evaluate("honest", graph, task);
        return new Row(setup.seed(), "honest", seen.cleanAccuracy(task), null, null);
    }

    private static Row attacked(
            Laboratory lab, Setup setup, Dataset train, Trigger trigger, Goal goal, double p, TrainingOptions training)
            throws IOException {
        Task task = Task.attacked(lab.split().test(), trigger, goal);
        BadNet.Options attack = new BadNet.Options(trigger, goal, PoisonShare.p(p));
        Graph untrained = lab.untrained(Architecture.BADNETS_DIGITS);
        Graph graph = lab.layBadNet(untrained, train, attack, training, Checkpoints.NONE);
        return row(setup, goal.spec(), lab.evaluate("BadNet", graph, task), task);
    }

    private static List<Row> finePruning(Laboratory lab, Setup setup, TrainingOptions training) throws IOException {
        Division division = Division.of(lab.split().train(), Demo.HELD_OUT, setup.seed());
        Goal goal = new AllToOne(Demo.TARGET);
        Task task = Task.attacked(lab.split().test(), new PixelPattern(), goal);
        BadNet.Options attack = new BadNet.Options(new PixelPattern(), goal, PoisonShare.p(Demo.POISON_SHARE));
        Graph badnet = lab.layBadNet(
                lab.untrained(Architecture.BADNETS_DIGITS), division.training(), attack, training, Checkpoints.NONE);
        FinePruning.Options options = Recipes.finePruning(
                Pruning.Options.PAPER, FinePruning.Options.DEFAULTS.allowedLoss(), setup.replicas());
        FinePruning.Options gentle =
                new FinePruning.Options(options.pruning(), options.tuning(), List.of(0.01), options.allowedLoss());
        List<Row> rows = new ArrayList<>();
        rows.add(row(setup, "BadNet", lab.evaluate("BadNet", badnet, task), task));
        FinePruning.Outcome asPublished = lab.finePrune(badnet, division.defender(), gentle, task);
        rows.add(row(
                setup, "pruned", lab.evaluate("pruned", asPublished.pruning().graph(), task), task));
        rows.add(
                row(setup, "fine-pruned, learning rate 0.01", lab.evaluate("gently", asPublished.graph(), task), task));
        FinePruning.Outcome repaired = lab.finePrune(badnet, division.defender(), options, task);
        double kept = repaired.attempts().get(repaired.attempts().size() - 1).learningRate();
        rows.add(row(
                setup,
                repaired.accepted() ? "fine-pruned, learning rate " + kept + " (kept)" : "fine-pruning refused",
                lab.evaluate("repaired", repaired.graph(), task),
                task));
        return rows;
    }

    private static Row row(Setup setup, String what, Evaluation seen, Task task) {
        return new Row(setup.seed(), what, seen.cleanAccuracy(task), seen.attackSuccess(task), seen.recovered(task));
    }
}
