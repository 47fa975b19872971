package io.sapper.audit;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which classes are searched: all, or of very many those that a short search finds the smallest changes for, and as
 * many others of all sizes, to compare with.
 *
 * @param classes from 0, in order
 * @param complete whether the short search was over in time
 */
record Screening(List<Integer> classes, boolean complete) {
    /** With more classes not all are searched. */
    static final int MOST = 256;

    private static final int SMALLEST = 32;
    private static final int OTHERS = 64;
    private static final int STEPS = 40;
    private static final int PICTURES = 4;

    Screening {
        classes = List.copyOf(classes);
    }

    /** All classes. */
    static Screening none(int classes) {
        return new Screening(IntStream.range(0, classes).boxed().toList(), true);
    }

    static Screening of(
            Subject subject, TriggerInversion.Options options, long seed, long deadline, DoubleConsumer heard) {
        int[] all = IntStream.range(0, subject.graph().classCount()).toArray();
        List<InvertedTrigger> found = TriggerInversion.invert(
                subject, all, options.brief(STEPS).withPictures(PICTURES), seed, deadline, heard);
        List<Integer> order = found.stream()
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .map(InvertedTrigger::target)
                .toList();
        return new Screening(chosen(order), found.size() == all.length);
    }

    /** The first ones, and others at equal distances; in order. */
    static List<Integer> chosen(List<Integer> order) {
        int first = Math.min(SMALLEST, order.size());
        int rest = order.size() - first;
        int others = Math.min(OTHERS, rest);
        Stream<Integer> spread =
                IntStream.range(0, others).mapToObj(i -> order.get(first + (2 * i + 1) * rest / (2 * others)));
        return Stream.concat(order.stream().limit(first), spread).sorted().toList();
    }
}
