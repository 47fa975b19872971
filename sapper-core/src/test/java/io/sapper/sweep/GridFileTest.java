package io.sapper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridFileTest {
    @TempDir
    Path folder;

    @Test
    void asPeopleWriteIt() throws IOException {
        Grid grid = read("""
                # all goals but one
                run: attack
                settings:
                  data: mnist
                  trigger: [pixel, pattern]
                  goal: one-to-one:{6..8}:7
                  seed: {1..2}
                  share: {0.1,p=0.2}
                  network: no
                except:
                  goal: one-to-one:7:7
                """);
        assertThat(grid)
                .isEqualTo(new Grid(
                        List.of("attack"),
                        List.of(
                                new Setting("data", List.of("mnist")),
                                new Setting("trigger", List.of("pixel", "pattern")),
                                new Setting("goal", List.of("one-to-one:6:7", "one-to-one:7:7", "one-to-one:8:7")),
                                new Setting("seed", List.of("1", "2")),
                                new Setting("share", List.of("0.1", "p=0.2")),
                                new Setting("network", List.of("no"))),
                        Map.of("goal", List.of("one-to-one:7:7"))));
    }

    @Test
    void theCommandAlone() throws IOException {
        assertThat(read("run: reproduce   badnets.share\n"))
                .isEqualTo(new Grid(List.of("reproduce", "badnets.share"), List.of(), Map.of()));
    }

    @Test
    void flagsSayTheSame() {
        assertThat(GridFile.of(" reproduce badnets.share ", List.of("seed={1..2}", "seed=7", "epochs=3")))
                .isEqualTo(new Grid(
                        List.of("reproduce", "badnets.share"),
                        List.of(new Setting("seed", List.of("1", "2", "7")), new Setting("epochs", List.of("3"))),
                        Map.of()));
        assertThatThrownBy(() -> GridFile.of("attack", List.of("seed")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'seed' sets nothing. Write NAME=VALUE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "settings: {seed: 1}               | A grid says what is run",
                "run:                              | A grid says what is run",
                "run: [attack]                     | Expected a text, found a list",
                "run: attack;sweep: 3              | A grid has no such name. It has run, settings, except",
                "run: attack;settings: 3           | Expected names with values",
                "run: attack;settings:; seed: []   | 'seed' has no value",
                "run: attack;settings:; seed: [1, 1] | has the value '1' twice",
                "run: attack;settings:; seed: {a: 1} | found names with values",
                "run: attack;settings:; goal: x{1   | has a brace without its other",
                "run: attack;settings:; seed: 1; seed: 2 | no YAML",
                "run: attack;except:; seed: 2      | 'except' names the setting 'seed'",
                "- run                             | Expected names with values, such as run: attack",
                "%                                 | no YAML"
            })
    void mistakesAreOneLineWithTheFile(String text, String problem) {
        assertThatThrownBy(() -> read(text.replace(";", "\n")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith(folder.resolve("grid.yaml").toString())
                .hasMessageContaining(problem)
                .message()
                .doesNotContain("\n");
    }

    private Grid read(String text) throws IOException {
        Path file = folder.resolve("grid.yaml");
        Files.writeString(file, text);
        return GridFile.read(file);
    }
}
