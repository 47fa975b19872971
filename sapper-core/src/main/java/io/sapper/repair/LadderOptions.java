package io.sapper.repair;

import io.sapper.audit.Calibration;
import io.sapper.audit.Subject;
import io.sapper.audit.TriggerInversion;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Limits;
import io.sapper.training.TrainingOptions;
import java.time.Duration;
import java.util.List;

/**
 * How a ladder is climbed.
 *
 * @param method which of its rungs; {@link Method#AUTO} for all
 * @param tuning how each of them tunes
 * @param limits what a repair may cost, and how surely
 * @param search how triggers are looked for, before and after
 */
public record LadderOptions(Method method, Tuning tuning, Limits limits, Search search) {
    /**
     * How rungs tune.
     *
     * @param training its learning rate is replaced by those below
     * @param learningRates tried in this order until one is kept
     * @param leastUpdates of a tuning: where so few images are there that its epochs come to fewer, it gets more of
     *     them, up to four times as many; 0 for just the epochs said
     */
    public record Tuning(TrainingOptions training, List<Double> learningRates, int leastUpdates) {
        /** Half of fine-pruning's epochs and updates: three networks are tuned, and their mean goes out. */
        public static final Tuning DEFAULTS =
                new Tuning(FineTuning.DEFAULTS.withEpochs(5), List.of(0.05, 0.02, 0.01), 100);

        public Tuning {
            learningRates = List.copyOf(learningRates);
            if (learningRates.isEmpty()) {
                throw new IllegalArgumentException("At least one learning rate is needed.");
            }
            learningRates.forEach(training.optimizer()::withLearningRate); // which checks it
        }

        /** The same for twice as many epochs. */
        Tuning twiceAsLong() {
            return new Tuning(training.withEpochs(2 * training.epochs()), learningRates, 2 * leastUpdates);
        }

        /** At one of the rates, with as many epochs as this number of images needs. */
        TrainingOptions at(double learningRate, int images) {
            return FineTuning.longEnough(training, leastUpdates, images)
                    .withOptimizer(training.optimizer().withLearningRate(learningRate));
        }
    }

    /**
     * How triggers are looked for.
     *
     * @param images clean ones that are looked with, at most
     * @param budget the first search ends when it is used up
     * @param threads at once
     * @param inversion how a mask is searched for
     * @param calibration which masks are suspicious
     */
    public record Search(
            int images, Duration budget, int threads, TriggerInversion.Options inversion, Calibration calibration) {
        private static final Duration BUDGET = Duration.ofMinutes(10);

        /** As an audit does it where nobody says otherwise. */
        public static Search usual(int threads) {
            return new Search(
                    Subject.USUAL_IMAGES, BUDGET, threads, TriggerInversion.Options.DEFAULTS, Calibration.DEFAULTS);
        }

        /** The same with another budget. */
        public Search within(Duration another) {
            return new Search(images, another, threads, inversion, calibration);
        }
    }
}
