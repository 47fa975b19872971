package io.sapper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.sapper.data.MalformedFileException;
import io.sapper.result.Audited;
import io.sapper.result.Outcome;
import io.sapper.result.Rates;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.RunTable;
import io.sapper.result.SampleResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    @TempDir
    Path temporary;

    private SweepFolder folder;
    private final List<String> run = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() throws IOException {
        folder = new SweepFolder(Files.createDirectory(temporary.resolve("sweep")));
    }

    @Test
    void everyRunIsKept() throws Exception {
        SweepFolder.State state = sweep(plan(5), this::good);
        assertThat(run).hasSize(5);
        assertThat(state.finished().keySet()).containsExactly("seed=1", "seed=2", "seed=3", "seed=4", "seed=5");
        assertThat(state.finished().get("seed=3").commandLine()).containsExactly("attack", "--seed", "3");
        assertThat(state.left()).isEmpty();
        assertThat(folder.plan()).contains(plan(5));
    }

    @Test
    void whatIsThereIsNotRunAgain() throws Exception {
        sweep(plan(3), this::good);
        run.clear();
        assertThat(sweep(plan(5), this::good).finished()).hasSize(5);
        assertThat(run).as("a grid may grow").containsExactlyInAnyOrder("seed=4", "seed=5");
    }

    @Test
    void aFailureIsKeptWithItsReasonAndStopsNobody() throws Exception {
        SweepFolder.State state =
                sweep(plan(4), planned -> planned.name().equals("seed=2") ? bad(planned) : good(planned));
        assertThat(state.finished()).hasSize(3);
        assertThat(state.failed())
                .containsExactly(Map.entry(
                        "seed=2", new Failure("seed=2", List.of("attack", "--seed", "2"), 2, "It broke.", 1)));
        run.clear();
        sweep(plan(4), this::good);
        assertThat(run).as("not tried again by itself").isEmpty();
        assertThat(sweep(plan(4), this::bad, true).failed().get("seed=2").attempts())
                .isEqualTo(2);
        SweepFolder.State mended = sweep(plan(4), this::good, true);
        assertThat(mended.failed()).isEmpty();
        assertThat(mended.finished()).hasSize(4);
        assertThat(folder.path().resolve("failed")).isEmptyDirectory();
    }

    @Test
    void picturesAreNotKeptInMemory() throws Exception {
        RunResult kept = sweep(plan(1), this::good).finished().get("seed=1");
        assertThat(kept.findings()).hasSize(1).hasOnlyElementsOfType(Rates.class);
        assertThat(Results.read(folder.path().resolve("runs/seed=1.json")).findings())
                .as("but in the file")
                .isEqualTo(SampleResults.full().findings());
    }

    @Test
    void aHalfWrittenResultIsRunAgain() throws Exception {
        sweep(plan(3), this::good);
        Path file = folder.path().resolve("runs/seed=2.json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        Files.writeString(
                folder.path().resolve("runs/seed=3.json"),
                Files.readString(folder.path().resolve("runs/seed=1.json")));
        assertThat(folder.state(plan(3)).broken())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("seed=2.json"))
                .anyMatch(problem ->
                        problem.contains("This is the result of 'attack --seed 1', not of 'attack --seed 3'"));
        run.clear();
        SweepFolder.State state = sweep(plan(3), this::good);
        assertThat(run).containsExactlyInAnyOrder("seed=2", "seed=3");
        assertThat(state.broken()).isEmpty();
        assertThat(Files.readString(file)).isEqualTo(whole);
    }

    @Test
    void partsOfFilesThatAKilledProcessLeftAreRemoved() throws Exception {
        sweep(plan(1), this::good);
        Path part = Files.writeString(folder.path().resolve("runs/.seed=2.json.4711-3.part"), "{");
        Path left = Files.createDirectories(folder.path().resolve("scratch/run-7/out"));
        Files.writeString(left.resolve("badnet.onnx"), "half");
        sweep(plan(2), this::good);
        assertThat(part).doesNotExist();
        assertThat(folder.path().resolve("scratch")).doesNotExist();
    }

    @Test
    void anotherSweepInTheFolderIsTold() throws Exception {
        sweep(plan(3), this::good);
        assertThatThrownBy(() -> sweep(plan(2), this::good))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds another sweep: its run seed=3 is not in this grid")
                .hasMessageContaining("Maybe another folder with --out");
        Plan other = new Plan(
                "1",
                List.of("attack"),
                plan(3).runs().stream()
                        .map(one -> new PlannedRun(one.name(), one.varied(), List.of("attack", "--epochs", "2")))
                        .toList(),
                false);
        assertThatThrownBy(() -> sweep(other, this::good))
                .hasMessageContaining("there, seed=1 is 'attack --seed 1', here 'attack --epochs 2'");
        Plan keeping = new Plan("1", List.of("attack"), plan(3).runs(), true);
        assertThatThrownBy(() -> sweep(keeping, this::good)).hasMessageContaining("Leave out --keep-networks");
        assertThat(folder.plan()).contains(plan(3));
    }

    @Test
    void aPlanThatIsNoneIsTold() throws Exception {
        sweep(plan(1), this::good);
        Path file = folder.path().resolve("plan.json");
        for (String text : List.of("", "{", "{}", "[]", Files.readString(file).replace("seed=1\"", "../x\""))) {
            Files.writeString(file, text);
            assertThatThrownBy(folder::plan)
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageContaining("plan.json")
                    .hasMessageContaining("another with --out");
        }
    }

    @Test
    void whereResultsCannotBeKeptNothingFurtherIsBegun() throws Exception {
        sweep(plan(2), this::good);
        Path runs = folder.path().resolve("runs");
        Files.createDirectory(runs.resolve("seed=3.json")); // in the way, and not empty
        Files.createFile(runs.resolve("seed=3.json/x"));
        assertThatThrownBy(() -> sweep(plan(50), 1, this::good)).isInstanceOf(IOException.class);
        assertThat(run).hasSizeLessThan(10);
        assertThat(runs.resolve("seed=2.json")).exists();
    }

    @Test
    void networksAreKeptBeforeTheResult() throws Exception {
        Plan plan = new Plan("1", List.of("attack"), plan(1).runs(), true);
        sweep(plan, planned -> {
            RunOutcome good = good(planned);
            return new RunOutcome(
                    good.name(), 0, "", good.result(), Map.of("badnet.onnx", new byte[] {1, 2}), good.seconds());
        });
        assertThat(folder.path().resolve("runs/seed=1/badnet.onnx")).hasBinaryContent(new byte[] {1, 2});
    }

    @Test
    void asManyAtOnceAsThereAreWorkers() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        sweep(plan(2), 2, planned -> {
            both.countDown();
            try {
                both.await(); // with one worker this would wait for ever
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return good(planned);
        });
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        sweep(plan(8), 1, planned -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            RunOutcome outcome = good(planned);
            now.decrementAndGet();
            return outcome;
        });
        assertThat(most).hasValue(1);
    }

    @Test
    void whoIsAskedToStopStopsAndKeepsWhatIsThere() throws Exception {
        Thread sweeping = Thread.currentThread();
        assertThatThrownBy(() -> sweep(plan(50), 1, planned -> {
                    if (planned.name().equals("seed=3")) {
                        sweeping.interrupt();
                        try {
                            Thread.sleep(60_000);
                        } catch (InterruptedException e) {
                            return bad(planned);
                        }
                    }
                    return good(planned);
                }))
                .isInstanceOf(InterruptedException.class);
        Thread.interrupted();
        assertThat(folder.state(plan(50)).finished()).hasSizeBetween(1, 2);
        assertThat(folder.state(plan(50)).failed()).isEmpty();
    }

    /** As where a machine is lost after its result was sent. */
    @Test
    void aRunThatComesTwiceIsKeptOnce() throws Exception {
        List<String> heard = new ArrayList<>();
        Sweep.run(
                plan(2),
                folder,
                false,
                (runs, finished) -> {
                    for (PlannedRun planned : runs) {
                        finished.take(good(planned));
                        finished.take(bad(planned));
                    }
                },
                new SweepListener() {
                    @Override
                    public void begins(SweepFolder.State state, int pending) {
                        heard.add("begins " + pending);
                    }

                    @Override
                    public void finished(PlannedRun planned, RunOutcome outcome) {
                        heard.add(planned.name());
                    }
                });
        assertThat(heard).containsExactly("begins 2", "seed=1", "seed=2");
        assertThat(folder.state(plan(2)).finished()).hasSize(2);
        assertThat(folder.state(plan(2)).failed()).isEmpty();
    }

    @Test
    void theTableHasAllRunsInTheOrderOfThePlan() throws Exception {
        Plan plan = plan(4);
        sweep(plan(3), planned -> planned.name().equals("seed=2") ? bad(planned) : good(planned));
        SweepFolder.State state = folder.state(plan);
        RunTable table = new SweepResult(state).table();
        assertThat(table.settings()).containsExactly("seed");
        assertThat(table.figures()).contains("backdoored: clean accuracy", "repaired: attack success");
        assertThat(table.runs()).extracting(RunTable.Run::name).containsExactly("seed=1", "seed=2", "seed=3", "seed=4");
        assertThat(table.runs().get(0).outcome()).isEqualTo(Outcome.GOOD);
        assertThat(table.runs().get(1).problem()).isEqualTo("It broke.");
        assertThat(table.runs().get(1).figures()).containsOnly(Double.NaN);
        assertThat(table.runs().get(3).isFinished() || table.runs().get(3).isFailed())
                .isFalse();
        RunResult whole = new SweepResult(state)
                .whole(List.of("sweep"), SampleResults.full().environment());
        assertThat(whole.verdict().outcome()).isEqualTo(Outcome.BAD);
        assertThat(whole.verdict().sentence())
                .isEqualTo("2 of 4 runs are there, 1 failed, 1 still to be run. Their own verdicts: 2 good.");
        assertThat(whole.settings()).isEqualTo(Map.of("what every run says", "attack", "seed", "1; 2; 3; 4"));
        assertThat(whole.verdict().checks()).extracting("what").containsExactly("Run seed=2", "Runs");
    }

    /** That a repair is not good enough is for its table; audits are run to hear of backdoors. */
    @Test
    void aBackdoorThatAnAuditFoundIsBadForTheWhole() throws Exception {
        assertThat(whole("audit", SampleResults.audited(Audited.FOUND))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.BAD);
        assertThat(whole("audit", SampleResults.audited(Audited.FOUND))
                        .verdict()
                        .checks())
                .extracting("what", "measured")
                .containsExactly(Tuple.tuple("Audit seed=1", "a backdoor found"));
        assertThat(whole("audit", SampleResults.audited(Audited.UNKNOWN))
                        .verdict()
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
        assertThat(whole("audit", SampleResults.audited(Audited.NONE)).verdict().outcome())
                .isEqualTo(Outcome.GOOD);
        RunResult bad = SampleResults.audited(Audited.FOUND)
                .withFindings(SampleResults.full().findings());
        assertThat(whole("evaluate", bad).verdict().outcome()).isEqualTo(Outcome.GOOD);
        assertThat(whole("audit", bad).verdict().outcome())
                .as("by what was found, not by a word of the command")
                .isEqualTo(Outcome.GOOD);
    }

    /** As it is after it was kept in its folder, where only the numbers of it stay in memory. */
    private RunResult whole(String command, RunResult found) throws Exception {
        Plan plan = new Plan("1", List.of(command), plan(1).runs(), false);
        SweepFolder own = new SweepFolder(Files.createTempDirectory(temporary, "whole"));
        OneRun once = planned ->
                new RunOutcome(planned.name(), 0, "", Results.toJson(said(found, planned.arguments())), Map.of(), 1);
        SweepFolder.State state = Sweep.run(plan, own, false, new LocalRunner(once, 1), SILENT);
        assertThat(state.finished()).hasSize(1);
        return new SweepResult(state)
                .whole(List.of("sweep"), SampleResults.full().environment());
    }

    /** Its pictures take room in thousands of runs, its numbers are what the table shows. */
    @Test
    void theTableHasWhatAnAuditMeasured() throws Exception {
        RunTable table = whole("audit", SampleResults.audited(Audited.FOUND))
                .first(RunTable.class)
                .orElseThrow();
        assertThat(table.figures()).containsExactly("smallest mask by the median");
        assertThat(table.runs().get(0).figures()).containsExactly(0.09);
    }

    /** The result that is there is of a file that is no more. */
    @Test
    void aFileThatHasChangedIsReadAgain() throws Exception {
        Path one = Files.writeString(temporary.resolve("one.onnx"), "old 1");
        Path other = Files.writeString(temporary.resolve("other.png"), "old 2");
        Plan plan = reading(one.toString(), "sticker:" + other + "@3,4");
        sweep(plan, this::good);
        assertThat(told(plan)).isEmpty();
        Files.setLastModifiedTime(one, FileTime.from(Instant.EPOCH));
        run.clear();
        assertThat(told(plan)).as("the same bits at another time").isEmpty();
        assertThat(run).isEmpty();

        Files.writeString(one, "new 1");
        assertThat(now().changed()).hasSize(1);
        RunResult whole = new SweepResult(now())
                .whole(List.of("sweep"), SampleResults.full().environment());
        assertThat(whole.warnings()).containsAll(now().changed());
        assertThat(whole.verdict().outcome()).as("not green above that").isEqualTo(Outcome.UNKNOWN);
        assertThat(whole.verdict().checks()).extracting("measured").containsExactly("1 changed since");
        assertThat(folder.state(plan).finished()).as("looking removes nothing").hasSize(2);
        assertThat(told(plan))
                .singleElement()
                .asString()
                .startsWith(one + " has changed (SHA-256 ")
                .endsWith("... now), so the run that reads it is to be run again.");
        assertThat(run).containsExactly("x=0");

        Files.writeString(other, "new 2");
        run.clear();
        assertThat(told(plan)).singleElement().asString().startsWith(other + " has changed");
        assertThat(run).containsExactly("x=1");
        run.clear();
        assertThat(told(plan)).isEmpty();
        assertThat(run).isEmpty();
    }

    /** Weights often lie beside a model, whose own file then stays the same. */
    @Test
    void weightsBesideAModelThatHaveChangedAreReadAgain() throws Exception {
        Path weights = Files.writeString(temporary.resolve("w.bin"), "1111");
        Path model = Files.write(temporary.resolve("m.onnx"), naming("w.bin"));
        Plan plan = reading(model.toString());
        sweep(plan, this::bad);
        Files.writeString(weights, "2222");
        run.clear();
        assertThat(told(plan)).singleElement().asString().startsWith(weights + " has changed");
        assertThat(run).as("a failure is tried again, too").containsExactly("x=0");
    }

    /** A file that is away for a while is remembered, and told as before where it is another when it comes back. */
    @Test
    void aFileThatIsGoneIsRemembered() throws Exception {
        Path file = Files.writeString(temporary.resolve("one.onnx"), "old");
        Plan plan = reading(file.toString());
        sweep(plan, this::good);
        Files.delete(file);
        run.clear();
        assertThat(told(plan)).containsExactly(file + " is there no more. The result of the run that read it stays.");
        assertThat(now().gone()).isEqualTo(told(plan));
        assertThat(folder.state(plan).finished()).hasSize(1);
        assertThat(run).isEmpty();
        Files.writeString(file, "new");
        assertThat(told(plan)).hasSize(1);
        assertThat(run).containsExactly("x=0");
        assertThat(now().gone()).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsToldForRunsWithoutAResultToo() throws Exception {
        Path file = Files.writeString(temporary.resolve("one.onnx"), "old");
        Plan two = reading(file.toString(), file.toString());
        sweep(two, planned -> planned.name().equals("x=0") ? bad(planned) : good(planned));
        Files.delete(file);
        assertThat(now().gone())
                .containsExactly(file + " is there no more. The result of the run that read it stays. For a run without"
                        + " a result, put it back first.");
    }

    /** Weights that a model named once and names no more are missed by nobody. */
    @Test
    void weightsThatNoModelNamesAnyMoreAreForgotten() throws Exception {
        Path weights = Files.writeString(temporary.resolve("w.bin"), "1111");
        Path model = Files.write(temporary.resolve("m.onnx"), naming("w.bin"));
        Plan plan = reading(model.toString());
        sweep(plan, this::good);
        Files.writeString(temporary.resolve("v.bin"), "2222");
        Files.write(model, naming("v.bin"));
        Files.delete(weights);
        assertThat(now().gone()).isEmpty();
        assertThat(told(plan)).singleElement().asString().startsWith(model + " has changed");
        assertThat(told(plan)).isEmpty();
    }

    @Test
    void aPlanOfBeforeFilesWereLookedAtGoesOn() throws Exception {
        sweep(plan(1), this::good);
        Path file = folder.path().resolve("plan.json");
        Files.writeString(file, Files.readString(file).replaceFirst(",\\s*\"files\" : \\[ ]", ""));
        assertThat(file).content().doesNotContain("files");
        run.clear();
        assertThat(sweep(plan(1), this::good).finished()).hasSize(1);
        assertThat(run).isEmpty();
    }

    /** A model with its weights in a file beside it. */
    private static byte[] naming(String weights) {
        TensorProto tensor = TensorProto.newBuilder()
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(weights))
                .build();
        return ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().addInitializer(tensor))
                .build()
                .toByteArray();
    }

    /** What is there, as {@code status} and {@code report} see it. */
    private SweepFolder.State now() throws IOException {
        return folder.state(folder.plan().orElseThrow());
    }

    /** What a sweep says of files that have changed. */
    private List<String> told(Plan plan) throws Exception {
        List<String> told = new ArrayList<>();
        Sweep.run(plan, folder, false, new LocalRunner(this::good, 1), new SweepListener() {
            @Override
            public void changed(String sentence) {
                told.add(sentence);
            }

            @Override
            public void begins(SweepFolder.State state, int pending) {}

            @Override
            public void finished(PlannedRun planned, RunOutcome outcome) {}
        });
        return told;
    }

    private static Plan reading(String... words) {
        return new Plan(
                "1",
                List.of("evaluate"),
                IntStream.range(0, words.length)
                        .mapToObj(x -> new PlannedRun(
                                "x=" + x,
                                List.of(new PlannedRun.Varied("x", words[x])),
                                List.of("evaluate", "--x", words[x])))
                        .toList(),
                false);
    }

    private RunOutcome good(PlannedRun planned) {
        run.add(planned.name());
        RunResult result = said(SampleResults.full(), planned.arguments());
        return new RunOutcome(planned.name(), 0, "", Results.toJson(result), Map.of(), 1);
    }

    private static RunResult said(RunResult sample, List<String> words) {
        return new RunResult(
                sample.command(),
                words,
                sample.title(),
                sample.verdict(),
                sample.warnings(),
                sample.seed(),
                sample.settings(),
                sample.models(),
                sample.data(),
                sample.findings(),
                sample.costs(),
                sample.environment());
    }

    private RunOutcome bad(PlannedRun planned) {
        run.add(planned.name());
        return new RunOutcome(planned.name(), 2, "It broke.", "", Map.of(), 1);
    }

    private SweepFolder.State sweep(Plan plan, OneRun once) throws Exception {
        return sweep(plan, once, false);
    }

    private SweepFolder.State sweep(Plan plan, OneRun once, boolean retry) throws Exception {
        return Sweep.run(plan, folder, retry, new LocalRunner(once, 2), SILENT);
    }

    private SweepFolder.State sweep(Plan plan, int workers, OneRun once) throws Exception {
        return Sweep.run(plan, folder, false, new LocalRunner(once, workers), SILENT);
    }

    private static final SweepListener SILENT = new SweepListener() {
        @Override
        public void begins(SweepFolder.State state, int pending) {}

        @Override
        public void finished(PlannedRun planned, RunOutcome outcome) {}
    };

    private static Plan plan(int runs) {
        return new Plan(
                "1",
                List.of("attack"),
                IntStream.rangeClosed(1, runs)
                        .mapToObj(seed -> new PlannedRun(
                                "seed=" + seed,
                                List.of(new PlannedRun.Varied("seed", String.valueOf(seed))),
                                Stream.of("attack", "--seed", String.valueOf(seed))
                                        .toList()))
                        .toList(),
                false);
    }
}
