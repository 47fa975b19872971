package io.sapper.report;

import io.sapper.result.Rates;
import java.util.List;

/**
 * The rates class by class. Public for the templates.
 *
 * @param networks before and after, else whatever was measured; all with classes
 * @param worse classes that the repair made worse on clean inputs, the worst first
 * @param compared whether there is a before and an after
 */
public record Classes(List<Measured> networks, List<Rates.Worse> worse, boolean compared) {
    private static final int MOST_OPEN = 20;
    private static final int MOST_PRINTED = 130;
    private static final int MOST_WORSE = 12;

    public static Classes of(List<Measured> networks, Rates rates) {
        return new Classes(
                Measured.classByClass(networks),
                rates.gotWorse(),
                rates.of(Rates.BACKDOORED).isPresent()
                        && rates.of(Rates.REPAIRED).isPresent());
    }

    public int rows() {
        return networks.get(0).measurement().classes().size();
    }

    /** Whether the whole table is short enough to stand open. */
    public boolean open() {
        return rows() <= MOST_OPEN;
    }

    /** Whether it is short enough for paper. */
    public boolean printed() {
        return rows() <= MOST_PRINTED;
    }

    /** The worst of those that got worse. */
    public List<Rates.Worse> worst() {
        return worse.subList(0, Math.min(MOST_WORSE, worse.size()));
    }

    /** The columns that hold anything: rates that some network has. */
    public List<Rate> rates() {
        return List.of(Rate.values()).stream()
                .filter(rate -> networks.stream()
                        .anyMatch(network -> rate.of(network.measurement()).total() > 0))
                .toList();
    }
}
