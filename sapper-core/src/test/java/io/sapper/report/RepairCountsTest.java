package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.metric.Ratio;
import io.sapper.report.RepairCounts.Row;
import io.sapper.result.Audited;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.AuditedNetworks.Network;
import io.sapper.result.AuditedNetworks.Repaired;
import io.sapper.result.AuditedNetworks.Told;
import io.sapper.result.AuditedNetworks.Truth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepairCountsTest {
    private static Ratio of(int hits) {
        return new Ratio(hits, 100);
    }

    private static Network network(String kind, @Nullable Integer attack, @Nullable Repaired repaired) {
        return new Network(
                kind,
                "digits",
                kind,
                AuditedNetworks.TEST,
                new Truth("", of(98), attack == null ? null : of(attack), 1),
                new Told(Audited.NONE, 0.5, 0.4, 10, List.of(10.0, 20.0), false, Double.NaN, 1),
                repaired);
    }

    private static Repaired repaired(int clean, int attack, int recovered) {
        return new Repaired("", of(clean), of(attack), of(recovered), 9);
    }

    private static final List<Row> ROWS = new RepairCounts(new AuditedNetworks(List.of(
                    network("patch", 99, repaired(97, 1, 95)),
                    network("patch", 97, repaired(98, 3, 94)),
                    network("patch", 79, repaired(10, 99, 0)), // was not laid
                    network("patch", 99, null), // no repair was tried
                    network("warp", 90, new Repaired("It costs too much.", of(98), of(90), of(9), 9)),
                    network(AuditedNetworks.HONEST, null, new Repaired("", of(97), null, null, 9)),
                    network(AuditedNetworks.HONEST, null, new Repaired("", of(99), null, null, 9)))))
            .rows();

    @Test
    void eachKindIsCountedWithThoseThatWereNotRepaired() {
        assertThat(ROWS)
                .extracting(Row::kind)
                .containsExactly("honest", "attacks with one target", "harder attacks", "patch", "warp");
        assertThat(ROWS)
                .extracting(Row::repaired)
                .containsExactly(new Ratio(2, 2), new Ratio(2, 2), new Ratio(0, 1), new Ratio(2, 2), new Ratio(0, 1));
        assertThat(ROWS).extracting(row -> Math.round(100 * row.worst())).containsExactly(-1L, -1L, 0L, -1L, 0L);
    }

    @Test
    void ratesAreMeansOverNetworks() {
        Row patch = ROWS.get(3);
        assertThat(patch.before()).isCloseTo(0.98, within(1e-9));
        assertThat(patch.after()).isCloseTo(0.02, within(1e-9));
        assertThat(patch.change()).isCloseTo(-0.005, within(1e-9));
        assertThat(patch.close()).isEqualTo(new Ratio(1, 2));
        assertThat(ROWS.get(4).after()).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void honestNetworksHaveNoAttack() {
        assertThat(ROWS.get(0).after()).isNaN();
        assertThat(ROWS.get(0).close()).isEqualTo(new Ratio(0, 0));
        assertThat(RepairCounts.share(Double.NaN)).isEqualTo("–");
        assertThat(RepairCounts.share(0.5)).isEqualTo("50.00\u00a0%");
    }
}
