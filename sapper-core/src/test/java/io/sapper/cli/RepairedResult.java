package io.sapper.cli;

import io.sapper.experiment.Host;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The result of a repair that wrote a network. */
final class RepairedResult {
    private RepairedResult() {}

    static void write(Path file, String sha256) throws IOException {
        Results.write(
                new RunResult(
                        "repair",
                        List.of(),
                        "a repair",
                        new Verdict(Outcome.UNKNOWN, "No trigger is known.", List.of()),
                        List.of(),
                        1,
                        Map.of(),
                        List.of(new ModelSummary(ModelSummary.WRITTEN, "repaired.onnx", 1, sha256)),
                        List.of(),
                        List.of(),
                        List.of(),
                        Host.withoutEngine()),
                file);
    }
}
