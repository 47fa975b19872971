package io.sapper.experiment;

import io.sapper.result.Reproduced;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables and figures of the papers that can be run again, by the names that users type. */
public enum Reproduction {
    /** See {@link HonestDigits}. */
    HONEST,
    /** See {@link AllToAllDigits}. */
    ALL_TO_ALL,
    /** See {@link OneToOneDigits}: three pairs. */
    ONE_TO_ONE,
    /** See {@link OneToOneDigits}: all 90 pairs. */
    ONE_TO_ONE_ALL,
    /** See {@link PoisonShareDigits}. */
    POISON_SHARE,
    /** See {@link FinePruningDigits}. */
    FINE_PRUNING,
    /** See {@link FinePruningDigits}: attacks drawn by chance. */
    FINE_PRUNING_DRAWN;

    private Experiment experiment() {
        return switch (this) {
            case HONEST -> new HonestDigits();
            case ALL_TO_ALL -> new AllToAllDigits();
            case ONE_TO_ONE -> OneToOneDigits.three();
            case ONE_TO_ONE_ALL -> OneToOneDigits.all();
            case POISON_SHARE -> new PoisonShareDigits();
            case FINE_PRUNING -> FinePruningDigits.ofTheDemo();
            case FINE_PRUNING_DRAWN -> FinePruningDigits.ofDrawnAttacks();
        };
    }

    /** The name that users type. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it stands in which paper. */
    public String source() {
        return experiment().source();
    }

    /** All names, for messages. */
    public static String names() {
        return String.join(", ", Arrays.stream(values()).map(Reproduction::id).toList());
    }

    /** The experiment of this name; the error lists those there are. */
    public static Reproduction of(String id) {
        return Arrays.stream(values())
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Unknown experiment '" + id + "'. Known: " + names() + "."));
    }

    /** Settings where the user gives none. */
    public TrainingOptions training(int replicas) {
        return experiment().training(replicas);
    }

    /** Hears what is there after each seed. */
    @FunctionalInterface
    public interface SoFar {
        void keep(Reproduced reproduced) throws IOException;
    }

    /**
     * Runs it with the seed of the setup and the {@code seeds - 1} after it.
     *
     * @param soFar is given all rows after each seed, so that a run that is stopped has not been for nothing
     */
    public Reproduced run(Setup setup, int seeds, TrainingOptions training, SoFar soFar) throws IOException {
        Experiment experiment = experiment();
        List<Row> rows = new ArrayList<>();
        for (long seed = setup.seed(); seed < setup.seed() + seeds; seed++) {
            setup.reporter().message("Seed " + seed);
            rows.addAll(experiment.run(
                    new Setup(setup.data(), seed, setup.compute(), setup.replicas(), setup.reporter()), training));
            soFar.keep(reproduced(setup, training, experiment, rows));
        }
        return reproduced(setup, training, experiment, rows);
    }

    private Reproduced reproduced(Setup setup, TrainingOptions training, Experiment experiment, List<Row> rows) {
        return new Reproduced(
                id(),
                experiment.source(),
                training.fingerprint(),
                setup.data().source(),
                setup.data().warnings(),
                experiment.published(),
                rows,
                Host.environment(setup.compute()));
    }
}
