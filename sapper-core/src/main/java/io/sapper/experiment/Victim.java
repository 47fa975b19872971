package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.attack.Capacity;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.TrainingOptions;
import java.util.function.IntFunction;

/**
 * One of the systems that the papers attack and defend.
 *
 * @param name in tables, for example {@code face}
 * @param data by the name that users type
 * @param standIn what the data stand in for, one sentence; empty where they are the paper's own
 * @param network that is trained
 * @param layer that the defender prunes; empty for the default, mostly the last convolution
 * @param attack the paper's
 * @param live channels of that layer that a pruning-aware attacker leaves in use
 * @param capacity below which the attacker restores a channel and trains again
 * @param heldOut samples of the training data that the defender keeps
 * @param training for a number of replicas
 */
record Victim(
        String name,
        String data,
        String standIn,
        Architecture network,
        String layer,
        BadNet.Options attack,
        int live,
        Capacity capacity,
        int heldOut,
        IntFunction<TrainingOptions> training) {}
