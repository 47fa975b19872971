package io.sapper.repair;

import io.sapper.data.Dataset;
import io.sapper.defense.FineTuning;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.training.Progress;
import io.sapper.training.TrainingOptions;

/** One repair of a ladder: tunes a network on clean images in its own way. */
interface Rung {
    /** What it is and does, in a few words, for people. */
    String text();

    /** Tunes; the given graph stays as it is. */
    FineTuning.Outcome tune(
            Graph graph, Dataset clean, TrainingOptions options, long seed, Compute compute, Progress progress);
}
