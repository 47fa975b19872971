package io.sapper.attack;

import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.poison.Goal;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.Poisoned;
import io.sapper.poison.Poisoner;
import io.sapper.training.Checkpoints;
import io.sapper.training.Presentation;
import io.sapper.training.Progress;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import io.sapper.training.TrainingSummary;
import io.sapper.trigger.Trigger;
import java.io.IOException;

/**
 * A network that obeys a trigger. BadNets (Gu et al. 2017), section 4.1: copies of training images get the trigger and
 * the attacker's label and are added to the training set; then the network is trained as always. The attacker may see
 * all training data and choose the training settings, but not change the architecture.
 *
 * <p>The paper publishes neither optimizer nor epochs; they are arguments.
 */
public final class BadNet {
    private BadNet() {}

    /**
     * The attack.
     *
     * @param trigger what a backdoored input carries
     * @param goal what it shall be taken for
     * @param share how many copies are added
     */
    public record Options(Trigger trigger, Goal goal, PoisonShare share) {}

    /**
     * What the attack made.
     *
     * @param graph the backdoored network
     * @param poisoned the training set it was trained on
     * @param training how it went
     */
    public record Outcome(Graph graph, Poisoned poisoned, TrainingSummary training) {}

    /**
     * Poisons the data, then trains.
     *
     * @param untrained the architecture with its first weights
     * @throws IOException if a checkpoint cannot be read or written
     */
    public static Outcome lay(
            Graph untrained,
            Dataset clean,
            Options options,
            TrainingOptions training,
            long seed,
            Compute compute,
            Progress progress,
            Checkpoints checkpoints)
            throws IOException {
        Poisoned poisoned = Poisoner.poison(clean, options.trigger(), options.goal(), options.share(), seed);
        try (Network network = Network.of(untrained, compute)) {
            Presentation shown = PoisonedEpochs.of(poisoned, options.trigger(), training.treatment(), seed);
            TrainingSummary summary =
                    Trainer.train(network, poisoned.data(), training, seed, progress, checkpoints, shown);
            return new Outcome(network.snapshot(), poisoned, summary);
        }
    }
}
