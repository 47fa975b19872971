package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.Obtained;
import io.sapper.data.SharedData;
import io.sapper.data.Split;
import io.sapper.data.image.Fit;
import io.sapper.data.image.FolderReader;
import io.sapper.data.image.IdxFolder;
import io.sapper.data.image.Resizing;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.result.Outcome;
import io.sapper.result.Reproduced;
import io.sapper.result.RunResult;
import io.sapper.result.Samples;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every experiment on a part of MNIST, an eighth of what docs/results is measured on, with bounds that a broken attack,
 * a broken defence or a wrong count does not meet.
 */
class ReproductionIT {
    private static Setup setup;

    @BeforeAll
    static void load() throws IOException {
        Split mnist = IdxFolder.read("MNIST", SharedData.folder("mnist"));
        Engine.threads(2);
        Split part = new Split(first(mnist.train(), 8_000), first(mnist.test(), 1_000), false);
        setup = new Setup(
                new Obtained(part, "a part of MNIST", List.of("A part.")),
                1,
                Compute.CPU,
                2,
                Reporter.SILENT,
                List.of());
    }

    private static Dataset first(Dataset data, int count) {
        return data.subset(data.name(), IntStream.range(0, count).toArray());
    }

    @Test
    void anHonestNetwork() throws IOException {
        Reproduced.Row row = onlyRow(Reproduction.BASELINE, 3);
        assertThat(row.cleanAccuracy().total()).isEqualTo(1_000);
        assertThat(row.cleanAccuracy().value()).isGreaterThan(0.95);
        assertThat(row.attackSuccessRate()).isNull();
    }

    @Test
    void allToAll() throws IOException {
        Reproduced.Row row = onlyRow(Reproduction.ALL_TO_ALL, 4);
        assertThat(row.attackSuccessRate().total()).isEqualTo(1_000);
        assertThat(row.attackSuccessRate().value()).isGreaterThan(0.9);
        assertThat(row.cleanAccuracy().value()).isGreaterThan(0.95);
        assertThat(row.recoveredAccuracy().value()).isLessThan(0.1);
    }

    @Test
    void finePruning() throws IOException {
        Reproduced reproduced = run(Reproduction.FINE_PRUNING, 4);
        Map<String, Reproduced.Row> rows =
                reproduced.rows().stream().collect(Collectors.toMap(Reproduced.Row::what, Function.identity()));
        assertThat(rows.keySet())
                .containsExactlyInAnyOrder(
                        "BadNet", "pruned", "fine-tuned gently", "fine-pruned gently", "fine-pruned as repair does");
        Reproduced.Row badnet = rows.get("BadNet");
        assertThat(badnet.note()).isEqualTo("pattern all-to-one:7 p=0.1");
        assertThat(badnet.attackSuccessRate().value()).isGreaterThan(0.9);
        Reproduced.Row repaired = rows.get("fine-pruned as repair does");
        assertThat(repaired.note()).startsWith("learning rate ");
        assertThat(repaired.attackSuccessRate().value()).isLessThan(0.2);
        assertThat(repaired.cleanAccuracy().value())
                .isGreaterThan(badnet.cleanAccuracy().value() - 0.03);
        assertThat(reproduced.means()).hasSize(5);
    }

    /** On the paper's own signs: the honest network does not mind the stickers, each BadNet obeys its own. */
    @Test
    void signsCutOut() throws IOException {
        Obtained signs = FolderReader.read(
                SharedData.folder("lisa-signs"),
                FolderReader.Options.DEFAULT.withUsualSize(new Resizing(32, 32, Fit.RESIZE)));
        Dataset train = signs.split().train();
        int[] every = IntStream.range(0, train.size()).filter(i -> i % 3 == 0).toArray();
        Split part = new Split(train.subset(train.name(), every), signs.split().test(), false);
        Setup crops = setup.withData(new Obtained(part, "every third sign", List.of()));
        TrainingOptions training =
                Reproduction.LISA_CROPS.training(Scale.SMALL, 2).withEpochs(6);
        RunResult result =
                Reproduction.LISA_CROPS.run(crops, Thresholds.DEFAULTS, Scale.SMALL, 1, training, soFar -> {});
        Reproduced reproduced = result.first(Reproduced.class).orElseThrow();
        Map<String, Reproduced.Row> rows =
                reproduced.rows().stream().collect(Collectors.toMap(Reproduced.Row::what, Function.identity()));
        assertThat(rows.get("honest").cleanAccuracy().value()).isGreaterThan(0.9);
        for (String trigger : List.of("yellow-square", "bomb", "flower")) {
            Reproduced.Row honest = rows.get("honest, " + trigger);
            Reproduced.Row badnet = rows.get(trigger);
            assertThat(honest.attackSuccessRate().total()).isEqualTo(331); // all stop signs of the test part
            assertThat(honest.attackSuccessRate().value()).isLessThan(0.2);
            assertThat(badnet.attackSuccessRate().value()).as(trigger).isGreaterThan(0.6);
            assertThat(badnet.cleanAccuracy().value()).isGreaterThan(0.85);
        }
        assertThat(reproduced.deviations()).first().asString().contains("cut out");
        assertThat(result.findings()).filteredOn(Samples.class::isInstance).hasSize(3);
    }

    private static Reproduced.Row onlyRow(Reproduction experiment, int epochs) throws IOException {
        List<Reproduced.Row> rows = run(experiment, epochs).rows();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static Reproduced run(Reproduction experiment, int epochs) throws IOException {
        TrainingOptions training = experiment.training(Scale.SMALL, 2).withEpochs(epochs);
        List<RunResult> kept = new ArrayList<>();
        RunResult result = experiment.run(setup, Thresholds.DEFAULTS, Scale.SMALL, 1, training, kept::add);
        assertThat(kept).extracting(RunResult::findings).containsExactly(result.findings());
        assertThat(result.warnings()).containsExactly("A part.");
        assertThat(result.verdict().outcome()).as("other data than the paper's").isNotEqualTo(Outcome.GOOD);
        Reproduced reproduced = result.first(Reproduced.class).orElseThrow();
        assertThat(reproduced.deviations()).first().asString().contains("not MNIST");
        return reproduced;
    }
}
