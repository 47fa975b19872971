package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same clean images before and after a repair.
 *
 * @param before clean accuracy of the network that came in
 * @param after clean accuracy of the repaired one
 * @param loss what was lost from one to the other
 * @param classes one row for each class, in their order
 */
public record Comparison(Ratio before, Ratio after, Loss loss, List<ClassLoss> classes) {
    public Comparison {
        classes = List.copyOf(classes);
    }

    /**
     * One class.
     *
     * @param name of the class
     * @param before clean accuracy of its images before
     * @param after the same after
     * @param loss what was lost
     */
    public record ClassLoss(String name, Ratio before, Ratio after, Loss loss) {
        /** Whether the images show that the class got worse: even the lower end of its interval is a loss. */
        public boolean gotWorse() {
            return loss.images() > 0 && loss.low() > 0;
        }

        /** The counts in words. */
        public String sentence() {
            return before.hits() + " of " + loss.images() + " right before, " + after.hits() + " after";
        }

        private ClassLoss plus(ClassLoss other) {
            return new ClassLoss(name, before.plus(other.before), after.plus(other.after), loss.plus(other.loss));
        }
    }

    /**
     * Counts it.
     *
     * @param before the class that the network gave each image before
     * @param after the same after
     */
    public static Comparison of(int[] before, int[] after, Dataset data) {
        List<ClassLoss> classes = new ArrayList<>();
        for (int label = 0; label < data.classCount(); label++) {
            int only = label;
            int[] some = IntStream.range(0, data.size())
                    .filter(i -> data.label(i) == only)
                    .toArray();
            classes.add(count(data.classNames().get(label), before, after, data, some));
        }
        ClassLoss all = count(
                "all", before, after, data, IntStream.range(0, data.size()).toArray());
        return new Comparison(all.before(), all.after(), all.loss(), classes);
    }

    private static ClassLoss count(String name, int[] before, int[] after, Dataset data, int[] some) {
        int right = 0;
        int worse = 0;
        int better = 0;
        for (int i : some) {
            boolean rightBefore = before[i] == data.label(i);
            boolean rightAfter = after[i] == data.label(i);
            right += rightBefore ? 1 : 0;
            worse += rightBefore && !rightAfter ? 1 : 0;
            better += !rightBefore && rightAfter ? 1 : 0;
        }
        return new ClassLoss(
                name,
                new Ratio(right, some.length),
                new Ratio((long) right - worse + better, some.length),
                new Loss(some.length, worse, better));
    }

    /** Together with other images of the same classes. */
    public Comparison plus(Comparison other) {
        return new Comparison(
                before.plus(other.before),
                after.plus(other.after),
                loss.plus(other.loss),
                IntStream.range(0, classes.size())
                        .mapToObj(i -> classes.get(i).plus(other.classes.get(i)))
                        .toList());
    }

    /** The classes that are shown to have got worse, the worst first. */
    public List<ClassLoss> worseClasses() {
        return classes.stream()
                .filter(ClassLoss::gotWorse)
                .sorted(Comparator.comparingDouble(
                        (ClassLoss row) -> -row.loss().value()))
                .toList();
    }
}
