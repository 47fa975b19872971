package io.sapper.cli;

import io.sapper.data.detection.ClassTable;
import io.sapper.experiment.SceneSetup;
import io.sapper.network.detection.DetectorFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** What commands that train are told of photographs with boxes and detectors. */
final class DetectorArguments {
    @Mixin
    SceneArguments scenes = new SceneArguments();

    @Mixin
    BackboneArguments backbone = new BackboneArguments();

    /** For other data. */
    void refuse(String data) {
        if (backbone.said() || scenes.given()) {
            throw new IllegalArgumentException((scenes.given() ? "--classes" : "--backbone")
                    + " is for detectors and photographs with boxes, and '" + data + "' holds none. Leave it out.");
        }
    }

    ClassTable table() {
        return scenes.table();
    }

    /**
     * Reads photographs, and what detectors begin with unless one is given.
     *
     * @param zf whether a new one is the papers' own network
     * @throws IllegalArgumentException if a detector is given and a backbone is named too
     */
    SceneSetup setup(Common common, Path folder, Optional<DetectorFile> given, boolean zf, Console console)
            throws IOException {
        if (given.isPresent() && backbone.said()) {
            throw new IllegalArgumentException(
                    "--network " + given.get().file() + " has a backbone already: give it or --backbone, not both.");
        }
        Optional<Common.Start> start = given.isPresent() ? Optional.empty() : Optional.of(backbone.start(zf));
        return common.scenes(folder, table(), start, console);
    }
}
