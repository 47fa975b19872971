package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.Obtained;
import io.sapper.network.Compute;
import io.sapper.result.ActivationProfile;
import io.sapper.result.AttackSummary;
import io.sapper.result.Cost;
import io.sapper.result.DataSummary;
import io.sapper.result.FilterPictures;
import io.sapper.result.Measurement;
import io.sapper.result.PruningCurve;
import io.sapper.result.RunResult;
import io.sapper.result.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a run finds, piece by piece, until it is a {@link RunResult}. */
final class Run {
    private final String command;
    private final String title;
    private final long seed;
    private final Compute compute;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<DataSummary> data = new ArrayList<>();
    private final List<Cost> costs = new ArrayList<>();
    private long stepStart = System.nanoTime();

    @Nullable
    AttackSummary attack;

    @Nullable
    Measurement honest;

    @Nullable
    Measurement backdoored;

    @Nullable
    Measurement pruned;

    @Nullable
    Measurement fineTuned;

    @Nullable
    Measurement repaired;

    @Nullable
    PruningCurve pruning;

    @Nullable
    FilterPictures filters;

    List<ActivationProfile> activations = List.of();
    List<Sample> samples = List.of();

    Run(String command, String title, long seed, Compute compute) {
        this.command = command;
        this.title = title;
        this.seed = seed;
        this.compute = compute;
    }

    void source(Obtained obtained) {
        setting("data", obtained.source());
        warnings.addAll(obtained.warnings());
    }

    void setting(String name, Object value) {
        settings.put(name, value.toString());
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    void used(String role, Dataset part) {
        data.add(new DataSummary(role, part.name(), part.size(), part.digest()));
    }

    /** Begins to time a step. */
    void begin() {
        stepStart = System.nanoTime();
    }

    /** Ends the step that {@link #begin} began. */
    void cost(String step, long forwardPasses, long tailPasses, long trainingPasses) {
        double seconds = (System.nanoTime() - stepStart) / 1e9;
        costs.add(new Cost(step, seconds, forwardPasses, tailPasses, trainingPasses));
        begin();
    }

    RunResult result(String verdict, boolean good) {
        return new RunResult(
                command,
                title,
                verdict,
                good,
                warnings,
                seed,
                settings,
                data,
                attack,
                honest,
                backdoored,
                pruned,
                fineTuned,
                repaired,
                pruning,
                activations,
                filters,
                samples,
                costs,
                Host.environment(compute));
    }
}
