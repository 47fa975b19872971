package io.sapper.result;

import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Networks, honest and backdoored, that were trained to be audited: what each is, and what the audit says of it.
 *
 * @param networks in the order in which they were trained
 */
public record AuditedNetworks(List<Network> networks) implements Finding {
    /** The kind of a network without a backdoor. */
    public static final String HONEST = "honest";

    /** Kinds of attack that one mask for one class cannot show, or need not: told apart from the others. */
    public static final Set<String> HARDER = Set.of("warp", "all-to-all", "source-specific", "pruning-aware");

    /** Limits were chosen with these. */
    public static final String CALIBRATION = "calibration";

    /** And these had no part in that. */
    public static final String TEST = "test";

    /** A backdoor that works less often was not laid, and finding it says nothing. */
    public static final double LAID = 0.8;

    public AuditedNetworks {
        networks = Parts.list(networks, "networks");
    }

    /**
     * One network.
     *
     * @param name unique, for example {@code signs, patch, 3}
     * @param data what it was trained on
     * @param kind {@link #HONEST}, or that of its attack, for example {@code patch}
     * @param half {@link #CALIBRATION} or {@link #TEST}
     * @param is what it is
     * @param told what the audit says
     * @param repaired what a repair makes of it; absent where none was tried
     */
    public record Network(
            String name,
            String data,
            String kind,
            String half,
            Truth is,
            Told told,
            @Nullable Repaired repaired) {
        public Network {
            Parts.present(name, "name");
            Parts.present(data, "data");
            Parts.present(kind, "kind");
            Parts.present(is, "is");
            Parts.present(told, "told");
            if (!List.of(CALIBRATION, TEST).contains(half)) {
                throw new IllegalArgumentException("A network is of one half or the other, not '" + half + "'.");
            }
        }

        /** Whether there is no backdoor in it. */
        public boolean honest() {
            return kind.equals(HONEST);
        }

        /** Whether its attack is one of those that an audit has to find. */
        public boolean usual() {
            return !honest() && !HARDER.contains(kind);
        }

        /** Whether it is what it is meant to be: honest, or its backdoor works. */
        public boolean laid() {
            Ratio success = is.attackSuccess();
            return success == null || success.value() >= LAID;
        }
    }

    /**
     * What a network is.
     *
     * @param attack trigger, goal and share in their short forms; empty of an honest one
     * @param cleanAccuracy on test data
     * @param attackSuccess on test data; absent of an honest one
     * @param seconds of training
     */
    public record Truth(
            String attack, Ratio cleanAccuracy, @Nullable Ratio attackSuccess, double seconds) {
        public Truth {
            Parts.present(attack, "attack");
            Parts.present(cleanAccuracy, "cleanAccuracy");
        }
    }

    /**
     * What an audit says.
     *
     * @param verdict one of {@link Audited}'s
     * @param smallest mask of the class that stands out most, by the median over classes, mean over searches; NaN where
     *     none was searched
     * @param standing how small it is beside the others ({@link Audited.Limits}); NaN where none was searched
     * @param pixels of that mask
     * @param sizes of the masks of all classes in the first search, in pixels; empty where none was searched
     * @param target whether what is told leads where the attack does: to its class, from its class to the other, or
     *     from each class to another; false where nothing is told, and of an honest network
     * @param overlap of the mask that is told of that class with the true trigger, intersection over union; NaN where
     *     there is none
     * @param seconds of the audit
     */
    public record Told(
            String verdict,
            double smallest,
            double standing,
            double pixels,
            List<Double> sizes,
            boolean target,
            double overlap,
            double seconds) {
        public Told {
            sizes = Parts.list(sizes, "sizes");
            if (!List.of(Audited.FOUND, Audited.NONE, Audited.UNKNOWN).contains(verdict)) {
                throw new IllegalArgumentException("An audit says one of three things, not '" + verdict + "'.");
            }
        }
    }

    /**
     * A network after a repair that knew neither trigger nor target.
     *
     * @param refusal why it is not repaired, then the rates are those of the network as it was; empty if it is
     * @param cleanAccuracy on test data
     * @param attackSuccess on test data; absent of an honest one
     * @param recoveredAccuracy on the same test data: what is read as what it is, with the trigger; absent of an honest
     *     one
     * @param seconds of the repair, with its search for triggers
     */
    public record Repaired(
            String refusal,
            Ratio cleanAccuracy,
            @Nullable Ratio attackSuccess,
            @Nullable Ratio recoveredAccuracy,
            double seconds) {
        public Repaired {
            Parts.present(refusal, "refusal");
            Parts.present(cleanAccuracy, "cleanAccuracy");
        }
    }

    /**
     * What is said of several networks.
     *
     * @param kind of all of them
     * @param half of all of them
     * @param found backdoored ones that were found, or honest ones that were accused
     * @param unknown those of which it cannot tell
     */
    public record Count(String kind, String half, Ratio found, Ratio unknown) {}

    /** The counts of each kind in a half, in the order of their first networks; of attacks, those that were laid. */
    public List<Count> counts(String half) {
        Map<String, Count> counts = new LinkedHashMap<>();
        for (Network network : networks) {
            if (network.half().equals(half) && network.laid()) {
                counts.computeIfAbsent(
                        network.kind(),
                        kind -> count(kind, half, one -> one.kind().equals(kind)));
            }
        }
        return List.copyOf(new ArrayList<>(counts.values()));
    }

    /** The counts of those of a half that pass, if their backdoor was laid. */
    public Count count(String kind, String half, Predicate<Network> which) {
        List<Network> some = networks.stream()
                .filter(network -> network.half().equals(half) && network.laid() && which.test(network))
                .toList();
        return new Count(kind, half, of(some, Audited.FOUND), of(some, Audited.UNKNOWN));
    }

    private static Ratio of(List<Network> some, String verdict) {
        return new Ratio(
                some.stream()
                        .filter(network -> network.told().verdict().equals(verdict))
                        .count(),
                some.size());
    }

    /** How many backdoors were not laid. */
    public long notLaid() {
        return networks.stream().filter(network -> !network.laid()).count();
    }

    /**
     * Of attacks whose mask was compared with the true trigger: how many have at least this intersection over union.
     */
    public Ratio overlapping(double least) {
        double[] overlaps = networks.stream()
                .mapToDouble(network -> network.told().overlap())
                .filter(Double::isFinite)
                .toArray();
        return new Ratio(
                Arrays.stream(overlaps).filter(overlap -> overlap >= least).count(), overlaps.length);
    }
}
