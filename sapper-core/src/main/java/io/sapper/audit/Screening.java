package io.sapper.audit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Which classes are searched: all, or of very many those that a short search finds the smallest changes for, and as
 * many others of all sizes, to compare with.
 *
 * @param classes from 0, in order
 * @param complete whether the short search was over in time
 */
record Screening(int[] classes, boolean complete) {
    /** With more classes not all are searched. */
    static final int MOST = 256;

    private static final int SMALLEST = 32;
    private static final int OTHERS = 64;
    private static final int STEPS = 40;
    private static final int PICTURES = 4;

    /** All classes. */
    static Screening none(int classes) {
        return new Screening(IntStream.range(0, classes).toArray(), true);
    }

    static Screening of(
            Subject subject, TriggerInversion.Options options, long seed, long deadline, DoubleConsumer heard) {
        int[] all = IntStream.range(0, subject.graph().classCount()).toArray();
        List<InvertedTrigger> found = TriggerInversion.invert(
                subject, all, options.withSteps(STEPS).withPictures(PICTURES), seed, deadline, heard);
        int[] order = found.stream()
                .sorted(Comparator.comparingDouble(InvertedTrigger::size))
                .mapToInt(InvertedTrigger::target)
                .toArray();
        return new Screening(chosen(order), found.size() == all.length);
    }

    /** The first ones, and others at equal distances. */
    static int[] chosen(int[] order) {
        int first = Math.min(SMALLEST, order.length);
        int rest = order.length - first;
        int others = Math.min(OTHERS, rest);
        IntStream spread = IntStream.range(0, others).map(i -> order[first + (2 * i + 1) * rest / (2 * others)]);
        return IntStream.concat(Arrays.stream(order, 0, first), spread).sorted().toArray();
    }
}
