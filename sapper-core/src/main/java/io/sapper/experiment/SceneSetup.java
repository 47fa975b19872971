package io.sapper.experiment;

import io.sapper.data.detection.SceneSplit;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Preprocessing;
import io.sapper.training.TrainedDetectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every run on photographs with boxes needs.
 *
 * @param data already read
 * @param abroad photographs of another country, for experiments in which somebody retrains a detector for them
 * @param backbone what detectors begin with; null where one is given
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
        @Nullable BackboneFile backbone,
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
     * What detectors begin with.
     *
     * @throws IllegalStateException if there is nothing: a run on a given detector needs none
     */
    @Override
    public BackboneFile backbone() {
        if (backbone == null) {
            throw new IllegalStateException("A run on a given detector has no backbone of its own.");
        }
        return backbone;
    }

    /**
     * A classifier whose convolutions a detector begins with.
     *
     * @param file that it was read from
     * @param graph of it
     * @param layers whose feature maps are taken
     * @param input what pictures become before they are its input
     */
    public record BackboneFile(Path file, Graph graph, List<String> layers, Preprocessing input) {
        public BackboneFile {
            layers = List.copyOf(layers);
        }
    }

    /** Of one country only. */
    public SceneSetup(
            SceneSplit data,
            @Nullable BackboneFile backbone,
            long seed,
            Compute compute,
            int replicas,
            Reporter reporter,
            List<String> commandLine) {
        this(data, Optional.empty(), backbone, seed, compute, replicas, Optional.empty(), reporter, commandLine);
    }

    /** With photographs of another country. */
    public SceneSetup withAbroad(SceneSplit other) {
        return new SceneSetup(
                data, Optional.of(other), backbone, seed, compute, replicas, trained, reporter, commandLine);
    }

    /** The same with other data. */
    public SceneSetup withData(SceneSplit other) {
        return new SceneSetup(other, abroad, backbone, seed, compute, replicas, trained, reporter, commandLine);
    }

    /** The same, which keeps trained detectors there. */
    public SceneSetup withTrained(TrainedDetectors folder) {
        return new SceneSetup(
                data, abroad, backbone, seed, compute, replicas, Optional.of(folder), reporter, commandLine);
    }
}
