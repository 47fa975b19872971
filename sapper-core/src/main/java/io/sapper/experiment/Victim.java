package io.sapper.experiment;

import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.audio.Recordings;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SoundTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One of the systems that the papers attack and defend.
 *
 * @param name in tables, for example {@code face}
 * @param data what it works on
 * @param network that is trained
 * @param attack the paper's: the baseline one is its {@code badNet}; its layer is the one that the defender prunes
 * @param heldOut samples of the training data that the defender keeps
 * @param training of the honest network, for a number of replicas
 * @param retraining of the attacks, which begin with an honest network
 */
record Victim(
        String name,
        Data data,
        Network network,
        PruningAwareAttack.Options attack,
        int heldOut,
        IntFunction<TrainingOptions> training,
        IntFunction<TrainingOptions> retraining) {
    /**
     * Data here and in the paper.
     *
     * @param id by the name that users type
     * @param papers the paper's, in words
     * @param classes of the paper's, by which they are known; 0 where they cannot be had
     */
    record Data(String id, String papers, int classes) {}

    /**
     * The network here.
     *
     * @param architecture to be trained
     * @param size rows and columns that it is meant for; 0 where it takes what there is
     * @param departs how it is not the paper's, one sentence; empty where it is
     */
    record Network(Architecture architecture, int size, String departs) {}

    /**
     * Checks that the network is given what it is meant for.
     *
     * @throws IllegalArgumentException if it is not, with the way out
     */
    void check(Dataset train) {
        boolean sound = attack.badNet().trigger() instanceof SoundTrigger;
        if (sound != train.samples() instanceof Recordings) {
            throw new IllegalArgumentException("fine-pruning." + name + " is about "
                    + (sound ? "recordings" : "pictures") + ", but " + train.name() + " has "
                    + train.samples().noun() + ". Leave --data out to take " + data.id() + ".");
        }
        ImageShape shape = train.shape();
        if (network.size() > 0 && (shape.height() != network.size() || shape.width() != network.size())) {
            throw new IllegalArgumentException(
                    "The network " + network.architecture().id() + " is meant for " + network.size() + "x"
                            + network.size() + ", but " + train.name() + " is read as " + shape.height() + "x"
                            + shape.width() + ". Add --size " + network.size() + " and run fine-pruning." + name
                            + " by itself, or take --scale small.");
        }
    }

    /**
     * What is not the paper's, each one sentence.
     *
     * @param used the name of the data
     * @param classes that they have
     */
    List<String> deviations(String used, int classes) {
        List<String> deviations = new ArrayList<>();
        if (data.classes() == 0 || data.classes() != classes) {
            deviations.add("The data of " + name + " are " + used + "; the paper's are " + data.papers() + ".");
        }
        if (!network.departs().isEmpty()) {
            deviations.add(network.departs());
        }
        return deviations;
    }
}
