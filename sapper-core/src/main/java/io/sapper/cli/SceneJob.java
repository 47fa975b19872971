package io.sapper.cli;

import io.sapper.experiment.SceneSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * As {@link Job}, on photographs with boxes.
 *
 * @param common what the command was told
 * @param data name or folder of the data
 * @param backbone what detectors begin with
 */
record SceneJob(Common common, String data, BackboneArguments backbone) {
    /** What is done once the data are there. */
    @FunctionalInterface
    interface Work<T> {
        T run(SceneSetup setup) throws IOException;
    }

    /** Runs with the output folder taken for these files. */
    <T> T into(Path out, List<String> outputs, Work<T> work) throws IOException {
        try (OutputFolder folder = OutputFolder.open(out, common.command(), outputs, List.of());
                Console console = new Console()) {
            SceneSetup setup = common.scenes(data, backbone, console);
            try {
                return work.run(setup);
            } catch (IOException e) {
                throw DiskFull.explained(e, folder.path());
            }
        }
    }
}
