package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What each network does on test data that nothing was chosen on, in the order of the story: before and after.
 *
 * @param networks at least one
 */
public record Rates(List<Entry> networks) implements Finding {
    /** The names that networks go by. */
    public static final String HONEST = "honest";

    public static final String BACKDOORED = "backdoored";
    public static final String PRUNED = "pruned";
    public static final String FINE_TUNED = "fineTuned";
    public static final String REPAIRED = "repaired";

    public Rates {
        networks = Parts.list(networks, "networks");
    }

    /**
     * One network.
     *
     * @param network {@code honest}, {@code backdoored} (under attack, or as received), {@code pruned} (alone),
     *     {@code fineTuned} (alone) or {@code repaired}
     * @param measurement what it does
     */
    public record Entry(String network, Measurement measurement) {
        public Entry {
            Parts.present(network, "network");
            Parts.present(measurement, "measurement");
        }
    }

    /**
     * A class whose clean accuracy fell.
     *
     * @param name of the class
     * @param before clean accuracy of the network that came in
     * @param after of the repaired one
     */
    public record Worse(String name, Ratio before, Ratio after) {
        /** How far it fell, as a fraction above 0. */
        @JsonIgnore
        public double loss() {
            return before.value() - after.value();
        }
    }

    /** What the network of this name does. */
    public Optional<Measurement> of(String network) {
        return networks.stream()
                .filter(entry -> entry.network().equals(network))
                .map(Entry::measurement)
                .findFirst();
    }

    /** Classes that the repair made worse, the worst first; empty where nothing was repaired. */
    public List<Worse> gotWorse() {
        List<Worse> worse = new ArrayList<>();
        of(BACKDOORED).ifPresent(before -> of(REPAIRED).ifPresent(after -> compare(before, after, worse)));
        worse.sort(Comparator.comparingDouble(Worse::loss).reversed());
        return List.copyOf(worse);
    }

    private static void compare(Measurement before, Measurement after, List<Worse> worse) {
        int classes = Math.min(before.classes().size(), after.classes().size());
        for (int i = 0; i < classes; i++) {
            Ratio was = before.classes().get(i).cleanAccuracy();
            Ratio is = after.classes().get(i).cleanAccuracy();
            if (was.value() > is.value()) {
                worse.add(new Worse(before.classes().get(i).name(), was, is));
            }
        }
    }
}
