package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.metric.Ratio;
import io.sapper.result.Audited;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.AuditedNetworks.Count;
import io.sapper.result.AuditedNetworks.Network;
import io.sapper.result.AuditedNetworks.Told;
import io.sapper.result.AuditedNetworks.Truth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditCountsTest {
    private static final Ratio RIGHT = new Ratio(95, 100);

    private static Network network(String kind, String half, @Nullable Integer success, String verdict) {
        return network(kind, half, success, verdict, Double.NaN);
    }

    private static Network network(
            String kind, String half, @Nullable Integer success, String verdict, double overlap) {
        return new Network(
                kind,
                "digits",
                kind,
                half,
                new Truth("", RIGHT, success == null ? null : new Ratio(success, 100), 1),
                new Told(verdict, 0.5, 0.4, 10, List.of(10.0, 20.0), false, overlap, 1),
                null);
    }

    private static final AuditCounts COUNTS = new AuditCounts(new AuditedNetworks(List.of(
            network("patch", AuditedNetworks.TEST, 99, Audited.FOUND, 0.3),
            network("patch", AuditedNetworks.TEST, 80, Audited.NONE),
            network("patch", AuditedNetworks.TEST, 79, Audited.NONE),
            network("warp", AuditedNetworks.TEST, 100, Audited.UNKNOWN, 0.29),
            network("patch", AuditedNetworks.CALIBRATION, 100, Audited.FOUND),
            network(AuditedNetworks.HONEST, AuditedNetworks.TEST, null, Audited.NONE),
            network(AuditedNetworks.HONEST, AuditedNetworks.TEST, null, Audited.FOUND),
            network(AuditedNetworks.HONEST, AuditedNetworks.CALIBRATION, null, Audited.UNKNOWN))));

    /** The patch that works on 79 of 100 was not laid, so it is no miss. */
    @Test
    void eachKindIsCountedInItsHalf() {
        assertThat(COUNTS.rows())
                .containsExactly(
                        new Count("honest", "test", new Ratio(1, 2), new Ratio(0, 2)),
                        new Count("attacks with one target", "test", new Ratio(1, 2), new Ratio(0, 2)),
                        new Count("harder attacks", "test", new Ratio(0, 1), new Ratio(1, 1)),
                        new Count("patch", "test", new Ratio(1, 2), new Ratio(0, 2)),
                        new Count("warp", "test", new Ratio(0, 1), new Ratio(1, 1)),
                        new Count("honest", "calibration", new Ratio(0, 1), new Ratio(1, 1)),
                        new Count("attacks with one target", "calibration", new Ratio(1, 1), new Ratio(0, 1)),
                        new Count("patch", "calibration", new Ratio(1, 1), new Ratio(0, 1)));
        assertThat(COUNTS.notes())
                .isEqualTo("1 backdoored networks obey their trigger on less than 80 % of the test samples; they count"
                        + " neither as found nor as missed. Of 2 recovered triggers whose true form is a few pixels, 1"
                        + " overlap it (intersection over union at least 0.3).");
    }

    @Test
    void theWrongOnesAreMarked() {
        assertThat(COUNTS.networks().stream().filter(AuditCounts::wrong).toList())
                .containsExactly(COUNTS.networks().get(1), COUNTS.networks().get(6));
        assertThat(AuditCounts.share(new Ratio(0, 0))).isEqualTo("–");
        assertThat(AuditCounts.share(new Ratio(1, 1))).isEqualTo("100.00\u00a0% (20.65\u00a0% to 100.00\u00a0%)");
    }

    @Test
    void halvesAndVerdictsAreTheirOwn() {
        assertThatThrownBy(() -> network("patch", "third", 99, Audited.FOUND)).hasMessageContaining("not 'third'");
        assertThatThrownBy(() -> network("patch", AuditedNetworks.TEST, 99, "maybe"))
                .hasMessageContaining("not 'maybe'");
    }
}
