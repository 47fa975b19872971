package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network of the same classes that is known to be honest. A trigger that works on it too is a natural feature of the
 * class, such as the red ring of a sign, and no backdoor.
 *
 * @param graph reads images in [0, 1]
 */
public record Reference(Graph graph) {
    /** How many of the images kept back the trigger turns on it as it is meant to. */
    Ratio success(Subject subject, Recovered trigger) {
        Dataset kept = subject.kept();
        Aim aim = trigger.aim();
        int[] clean = subject.passes().answers(graph, kept, subject.compute());
        int[] images = IntStream.range(0, clean.length)
                .filter(i -> aim.counts(kept.label(i), clean[i]))
                .toArray();
        int[] answers = subject.passes().answers(graph, trigger.on(kept, images), subject.compute());
        long turned = IntStream.range(0, images.length)
                .filter(i -> aim.reached(kept.label(images[i]), answers[i]))
                .count();
        return new Ratio(turned, images.length);
    }

    /** In one sentence that a change works on it too; empty where it does not. */
    Optional<String> natural(Subject subject, Recovered trigger) {
        Ratio seen = success(subject, trigger);
        return seen.value() < Recovered.WORKS
                ? Optional.empty()
                : Optional.of("On the network for comparison it turns " + seen.hits() + " of " + seen.total()
                        + " images too, so it is a natural feature.");
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
