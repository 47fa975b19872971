package io.sapper.report;

import io.sapper.metric.Ratio;
import io.sapper.result.AuditedNetworks;
import io.sapper.result.AuditedNetworks.Network;
import io.sapper.result.AuditedNetworks.Repaired;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What repairs made of networks whose truth is known, kind by kind. Public for the templates.
 *
 * @param audited the networks
 */
public record RepairCounts(AuditedNetworks audited) {
    /** Recovered accuracy this close to the clean accuracy of the network as it was counts as as good. */
    private static final double CLOSE = 0.03;

    /**
     * Networks of a kind that a repair was tried on; those that were not repaired count as they were.
     *
     * @param kind of all of them
     * @param repaired how many were
     * @param before mean attack success, a fraction; NaN of honest ones
     * @param after the same after the repair
     * @param change mean change of clean accuracy, a fraction, negative where it was lost
     * @param worst change of any of them
     * @param close how many read images with the trigger almost as well as clean ones then; 0 of 0 of honest ones
     */
    public record Row(
            String kind, Ratio repaired, double before, double after, double change, double worst, Ratio close) {}

    /**
     * Honest networks, all attacks with one target, all harder ones, then each kind; of attacks, those that were laid.
     */
    public List<Row> rows() {
        Map<String, List<Network>> kinds = new LinkedHashMap<>();
        some(network -> true).forEach(network -> kinds.computeIfAbsent(network.kind(), kind -> new ArrayList<>())
                .add(network));
        List<Row> rows = new ArrayList<>();
        add(rows, AuditedNetworks.HONEST, some(Network::honest));
        add(rows, AuditCounts.USUAL, some(Network::usual));
        add(rows, AuditCounts.HARDER, some(network -> !network.honest() && !network.usual()));
        kinds.forEach((kind, networks) -> {
            if (!kind.equals(AuditedNetworks.HONEST)) {
                add(rows, kind, networks);
            }
        });
        return rows;
    }

    private List<Network> some(Predicate<Network> which) {
        return audited.networks().stream()
                .filter(network -> network.repaired() != null && network.laid() && which.test(network))
                .toList();
    }

    private static void add(List<Row> rows, String kind, List<Network> networks) {
        if (!networks.isEmpty()) {
            rows.add(row(kind, networks));
        }
    }

    private static Row row(String kind, List<Network> networks) {
        List<Network> attacked = networks.stream()
                .filter(network -> network.is().attackSuccess() != null)
                .toList();
        long close = attacked.stream()
                .filter(network -> rate(of(network).recoveredAccuracy())
                        >= network.is().cleanAccuracy().value() - CLOSE)
                .count();
        return new Row(
                kind,
                new Ratio(
                        networks.stream()
                                .filter(network -> of(network).refusal().isEmpty())
                                .count(),
                        networks.size()),
                mean(attacked, network -> rate(network.is().attackSuccess())),
                mean(attacked, network -> rate(of(network).attackSuccess())),
                mean(networks, RepairCounts::change),
                networks.stream().mapToDouble(RepairCounts::change).min().orElse(Double.NaN),
                new Ratio(close, attacked.size()));
    }

    private static Repaired of(Network network) {
        return Objects.requireNonNull(network.repaired());
    }

    private static double rate(@Nullable Ratio ratio) {
        return ratio == null ? Double.NaN : ratio.value();
    }

    private static double change(Network network) {
        return of(network).cleanAccuracy().value()
                - network.is().cleanAccuracy().value();
    }

    private static double mean(Collection<Network> networks, ToDoubleFunction<Network> number) {
        return networks.stream().mapToDouble(number).average().orElse(Double.NaN);
    }

    /** A share in percent; a dash where there is none. */
    public static String share(double fraction) {
        return Double.isNaN(fraction) ? "–" : Numbers.percent(fraction);
    }
}
