package io.sapper.result;

import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table or figure of a paper, run again, whose numbers are not all hits of a total: average precision, its mean,
 * shares. Where only clean accuracy and attack success are counted, see {@link Reproduced}.
 *
 * @param experiment the name that users type
 * @param source where it stands in which paper
 * @param deviations each one sentence on what was done otherwise than the experiment asks; where there are any, the
 *     paper's numbers are not of the same thing
 * @param variable what the numbers are a series along, as the paper prints it, for example {@code k}; absent where they
 *     are none
 * @param published the paper's numbers
 * @param rows ours, network by network
 */
public record ReproducedFigures(
        String experiment,
        String source,
        List<String> deviations,
        @Nullable String variable,
        List<Published> published,
        List<Row> rows)
        implements Finding {
    public ReproducedFigures {
        Parts.present(experiment, "experiment");
        Parts.present(source, "source");
        deviations = Parts.list(deviations, "deviations");
        published = Parts.list(published, "published");
        rows = Parts.list(rows, "rows");
    }

    /**
     * A number that a paper printed.
     *
     * @param what the network, named as in {@link Row#what}
     * @param at where in the series; NaN where it stands in none
     * @param figure named as in {@link Figure#name}
     * @param value a fraction in [0, 1]
     * @param sureness {@code confirmed} or {@code from memory}
     */
    public record Published(String what, double at, String figure, double value, String sureness) {
        public Published {
            Parts.present(what, "what");
            Parts.present(figure, "figure");
            Parts.present(sureness, "sureness");
        }

        /** One that stands in no series. */
        public Published(String what, String figure, double value, String sureness) {
            this(what, Double.NaN, figure, value, sureness);
        }
    }

    /**
     * One network.
     *
     * @param seed of every choice
     * @param what for example {@code honest}
     * @param at where in the series; NaN where it stands in none
     * @param note what sets it apart from the same of another seed; may be empty
     * @param figures what was measured, in the order in which to show it
     */
    public record Row(long seed, String what, double at, String note, List<Figure> figures) {
        public Row {
            Parts.present(what, "what");
            Parts.present(note, "note");
            figures = Parts.list(figures, "figures");
        }

        /** One that stands in no series. */
        public Row(long seed, String what, String note, List<Figure> figures) {
            this(seed, what, Double.NaN, note, figures);
        }

        /** The figure of this name; NaN where there is none. */
        public double value(String figure) {
            return figures.stream()
                    .filter(one -> one.name().equals(figure))
                    .mapToDouble(Figure::value)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /**
     * A number of ours.
     *
     * @param name as the paper has it, for example {@code stop, clean: average precision}
     * @param value a fraction in [0, 1]; NaN where undefined
     * @param counts what it is made of, where it is hits of a total; else absent
     */
    public record Figure(
            String name, double value, @Nullable Ratio counts) {
        public Figure {
            Parts.present(name, "name");
        }

        /** A share. */
        public static Figure of(String name, Ratio counts) {
            return new Figure(name, counts.value(), counts);
        }
    }

    /**
     * A number over all seeds, as fractions; NaN where there is none.
     *
     * @param what the network
     * @param at where in the series; NaN where it stands in none
     * @param figure what was measured
     * @param networks how many of ours it is made of
     */
    public record Mean(String what, double at, String figure, int networks, double mean, double least, double most) {}

    /**
     * A paper's number and ours, of the same thing.
     *
     * @param published the paper's
     * @param ours ours
     */
    public record Beside(Published published, Mean ours) {}

    /** Each of the paper's numbers with ours beside it. */
    public List<Beside> beside() {
        return published.stream()
                .map(paper -> new Beside(paper, mean(paper.what(), paper.at(), paper.figure())))
                .toList();
    }

    /** All names of figures, in the order of their first rows. */
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> row.figures().forEach(figure -> names.add(figure.name())));
        return List.copyOf(names);
    }

    /** One mean for each kind of network, place in the series and figure it has, in the order of their first rows. */
    public List<Mean> means() {
        Map<List<Object>, Mean> means = new LinkedHashMap<>();
        for (Row row : rows) {
            for (Figure figure : row.figures()) {
                means.computeIfAbsent(
                        List.of(row.what(), row.at(), figure.name()), key -> mean(row.what(), row.at(), figure.name()));
            }
        }
        return List.copyOf(new ArrayList<>(means.values()));
    }

    private Mean mean(String what, double at, String figure) {
        double[] values = rows.stream()
                .filter(row -> row.what().equals(what) && Double.compare(row.at(), at) == 0)
                .mapToDouble(row -> row.value(figure))
                .filter(Double::isFinite)
                .toArray();
        return new Mean(
                what,
                at,
                figure,
                values.length,
                Arrays.stream(values).average().orElse(Double.NaN),
                Arrays.stream(values).min().orElse(Double.NaN),
                Arrays.stream(values).max().orElse(Double.NaN));
    }
}
