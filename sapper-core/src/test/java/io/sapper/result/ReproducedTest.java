package io.sapper.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.metric.Ratio;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproducedTest {
    private static final Reproduced SAMPLE = new Reproduced(
            "badnets.all-to-all",
            "BadNets, Table 2",
            List.of(),
            List.of(
                    new Published("honest", Measure.CLEAN_ERROR, 0.005, "confirmed"),
                    new Published("BadNet", Measure.CLEAN_ERROR, 0.0048, "confirmed"),
                    new Published("BadNet", Measure.BACKDOOR_ERROR, 0.0056, "from memory"),
                    new Published("", Measure.LARGEST_BACKDOOR_ERROR, 0.0009, "confirmed"),
                    new Published("other", Measure.BACKDOOR_ERROR, 0.1, "confirmed")),
            List.of(
                    new Reproduced.Row(1, "honest", "", new Ratio(99, 100), null, null),
                    new Reproduced.Row(1, "BadNet", "", new Ratio(98, 100), new Ratio(9, 10), new Ratio(1, 10)),
                    new Reproduced.Row(2, "BadNet", "", new Ratio(96, 100), new Ratio(10, 10), new Ratio(0, 10))));

    @Test
    void meansAreOfRowsOfOneKind() {
        List<Reproduced.Mean> means = SAMPLE.means();
        assertThat(means).extracting(Reproduced.Mean::what).containsExactly("honest", "BadNet");
        assertThat(means).extracting(Reproduced.Mean::networks).containsExactly(1, 2);
        Reproduced.Mean badnet = means.get(1);
        assertThat(badnet.cleanAccuracy()).isCloseTo(0.97, within(1e-12));
        assertThat(badnet.worstCleanAccuracy()).isEqualTo(0.96);
        assertThat(badnet.attackSuccessRate()).isCloseTo(0.95, within(1e-12));
        assertThat(badnet.leastAttackSuccessRate()).isEqualTo(0.9);
        assertThat(badnet.mostAttackSuccessRate()).isEqualTo(1);
        assertThat(means.get(0).attackSuccessRate()).isNaN();
    }

    @Test
    void errorsStandBesideErrors() {
        List<Reproduced.Beside> beside = SAMPLE.beside();
        assertThat(beside).extracting(Reproduced.Beside::networks).containsExactly(1, 2, 2, 2, 0);
        double[] expected = {0.01, 0.03, 0.05, 0.1}; // by hand: the worst backdoor is right in 1 of 10
        for (int i = 0; i < expected.length; i++) {
            assertThat(beside.get(i).ours()).isCloseTo(expected[i], within(1e-12));
        }
        assertThat(beside.get(4).ours()).isNaN();
    }

    /** All pairs of an attack are one number of the paper. */
    @Test
    void aNumberMayBeOfAllNetworksOfAKind() {
        Reproduced pairs = new Reproduced(
                "badnets.single-target",
                "BadNets, Figure 4",
                List.of(),
                List.of(new Published("one-to-one", Measure.CLEAN_ERROR, 0.0054, "confirmed")),
                List.of(
                        new Reproduced.Row(1, "honest", "", new Ratio(50, 100), null, null),
                        new Reproduced.Row(1, "one-to-one:1:7", "", new Ratio(99, 100), new Ratio(1, 1), null),
                        new Reproduced.Row(1, "one-to-one:4:9", "", new Ratio(97, 100), new Ratio(1, 1), null),
                        new Reproduced.Row(1, "pattern, one-to-one:4:9", "", new Ratio(1, 100), null, null)));

        assertThat(pairs.beside().get(0).networks()).isEqualTo(2);
        assertThat(pairs.beside().get(0).ours()).isCloseTo(0.02, within(1e-12));
    }

    @Test
    void comesBackFromItsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("all-to-all.json");
        Results.write(SAMPLE, file);
        assertThat(Results.read(file, Finding.class)).isEqualTo(SAMPLE);
        assertThat(Files.readString(file))
                .contains("\"kind\" : \"reproduced\"", "\"backdoor error\"")
                .doesNotContain("means", "beside");
    }
}
