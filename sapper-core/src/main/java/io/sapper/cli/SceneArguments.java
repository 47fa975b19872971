package io.sapper.cli;

import io.sapper.data.detection.ClassTable;
import io.sapper.experiment.SceneSetup;
import io.sapper.network.detection.DetectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that train are told of photographs with boxes and detectors. */
final class SceneArguments {
    @Mixin
    BackboneArguments backbone = new BackboneArguments();

    @Option(
            names = "--classes",
            paramLabel = "NEW=OLD,...",
            arity = "1..*",
            description = "What the classes of photographs with boxes become, several with spaces between:"
                    + " stop=stop,stopAhead speedlimit. Others are left out. Default: as they are.")
    List<String> classes = List.of();

    /** For other data. */
    void refuse(String data) {
        if (backbone.said() || !classes.isEmpty()) {
            throw new IllegalArgumentException((classes.isEmpty() ? "--backbone" : "--classes")
                    + " is for detectors and photographs with boxes, and '" + data + "' holds none. Leave it out.");
        }
    }

    ClassTable table() {
        return ClassTable.parse(classes);
    }

    /**
     * Reads photographs, and what detectors begin with unless one is given.
     *
     * @throws IllegalArgumentException if a detector is given and a backbone is named too
     */
    SceneSetup setup(Common common, Path folder, Optional<DetectorFile> given, Console console) throws IOException {
        if (given.isPresent() && backbone.said()) {
            throw new IllegalArgumentException(
                    "--network " + given.get().file() + " has a backbone already: give it or --backbone, not both.");
        }
        Optional<BackboneArguments> start = given.isPresent() ? Optional.empty() : Optional.of(backbone);
        return common.scenes(folder, table(), start, console);
    }
}
