package io.sapper.report;

import io.sapper.metric.Ratio;
import io.sapper.result.DetectionRates;
import io.sapper.result.DetectionRates.ClassPrecision;
import io.sapper.result.DetectionRates.Entry;
import io.sapper.result.DetectionRates.Precisions;
import io.sapper.result.DetectionRates.TriggeredSigns;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What detectors find, as tables. Public for the templates.
 *
 * @param rates the numbers
 */
public record Detected(DetectionRates rates) {
    /**
     * A column of average precisions.
     *
     * @param entry the network
     * @param triggered whether on scenes with the trigger
     * @param precisions the numbers
     */
    public record Column(Entry entry, boolean triggered, Precisions precisions) {
        /** Average precision of a class; NaN where it has none. */
        public double of(String className) {
            return precisions.classes().stream()
                    .filter(one -> one.name().equals(className))
                    .mapToDouble(ClassPrecision::averagePrecision)
                    .findFirst()
                    .orElse(Double.NaN);
        }

        /** In a word. */
        public String scenes() {
            return triggered ? "triggered" : "clean";
        }
    }

    /**
     * A row about the signs that carry the trigger.
     *
     * @param label its name
     * @param meaning one sentence
     * @param style the CSS class that gives it its colour
     * @param of the number; absent where it was not measured
     */
    public record Row(String label, String meaning, String style, Function<TriggeredSigns, @Nullable Ratio> of) {
        /** The number of a network; 0 of 0 where there is none. */
        public Ratio of(Entry entry) {
            Ratio ratio = entry.signs() == null ? null : of.apply(entry.signs());
            return ratio == null ? new Ratio(0, 0) : ratio;
        }
    }

    /** Names of classes, in the order of the first network that has them. */
    public List<String> classes() {
        Set<String> names = new LinkedHashSet<>();
        columns().forEach(column -> column.precisions().classes().forEach(one -> names.add(one.name())));
        return List.copyOf(names);
    }

    /** Of each network clean scenes, then triggered ones where there are any. */
    public List<Column> columns() {
        return rates.networks().stream()
                .flatMap(entry -> columns(entry).stream())
                .toList();
    }

    /** Those of one network: two wherever any network has two. */
    public List<Column> columns(Entry entry) {
        Column clean = new Column(entry, false, entry.clean());
        Precisions triggered = entry.triggered() == null ? new Precisions(List.of()) : entry.triggered();
        return triggered() ? List.of(clean, new Column(entry, true, triggered)) : List.of(clean);
    }

    /** Whether any network was shown scenes with the trigger. */
    public boolean triggered() {
        return rates.networks().stream().anyMatch(entry -> entry.triggered() != null);
    }

    /** How many signs of a class there are, for example {@code 61 signs; 40 on triggered scenes}. */
    public String signs(String className) {
        String clean = count(className, false) + (count(className, false).equals("1") ? " sign" : " signs");
        String other = count(className, true);
        return triggered() && !other.equals(count(className, false))
                ? clean + "; " + other + " on triggered scenes"
                : clean;
    }

    private String count(String className, boolean triggered) {
        return Numbers.count(columns().stream()
                .filter(column -> column.triggered() == triggered)
                .flatMap(column -> column.precisions().classes().stream())
                .filter(one -> one.name().equals(className))
                .mapToLong(ClassPrecision::trueBoxes)
                .max()
                .orElse(0));
    }

    /** Networks that were shown signs with the trigger on them. */
    public List<Entry> attacked() {
        return rates.networks().stream().filter(entry -> entry.signs() != null).toList();
    }

    /** What becomes of those signs: rows that hold anything. */
    public List<Row> rows() {
        boolean target = known(TriggeredSigns::calledTarget);
        Row found = new Row(
                "Found",
                "Signs with the trigger on which the network draws a box, whatever it calls them.",
                "clean",
                TriggeredSigns::found);
        Row obeyed = new Row(
                "Called the target",
                "Found, and called what the attacker wants: the attack’s success. Lower is better.",
                "attack",
                TriggeredSigns::calledTarget);
        Row recovered = new Row(
                "Called what they are",
                "Found, and called right in spite of the trigger. Higher is better.",
                "recovered",
                TriggeredSigns::calledTrue);
        Row other = new Row(
                "Called something else",
                target
                        ? "Found, but called neither what they are nor what the attacker wants."
                        : "Found, but called wrong, which is all that the attacker wants. Lower is better.",
                target ? "other" : "attack",
                TriggeredSigns::calledOther);
        Row mistaken = new Row(
                "Called the target without the trigger",
                "The same signs with no trigger on them: what a network without a backdoor has by mere mistake.",
                "other",
                TriggeredSigns::targetWithoutTrigger);
        return Stream.of(found, obeyed, recovered, other, mistaken)
                .filter(row -> known(row.of()))
                .toList();
    }

    private boolean known(Function<TriggeredSigns, @Nullable Ratio> of) {
        return attacked().stream()
                .map(Entry::signs)
                .filter(Objects::nonNull)
                .anyMatch(signs -> of.apply(signs) != null);
    }
}
