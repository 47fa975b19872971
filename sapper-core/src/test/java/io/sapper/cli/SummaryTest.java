package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.Outcome;
import io.sapper.result.RunResult;
import io.sapper.result.SampleResults;
import io.sapper.result.Verdict;
import io.sapper.result.Verdict.Check;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static String printed(int bad) {
        return printed(bad, List.of(), Set.of());
    }

    private static String printed(int bad, List<String> warnings, Set<String> told) {
        RunResult some = SampleResults.evaluateOnly();
        List<Check> checks = IntStream.range(0, bad)
                .mapToObj(i -> new Check("check " + i, "no", "yes", Outcome.BAD))
                .toList();
        RunResult result = new RunResult(
                some.command(),
                some.commandLine(),
                some.title(),
                new Verdict(Outcome.BAD, "All went wrong.", checks),
                warnings,
                1,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                some.environment());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Summary.print(result, false, null, new PrintStream(bytes, true, StandardCharsets.UTF_8), told);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void fiveChecksAreNamedAndTheOthersCounted() {
        assertThat(printed(5)).contains("  bad: check 4: no; wanted: yes").doesNotContain("more");
        assertThat(printed(7)).contains("check 4", "  and 2 more").doesNotContain("check 5");
    }

    /** What is warned of while data are fetched is a warning of the result too. */
    @Test
    void whatTheConsoleHasWarnedOfIsNotSaidAgain() {
        Set<String> told = new HashSet<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, 80, told)) {
            console.warning("There is no such folder.");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("WARNING: There is no such folder.");
        assertThat(printed(1, List.of("There is no such folder.", "Few images."), told))
                .startsWith("WARNING: Few images.")
                .doesNotContain("folder");
    }
}
