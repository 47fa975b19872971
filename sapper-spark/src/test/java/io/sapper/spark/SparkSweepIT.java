package io.sapper.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.cli.Sapper;
import io.sapper.result.Results;
import io.sapper.result.RunTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same sweep on Spark as in one process: in threads, and in executors of their own, some of which are killed. */
@Timeout(300)
class SparkSweepIT {
    private static final int RUNS = 6;

    @TempDir
    Path folder;

    @Test
    void aClusterFindsWhatOneProcessFinds() throws Exception {
        assertThat(Sapper.run(words("sweep", "here"))).isZero();
        RunTable here = table("here");
        assertThat(here.runs()).hasSize(RUNS).allMatch(RunTable.Run::isFinished);

        assertThat(SparkSweep.run(words("--master", "local[2]", "threads"))).isZero();
        assertThat(untimed(table("threads"))).isEqualTo(untimed(here));

        Thread killer = new Thread(SparkSweepIT::killExecutors, "killer");
        killer.setDaemon(true);
        killer.start();
        assertThat(SparkSweep.run(words("--master", "local-cluster[2,1,1024]", "executors")))
                .isZero();
        killer.interrupt();
        assertThat(untimed(table("executors"))).isEqualTo(untimed(here));
        assertThat(folder.resolve("executors/failed")).isEmptyDirectory();
    }

    /** Twice, at a random moment after there are any. */
    private static void killExecutors() {
        Random random = new Random(3);
        try {
            for (int killed = 0; killed < 2; ) {
                Thread.sleep(500 + random.nextInt(2_500));
                List<ProcessHandle> executors = ProcessHandle.current()
                        .descendants()
                        .filter(process -> process.info()
                                .arguments()
                                .map(words -> String.join(" ", words))
                                .filter(line -> line.contains("CoarseGrainedExecutorBackend"))
                                .isPresent())
                        .toList();
                if (!executors.isEmpty()) {
                    executors.get(random.nextInt(executors.size())).destroyForcibly();
                    killed++;
                }
            }
        } catch (InterruptedException e) {
            // the sweep is over
        }
    }

    @Test
    void aMasterThatIsNotThereIsTold() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(said("--master", "spark://127.0.0.1:" + free, "nobody"))
                .startsWith("2 sapper: There is no Spark master at spark://127.0.0.1:" + free + " (")
                .contains("Maybe start it, or mend --master.");
        assertThat(said("--master", "spark://127.0.0.1:x", "nobody")).contains("127.0.0.1:x has no port");
        assertThat(said("nobody")).startsWith("64 sapper: Say which cluster, for example --master local[*]");
        assertThat(said("--workers", "2", "--master", "local[1]", "nobody"))
                .contains("--workers is for runs in this process");
        assertThat(folder.resolve("nobody")).doesNotExist();
    }

    private String said(String... words) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code = SparkSweep.run(words(words));
            return code + " " + err.toString(StandardCharsets.UTF_8);
        } finally {
            System.setErr(before);
        }
    }

    /** The last of them is the folder. */
    private String[] words(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        String out = all.remove(all.size() - 1);
        all.addAll(List.of("--run", "train", "--set", "data=synthetic-digits", "--set", "epochs=1"));
        all.addAll(List.of("--set", "hold-out=19500", "--set", "min-accuracy=0")); // a few hundred are left to train on
        all.addAll(List.of(
                "--set", "seed={1.." + RUNS + "}", "--out", folder.resolve(out).toString()));
        return all.toArray(String[]::new);
    }

    private RunTable table(String out) throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve(out).resolve("runs"))) {
            assertThat(runs).hasSize(RUNS);
        }
        return Results.read(folder.resolve(out).resolve("result.json"))
                .first(RunTable.class)
                .orElseThrow();
    }

    private static List<Object> untimed(RunTable table) {
        List<Object> said = new ArrayList<>(List.of(table.settings(), table.figures()));
        table.runs().forEach(run -> said.addAll(List.of(run.name(), run.values(), run.figures(), run.problem())));
        return said;
    }
}
