package io.sapper.result;

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
 * A table or figure of a paper, run again; what {@code sapper reproduce} writes.
 *
 * @param experiment the name that users type
 * @param source where it stands in which paper
 * @param training settings
 * @param data where the data came from
 * @param warnings each one sentence, for example that the data are synthetic
 * @param published the paper's numbers
 * @param rows ours, network by network
 * @param environment where it ran
 */
public record Reproduced(
        String experiment,
        String source,
        String training,
        String data,
        List<String> warnings,
        List<Published> published,
        List<Row> rows,
        Environment environment) {
    public Reproduced {
        Parts.present(experiment, "experiment");
        Parts.present(source, "source");
        Parts.present(training, "training");
        Parts.present(data, "data");
        warnings = Parts.list(warnings, "warnings");
        published = Parts.list(published, "published");
        rows = Parts.list(rows, "rows");
        Parts.present(environment, "environment");
    }

    /**
     * A number that a paper printed.
     *
     * @param what the network, named as in {@link Row#what}
     * @param measure for example {@code backdoor error}
     * @param value a fraction in [0, 1]
     * @param sureness {@code confirmed} or {@code from memory}
     */
    public record Published(String what, String measure, double value, String sureness) {
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
            double attackSuccessRate,
            double leastAttackSuccessRate,
            double mostAttackSuccessRate) {}

    /** One mean for each kind of network, in the order of their first rows. */
    public List<Mean> means() {
        Map<String, List<Row>> kinds = new LinkedHashMap<>();
        rows.forEach(row ->
                kinds.computeIfAbsent(row.what(), what -> new ArrayList<>()).add(row));
        List<Mean> means = new ArrayList<>();
        kinds.forEach((what, some) -> {
            double[] clean = rates(some, Row::cleanAccuracy);
            double[] attack = rates(some, Row::attackSuccessRate);
            means.add(
                    new Mean(what, some.size(), mean(clean), least(clean), mean(attack), least(attack), most(attack)));
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
