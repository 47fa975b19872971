package io.sapper.experiment;

import io.sapper.data.detection.SceneSplit;
import io.sapper.network.Compute;
import io.sapper.training.TrainedDetectors;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every run on photographs with boxes needs.
 *
 * @param data already read
 * @param abroad photographs of another country, for experiments in which somebody retrains a detector for them
 * @param start what new detectors are; null where one is given
 * @param seed of every random choice
 * @param compute where numbers are made
 * @param replicas networks that share a batch in training
 * @param trained where detectors are kept that experiments have trained; absent: nowhere
 * @param reporter hears how it goes on
 * @param commandLine the words that the user typed, for the result; empty where there were none
 */
public record SceneSetup(
        SceneSplit data,
        Optional<SceneSplit> abroad,
        @Nullable DetectorStart start,
        long seed,
        Compute compute,
        int replicas,
        Optional<TrainedDetectors> trained,
        Reporter reporter,
        List<String> commandLine) {
    public SceneSetup {
        commandLine = List.copyOf(commandLine);
    }

    /**
     * What new detectors are.
     *
     * @throws IllegalStateException if there is nothing: a run on a given detector needs none
     */
    @Override
    public DetectorStart start() {
        if (start == null) {
            throw new IllegalStateException("A run on a given detector begins no new one.");
        }
        return start;
    }

    /** Of one country only. */
    public SceneSetup(
            SceneSplit data,
            @Nullable DetectorStart start,
            long seed,
            Compute compute,
            int replicas,
            Reporter reporter,
            List<String> commandLine) {
        this(data, Optional.empty(), start, seed, compute, replicas, Optional.empty(), reporter, commandLine);
    }

    /** With photographs of another country. */
    public SceneSetup withAbroad(SceneSplit other) {
        return new SceneSetup(data, Optional.of(other), start, seed, compute, replicas, trained, reporter, commandLine);
    }

    /** The same with other data. */
    public SceneSetup withData(SceneSplit other) {
        return new SceneSetup(other, abroad, start, seed, compute, replicas, trained, reporter, commandLine);
    }

    /** The same, which keeps trained detectors there. */
    public SceneSetup withTrained(TrainedDetectors folder) {
        return new SceneSetup(data, abroad, start, seed, compute, replicas, Optional.of(folder), reporter, commandLine);
    }
}
