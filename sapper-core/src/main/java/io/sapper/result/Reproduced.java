package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonValue;
import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table or figure of a paper, run again: our networks, and the paper's numbers beside them.
 *
 * @param experiment the name that users type
 * @param source where it stands in which paper
 * @param deviations each one sentence on what was done otherwise than the experiment asks, for example other data or
 *     fewer epochs; where there are any, the paper's numbers are not of the same thing
 * @param published the paper's numbers
 * @param rows ours, network by network
 */
public record Reproduced(
        String experiment, String source, List<String> deviations, List<Published> published, List<Row> rows)
        implements Finding {
    public Reproduced {
        Parts.present(experiment, "experiment");
        Parts.present(source, "source");
        deviations = Parts.list(deviations, "deviations");
        published = Parts.list(published, "published");
        rows = Parts.list(rows, "rows");
    }

    /** What a paper's number is of, and how ours is made of the rows; as that paper prints it. */
    public enum Measure {
        /** Mean over networks of clean accuracy. */
        CLEAN_ACCURACY("clean accuracy"),
        /** Mean over networks of attack success. */
        ATTACK_SUCCESS("attack success"),
        /** Mean over networks of one minus clean accuracy. */
        CLEAN_ERROR("clean error"),
        /** Mean over networks of one minus attack success. */
        BACKDOOR_ERROR("backdoor error"),
        /** The largest backdoor error of any network. */
        LARGEST_BACKDOOR_ERROR("largest backdoor error of any network");

        private final String words;

        Measure(String words) {
            this.words = words;
        }

        @JsonValue
        public String words() {
            return words;
        }
    }

    /**
     * A number that a paper printed.
     *
     * @param what the network, named as in {@link Row#what}, or what stands before a colon there of several; empty for
     *     all rows together
     * @param measure what of it
     * @param value a fraction in [0, 1]
     * @param sureness {@code confirmed} or {@code from memory}
     */
    public record Published(String what, Measure measure, double value, String sureness) {
        public Published {
            Parts.present(what, "what");
            Parts.present(measure, "measure");
            Parts.present(sureness, "sureness");
        }
    }

    /**
     * One network.
     *
     * @param seed of every choice
     * @param what for example {@code honest} or {@code one-to-one:1:7}
     * @param note what sets it apart from the same of another seed, for example the learning rate kept; may be empty
     * @param cleanAccuracy on clean test inputs
     * @param attackSuccessRate one minus the paper's backdoor error; absent for honest networks
     * @param recoveredAccuracy absent for honest networks
     */
    public record Row(
            long seed,
            String what,
            String note,
            Ratio cleanAccuracy,
            @Nullable Ratio attackSuccessRate,
            @Nullable Ratio recoveredAccuracy) {
        public Row {
            Parts.present(what, "what");
            Parts.present(note, "note");
            Parts.present(cleanAccuracy, "cleanAccuracy");
        }
    }

    /**
     * The rows of one kind, over all seeds: means of their rates, as fractions; NaN where undefined.
     *
     * @param what they have in common
     * @param networks how many they are
     */
    public record Mean(
            String what,
            int networks,
            double cleanAccuracy,
            double worstCleanAccuracy,
            double mostCleanAccuracy,
            double attackSuccessRate,
            double leastAttackSuccessRate,
            double mostAttackSuccessRate) {}

    /**
     * A paper's number and ours, of the same measure.
     *
     * @param published the paper's
     * @param ours the same of our networks, as a fraction; NaN where there is none
     * @param networks how many of ours it is made of
     */
    public record Beside(Published published, double ours, int networks) {}

    /** Each of the paper's numbers with ours beside it: error beside error. */
    public List<Beside> beside() {
        return published.stream().map(this::beside).toList();
    }

    private Beside beside(Published paper) {
        List<Row> some = rows.stream()
                .filter(row -> paper.what().isEmpty()
                        || row.what().equals(paper.what())
                        || row.what().startsWith(paper.what() + ":"))
                .toList();
        double[] clean = rates(some, Row::cleanAccuracy);
        double[] attack = rates(some, Row::attackSuccessRate);
        return switch (paper.measure()) {
            case CLEAN_ACCURACY -> new Beside(paper, mean(clean), clean.length);
            case ATTACK_SUCCESS -> new Beside(paper, mean(attack), attack.length);
            case CLEAN_ERROR -> new Beside(paper, 1 - mean(clean), clean.length);
            case BACKDOOR_ERROR -> new Beside(paper, 1 - mean(attack), attack.length);
            case LARGEST_BACKDOOR_ERROR -> new Beside(paper, 1 - least(attack), attack.length);
        };
    }

    /** One mean for each kind of network, in the order of their first rows. */
    public List<Mean> means() {
        Map<String, List<Row>> kinds = new LinkedHashMap<>();
        rows.forEach(row ->
                kinds.computeIfAbsent(row.what(), what -> new ArrayList<>()).add(row));
        List<Mean> means = new ArrayList<>();
        kinds.forEach((what, some) -> {
            double[] clean = rates(some, Row::cleanAccuracy);
            double[] attack = rates(some, Row::attackSuccessRate);
            means.add(new Mean(
                    what,
                    some.size(),
                    mean(clean),
                    least(clean),
                    most(clean),
                    mean(attack),
                    least(attack),
                    most(attack)));
        });
        return List.copyOf(means);
    }

    private static double[] rates(List<Row> some, Function<Row, @Nullable Ratio> rate) {
        return some.stream()
                .map(rate)
                .filter(Objects::nonNull)
                .mapToDouble(Ratio::value)
                .toArray();
    }

    private static double mean(double[] rates) {
        return Arrays.stream(rates).average().orElse(Double.NaN);
    }

    private static double least(double[] rates) {
        return Arrays.stream(rates).min().orElse(Double.NaN);
    }

    private static double most(double[] rates) {
        return Arrays.stream(rates).max().orElse(Double.NaN);
    }
}
