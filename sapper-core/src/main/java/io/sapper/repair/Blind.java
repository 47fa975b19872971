package io.sapper.repair;

import io.sapper.data.Dataset;
import io.sapper.defense.FineTuning;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.training.Progress;
import io.sapper.training.TrainingOptions;

/** {@link FineTuning} on varied clean images: for what nobody saw. */
final class Blind implements Rung {
    @Override
    public String text() {
        return "Fine-tuning on varied images (Liu et al. 2018)";
    }

    @Override
    public FineTuning.Outcome tune(
            Graph graph, Dataset clean, TrainingOptions options, long seed, Compute compute, Progress progress) {
        return FineTuning.tune(graph, clean, options, true, seed, compute, progress);
    }
}
