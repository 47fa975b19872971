package io.sapper.report;

import io.sapper.metric.Ratio;
import io.sapper.result.Audited;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.AuditedNetworks.Count;
import io.sapper.result.AuditedNetworks.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an audit says of networks whose truth is known, counted. Public for the templates.
 *
 * @param audited the networks
 */
public record AuditCounts(AuditedNetworks audited) {
    /** Attacks that an audit has to find. */
    static final String USUAL = "attacks with one target";

    /** The others. */
    static final String HARDER = "harder attacks";

    private static final double OVERLAPPING = 0.3;

    /** Kinds of attack that other searches find than that for a mask of one class; report.js has them too. */
    private static final Set<String> NO_MASK = Set.of("warp", "all-to-all", "source-specific");

    /** Each kind, the half that is for reporting first, honest networks first in each. */
    public List<Count> rows() {
        List<Count> rows = new ArrayList<>(half(AuditedNetworks.TEST));
        rows.addAll(half(AuditedNetworks.CALIBRATION));
        return rows;
    }

    private List<Count> half(String half) {
        List<Count> counts = audited.counts(half);
        List<Count> rows = new ArrayList<>();
        counts.stream().filter(AuditCounts::honest).forEach(rows::add);
        Count usual = audited.count(USUAL, half, Network::usual);
        Count harder = audited.count(HARDER, half, network -> !network.honest() && !network.usual());
        Stream.of(usual, harder).filter(count -> count.found().total() > 0).forEach(rows::add);
        counts.stream().filter(count -> !honest(count)).forEach(rows::add);
        return rows;
    }

    private static boolean honest(Count count) {
        return count.kind().equals(AuditedNetworks.HONEST);
    }

    /** A share in percent with its interval, and the counts. */
    public static String share(Ratio ratio) {
        return ratio.total() == 0
                ? "–"
                : Numbers.percent(ratio) + " (" + Numbers.percent(ratio.low()) + " to " + Numbers.percent(ratio.high())
                        + ")";
    }

    /** What else is to be known of the counts, in sentences. */
    public String notes() {
        long notLaid = audited.notLaid();
        Ratio overlap = audited.overlapping(OVERLAPPING);
        return (notLaid == 0
                        ? "Every backdoor works on at least 80 % of the test samples."
                        : Numbers.count(notLaid)
                                + " backdoored networks obey their trigger on less than 80 % of the test samples; they"
                                + " count neither as found nor as missed.")
                + (overlap.total() == 0
                        ? ""
                        : " Of " + Numbers.count(overlap.total())
                                + " recovered triggers whose true form is a few pixels, "
                                + Numbers.count(overlap.hits())
                                + " overlap it (intersection over union at least 0.3).");
    }

    /** The chart in a sentence. */
    public String summary() {
        long shown = audited.networks().stream().filter(AuditCounts::byMask).count();
        return "The smallest mask of each of " + Numbers.count(shown) + " networks, by the median over its classes. "
                + notes();
    }

    /** Whether a mask for one class is what decides: a bend, or one change of several classes, is none. */
    private static boolean byMask(Network network) {
        return !NO_MASK.contains(network.kind());
    }

    /** The smallest mask of a class by the median, where such a mask decides; else a dash. */
    public static String mask(Network network) {
        return byMask(network) ? MaskChart.ratio(network.told().smallest()) : MaskChart.ratio(Double.NaN);
    }

    /** The networks, as they were trained. */
    public List<Network> networks() {
        return audited.networks();
    }

    /** Whether the verdict is wrong, of a network that is what it was meant to be. */
    public static boolean wrong(Network network) {
        return network.laid() && network.told().verdict().equals(network.honest() ? Audited.FOUND : Audited.NONE);
    }
}
