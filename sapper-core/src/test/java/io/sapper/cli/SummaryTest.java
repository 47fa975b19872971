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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static String printed(int bad) {
        RunResult some = SampleResults.evaluateOnly();
        List<Check> checks = IntStream.range(0, bad)
                .mapToObj(i -> new Check("check " + i, "no", "yes", Outcome.BAD))
                .toList();
        RunResult result = new RunResult(
                some.command(),
                some.commandLine(),
                some.title(),
                new Verdict(Outcome.BAD, "All went wrong.", checks),
                List.of(),
                1,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                some.environment());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Summary.print(result, false, null, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void fiveChecksAreNamedAndTheOthersCounted() {
        assertThat(printed(5)).contains("  bad: check 4: no; wanted: yes").doesNotContain("more");
        assertThat(printed(7)).contains("check 4", "  and 2 more").doesNotContain("check 5");
    }
}
