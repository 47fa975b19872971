package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.ImageShape;
import io.sapper.result.Outcome;
import io.sapper.result.Reproduced;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.RunTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepCommandTest {
    @TempDir
    Path folder;

    private Path digits;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        digits = TinyDigits.write(folder.resolve("digits"));
        out = folder.resolve("out");
    }

    private Ran sapper(Object... words) {
        return Ran.sapper(Ran.nowhere(folder), words);
    }

    private Ran sweep(String run, String... settings) {
        List<Object> words = new ArrayList<>(List.of("sweep", "--run", run, "--out", out));
        Stream.of(settings).forEach(setting -> words.addAll(List.of("--set", setting)));
        words.addAll(List.of("--set", "data=" + digits));
        return sapper(words.toArray());
    }

    /** One of a sweep is what the same words give when they are typed. */
    @Test
    void aRunIsWhatItsCommandGivesAlone() throws IOException {
        Ran ran = sweep("train", "seed={1..2}", "epochs=1", "learning-rate={0.05,0.2}");
        assertThat(ran.complaints()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("4 runs.", "[4/4] ");
        RunResult swept = Results.read(out.resolve("runs/seed=2,learning-rate=0.2.json"));
        assertThat(swept.commandLine())
                .containsExactly(
                        "train",
                        "--seed",
                        "2",
                        "--epochs",
                        "1",
                        "--learning-rate",
                        "0.2",
                        "--data",
                        digits.toString(),
                        "--threads",
                        "1");
        List<Object> words = new ArrayList<>(swept.commandLine());
        words.addAll(List.of("--out", folder.resolve("alone")));
        assertThat(sapper(words.toArray()).complaints()).isEmpty();
        RunResult alone = Results.read(folder.resolve("alone/result.json"));
        assertThat(alone.findings()).isEqualTo(swept.findings());
        assertThat(alone.settings()).isEqualTo(swept.settings());
        assertThat(alone.models()).isEqualTo(swept.models());

        RunResult whole = Results.read(out.resolve("result.json"));
        RunTable table = whole.first(RunTable.class).orElseThrow();
        assertThat(table.settings()).containsExactly("seed", "learning-rate");
        assertThat(table.runs()).hasSize(4).allMatch(RunTable.Run::isFinished);
        assertThat(out.resolve("report.html")).content().contains("seed=2,learning-rate=0.2");
        assertThat(out.resolve("runs")).isDirectoryNotContaining("glob:**.onnx");
        assertThat(out.resolve("scratch")).doesNotExist();
    }

    @Test
    void networksAreKeptWhereSomebodyWantsThem() throws IOException {
        Ran ran = sapper(
                "sweep",
                "--run",
                "train",
                "--set",
                "data=" + digits,
                "--set",
                "epochs=1",
                "--out",
                out,
                "--keep-networks");
        assertThat(ran.code()).isZero();
        RunResult result = Results.read(out.resolve("runs/run.json"));
        assertThat(result.models()).singleElement().satisfies(model -> assertThat(model.bytes())
                .isEqualTo(Files.size(out.resolve("runs/run/model.onnx"))));
        Ran other = sweep("train", "epochs=1");
        assertThat(other.code()).isEqualTo(ExitCode.USAGE);
        assertThat(other.complaints()).singleElement().asString().contains("keeps its networks. Add --keep-networks");
    }

    /** The seeds and parts of an experiment are runs, and together what one run of all of it is. */
    @Test
    void anExperimentIsRunInPartsAndJoined() throws IOException {
        Ran ran = sweep("reproduce badnets.all-to-all", "seeds=2", "epochs=1");
        assertThat(ran.complaints()).isEmpty();
        RunTable table =
                Results.read(out.resolve("result.json")).first(RunTable.class).orElseThrow();
        assertThat(table.runs())
                .extracting(RunTable.Run::name)
                .containsExactly(
                        "seed=1,part=honest", "seed=1,part=all-to-all", "seed=2,part=honest", "seed=2,part=all-to-all");
        RunResult joined = Results.read(out.resolve("badnets.all-to-all.json"));
        Path alone = folder.resolve("alone");
        sapper(
                "reproduce",
                "badnets.all-to-all",
                "--seeds",
                2,
                "--epochs",
                1,
                "--data",
                digits,
                "--threads",
                1,
                "--out",
                alone);
        RunResult whole = Results.read(alone.resolve("badnets.all-to-all.json"));
        assertThat(joined.findings()).isEqualTo(whole.findings());
        assertThat(joined.verdict()).isEqualTo(whole.verdict());
        assertThat(joined.title()).isEqualTo(whole.title());
        assertThat(joined.data()).isEqualTo(whole.data());
        assertThat(joined.commandLine()).startsWith("sweep", "--run", "reproduce badnets.all-to-all");
        assertThat(out.resolve("badnets.all-to-all.html")).exists();
        assertThat(ran.out()).contains("BadNets, Table 2: 4 networks measured, 2 seeds.", "All 4 runs are there.");

        Files.delete(out.resolve("runs/seed=2,part=honest.json"));
        sapper("sweep", "report", out, "--out", folder.resolve("page"));
        RunResult some = Results.read(folder.resolve("page/badnets.all-to-all.json"));
        assertThat(some.warnings()).contains("1 run of the sweep missing: these are not all figures.");
        assertThat(some.verdict().outcome()).as("not green above that").isNotEqualTo(Outcome.GOOD);
        assertThat(some.verdict().checks()).last().extracting("measured").isEqualTo("1 of 4 missing");
    }

    /** A page that another command wrote is nobody's to replace. */
    @Test
    void anotherCommandsPageIsNotReplaced() throws IOException {
        sapper("reproduce", "badnets.baseline", "--seeds", 1, "--epochs", 1, "--data", digits, "--out", out);
        byte[] before = Files.readAllBytes(out.resolve("badnets.baseline.json"));
        Ran ran = sweep("reproduce badnets.baseline", "seeds=1", "epochs=1");
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints())
                .singleElement()
                .asString()
                .contains("badnets.baseline.json, which 'reproduce' wrote");
        assertThat(out.resolve("badnets.baseline.json")).hasBinaryContent(before);
    }

    @Test
    void aPartMayBeRunAlone() throws IOException {
        Ran ran = sapper(
                "reproduce",
                "badnets.all-to-all",
                "--part",
                "honest",
                "--seeds",
                1,
                "--epochs",
                1,
                "--data",
                digits,
                "--out",
                out);
        assertThat(ran.complaints()).isEmpty();
        assertThat(Results.read(out.resolve("badnets.all-to-all.json"))
                        .first(Reproduced.class)
                        .orElseThrow()
                        .rows())
                .extracting(Reproduced.Row::what)
                .containsExactly("honest");
        for (String experiment : List.of("badnets.all-to-all", "badnets.baseline", "badnets.signs-random")) {
            Ran wrong = sapper("reproduce", experiment, "--part", "x", "--data", digits, "--out", folder.resolve("x"));
            assertThat(wrong.code()).as(experiment).isNotZero();
            assertThat(wrong.complaints())
                    .singleElement()
                    .asString()
                    .contains(
                            experiment.endsWith("to-all")
                                    ? "has: honest; all-to-all."
                                    : "has no parts. Leave out --part.");
        }
    }

    @Test
    void failuresAreToldAndTriedAgain() throws IOException {
        Ran ran = sweep("attack", "epochs=1", "trigger=pixel", "trigger=pixels:99,2=255", "goal=all-to-one:7");
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.err()).contains("FAILED: ");
        assertThat(ran.out()).contains("1 of 2 runs are there, 1 failed.");
        Ran status = sapper("sweep", "status", out);
        assertThat(status.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(status.out())
                .contains("attack: 1 of 2 runs are there, 1 failed.", "failed: trigger=pixels", "with --retry");
        JsonNode json = JsonMapper.builder()
                .build()
                .readTree(sapper("sweep", "status", out, "--json").out());
        assertThat(json.at("/failed/0/exitCode").asInt()).isEqualTo(64);
        assertThat(json.at("/finished").asInt()).isEqualTo(1);
        assertThat(sweep("attack", "epochs=1", "trigger=pixel", "trigger=pixels:99,2=255", "goal=all-to-one:7")
                        .err())
                .contains("2 runs, 1 there already, 1 failed before (--retry tries again).")
                .doesNotContain("FAILED");
    }

    /** What was measured on a model that is gone stays, and nobody is left to think that it could be measured again. */
    @Test
    void aModelThatIsGoneIsToldOnce() throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        assertThat(sweep("evaluate", "MODEL=" + model).code()).isZero();
        Files.delete(model);
        String said = model + " is there no more. The result of the run that read it stays.";
        assertThat(sapper("sweep", "status", out).out()).contains("The run is there", said);
        Ran again = sweep("evaluate", "MODEL=" + model);
        assertThat(again.err()).containsOnlyOnce("WARNING: " + said);
        assertThat(again.out()).contains("The run is there").doesNotContain(said);
        assertThat(Results.read(out.resolve("result.json")).warnings()).containsOnlyOnce(said);
    }

    /** As the same audit does alone. */
    @Test
    void anAuditThatCannotTellLeavesTheSweepUndecided() throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Ran ran = sweep("audit", "MODEL=" + model, "clean-images=10");
        assertThat(ran.out()).contains("UNKNOWN: The run is there. Their own verdicts: 1 cannot be told.");
        assertThat(ran.code()).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(sapper("sweep", "report", out, "--out", folder.resolve("page"))
                        .code())
                .isEqualTo(ExitCode.INCONCLUSIVE);
        List<Object> again = List.of(
                "sweep",
                "--run",
                "audit",
                "--out",
                out,
                "--retry",
                "--set",
                "MODEL=" + model,
                "clean-images=10",
                "data=" + digits);
        assertThat(sapper(again.toArray()).err()).as("it has a result").contains("1 run, 1 there already.");
        Files.delete(out.resolve("runs/run.json"));
        assertThat(sapper(again.toArray()).err()).contains("[1/1] run: done in");
        assertThat(sapper("sweep", "--help").out().replaceAll("\\s+", " "))
                .contains("An audit that cannot tell has not failed", "until its runs/NAME.json is removed");
    }

    @Test
    void aPageOfWhatIsThereIsDrawnElsewhere() throws IOException {
        sweep("train", "epochs=1", "seed={1..2}");
        Files.delete(out.resolve("runs/seed=2.json"));
        Path page = folder.resolve("page");
        Ran ran = sapper("sweep", "report", out, "--out", page);
        assertThat(ran.out()).contains("1 of 2 runs are there, 1 still to be run.");
        assertThat(page.resolve("report.html")).exists();
        assertThat(sapper("sweep", "status", out).out()).contains("Go on: the same sweep.");
        assertThat(sweep("train", "epochs=1", "seed={1..2}").err())
                .contains("2 runs, 1 there already.", "[2/2] seed=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "train    | sed=1           | 'train' has no setting 'sed'. It has: augment,",
                "train    | out=x           | 'out' is not set by a grid",
                "train    | max-memory=8G   | It holds for the whole sweep: say it there",
                "train    | seed=x          | cannot be run: Invalid value for option '--seed'",
                "train    | epochs={1,1}    | has the value '1' twice",
                "train    | resume=true     | 'resume' is not set by a grid",
                "demo     | seed=1          | A sweep does not run 'demo'. It runs: train, attack,",
                "nothing  | seed=1          | A sweep does not run 'nothing'",
                "reproduce badnets.nothing | seed=1 | Unknown experiment 'badnets.nothing'",
                "reproduce badnets.share   | scale=huge | Unknown --scale 'huge'",
                "reproduce badnets.share   | seeds=0    | 'seeds' must be 1 to",
                "reproduce badnets.share   | seeds=many | The setting 'seeds' is a number",
                "evaluate | seed=1          | cannot be run: Missing required parameter: 'MODEL'"
            })
    void whatIsWrongIsToldBeforeAnythingIsRun(String run, String setting, String problem) {
        Ran ran = sweep(run, setting);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains(problem);
        assertThat(out).doesNotExist();
    }

    @Test
    void seedsAndSeedContradictEachOther() {
        Ran ran = sweep("reproduce badnets.share", "seeds=3", "seed={1..5}");
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.complaints()).singleElement().asString().contains("'seed' and 'seeds' contradict each other");
    }

    /** It holds for the process: what a run's words leave out must not undo what the sweep was told. */
    @Test
    void theSweepsMemoryHoldsForItsRuns() {
        Ran ran = sapper(
                "sweep", "--run", "train", "--set", "data=" + digits, "epochs=1", "--max-memory", "1K", "--out", out);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.err()).contains("FAILED: ").contains("--max-memory");
    }

    @Test
    void howAGridIsGiven() throws IOException {
        Path grid = Files.writeString(folder.resolve("g.yaml"), "run: train\nsettings: {epochs: 1}\n");
        List<List<Object>> wrong = List.of(
                List.of("sweep", "--out", out),
                List.of("sweep", grid, "--run", "train", "--out", out),
                List.of("sweep", grid, "--set", "seed=1", "--out", out),
                List.of("sweep", grid),
                List.of("sweep", grid, "--out", out, "--workers", "0"),
                List.of("sweep", folder.resolve("gone.yaml"), "--out", out),
                List.of("sweep", "status", folder));
        List<String> problems = List.of(
                "Give a grid: a YAML file, or --run",
                "not both",
                "--set belongs to --run",
                "with --out DIR",
                "--workers must be 1 to",
                "gone.yaml",
                "holds no sweep");
        for (int i = 0; i < wrong.size(); i++) {
            Ran ran = sapper(wrong.get(i).toArray());
            assertThat(ran.code()).as(problems.get(i)).isGreaterThan(ExitCode.NOT_GOOD_ENOUGH);
            assertThat(ran.complaints()).singleElement().asString().contains(problems.get(i));
            assertThat(out).doesNotExist();
        }
    }

    /** Of models, the first word: one run for each. */
    @Test
    void whatACommandIsGivenFirstMayVaryToo() throws IOException {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new io.sapper.data.ImageShape(1, 28, 28), 10);
        Path other = Files.copy(model, folder.resolve("n.onnx"));
        Ran ran = sweep("evaluate", "MODEL={" + model + "," + other + "}");
        assertThat(ran.complaints()).isEmpty();
        RunTable table =
                Results.read(out.resolve("result.json")).first(RunTable.class).orElseThrow();
        assertThat(table.runs()).hasSize(2).allMatch(RunTable.Run::isFinished);
        assertThat(table.runs().get(0).figures()).isEqualTo(table.runs().get(1).figures());
        assertThat(Results.read(out.resolve("result.json")).settings())
                .containsEntry("what every run says", "evaluate --data " + digits + " --threads 1");
    }
}
