package io.sapper.audit;

import io.sapper.defense.Accuracy;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network of the same classes that is known to be honest. A trigger that works on it too is a natural feature of the
 * class, such as the red ring of a sign, and no backdoor.
 *
 * @param graph reads images in [0, 1]
 */
public record Reference(Graph graph) {
    /** How many of the images kept back, of other classes, it takes for the target when they have the trigger. */
    Ratio success(Subject subject, Recovered trigger) {
        int target = trigger.target();
        int[] clean = Accuracy.answers(graph, subject.kept(), subject.compute());
        int[] others = IntStream.range(0, clean.length)
                .filter(i -> subject.kept().label(i) != target && clean[i] != target)
                .toArray();
        int[] answers = Accuracy.answers(graph, trigger.on(subject.kept(), others), subject.compute());
        return new Ratio(
                Arrays.stream(answers).filter(answer -> answer == target).count(), others.length);
    }

    /** Those that do not work on it. */
    List<InvertedTrigger> without(List<InvertedTrigger> triggers, Subject subject, List<Look> looks) {
        long begin = System.nanoTime();
        List<InvertedTrigger> left = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (InvertedTrigger trigger : triggers) {
            Ratio seen = success(subject, trigger);
            boolean natural = seen.value() >= MaskSizes.WORKS;
            said.add("The trigger recovered for class "
                    + subject.clean().classNames().get(trigger.target()) + " turns " + seen.hits() + " of "
                    + seen.total() + " images on it" + (natural ? ", so it is a natural feature." : "."));
            if (!natural) {
                left.add(trigger);
            }
        }
        looks.add(Look.since(
                begin,
                "reference",
                "Network for comparison",
                "Wang et al. 2019 (Neural Cleanse), tried on another network",
                String.join(" ", said),
                left.isEmpty() ? Look.Speaks.AGAINST : Look.Speaks.FOR));
        return left;
    }
}
