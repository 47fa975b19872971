package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help lists what a command looks at, and nothing that it would take and forget. */
class HelpTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            demo      | --min-accuracy --max-attack-success --min-attack-success --strict
            train     | --min-accuracy --strict
            attack    | --min-accuracy --min-attack-success --strict
            evaluate  | --min-accuracy --max-attack-success --strict
            repair    | --min-accuracy --max-attack-success --strict
            reproduce | --min-accuracy --max-attack-success --min-attack-success --strict
            """)
    void listsTheLimitsThatTheCommandUses(String command, String limits) {
        String help = sapper(command, "--help").out();
        for (String limit :
                new String[] {"--min-accuracy", "--max-attack-success", "--min-attack-success", "--strict"}) {
            boolean listed = help.lines().anyMatch(line -> line.matches(" +" + limit + "\\b.*"));
            assertThat(listed)
                    .as(limit)
                    .isEqualTo(Arrays.asList(limits.split(" ")).contains(limit));
        }
    }

    /** What a help text says is said by itself: a stray sign of a format would be warned of on standard error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "train",
                "attack",
                "evaluate",
                "audit",
                "detect",
                "repair",
                "inspect",
                "verify",
                "sign",
                "reproduce",
                "report",
                "data",
                "doctor"
            })
    void everyHelpIsClean(String command) {
        Ran ran = sapper(command, "--help");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: sapper " + command).doesNotContain("%%");
    }

    @Test
    void helpIsACommandToo() {
        Ran ran = sapper("help", "demo");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo(sapper("demo", "--help").out()).contains("Usage: sapper demo");
        assertThat(sapper("help").out()).isEqualTo(sapper("--help").out());
    }

    private static Ran sapper(Object... words) {
        return Ran.sapper(Ran.nowhere(Path.of("nowhere")), words);
    }
}
