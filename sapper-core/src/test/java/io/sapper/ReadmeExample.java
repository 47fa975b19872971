package io.sapper;

import io.sapper.data.Catalogue;
import io.sapper.data.Holdout;
import io.sapper.data.Split;
import io.sapper.defense.FinePruning;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.training.Progress;
import java.io.IOException;
import java.nio.file.Path;

/** The example of the README; {@link ReadmeTest} checks that both are the same. */
final class ReadmeExample {
    private ReadmeExample() {}

    static boolean repair(Path model, Path repaired) throws IOException {
        // <api>
        Engine.threads(2);
        Split digits = Catalogue.load("mnist").split();
        Holdout clean = Holdout.of(digits.train(), 8_000, 2_000, 1);
        Graph suspect = OnnxReader.read(model);
        FinePruning.Outcome outcome = FinePruning.repair(
                suspect,
                clean.fineTuning(),
                clean.validation(),
                FinePruning.Options.DEFAULTS,
                1,
                Compute.CPU,
                Progress.NONE);
        OnnxWriter.write(outcome.graph().orElseThrow(), repaired); // refused: no graph
        // </api>
        return outcome.accepted();
    }
}
