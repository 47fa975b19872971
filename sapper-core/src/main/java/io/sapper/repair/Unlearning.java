package io.sapper.repair;

import io.sapper.audit.Recovered;
import io.sapper.data.Dataset;
import io.sapper.data.Seeds;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Variations;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.training.Presentation;
import io.sapper.training.Progress;
import io.sapper.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Teaches the network that a recovered trigger changes nothing: tunes it on clean images of which a fifth carry the
 * trigger and their own labels. Neural Cleanse (Wang et al. 2019), section VI, "patching DNN via unlearning". Sees the
 * network, clean images, and the triggers that the audit recovered; never an attacker's.
 *
 * <p>A fifth, as in the paper. The paper tunes for one epoch on a tenth of the training data and names no rate; here
 * the rates, and epochs as many as few images need, are those of {@link FineTuning}. Departs from the paper in showing
 * the images varied, as fine-tuning does here; several recovered triggers share the fifth; and the images that carry
 * one are others in each epoch.
 */
final class Unlearning implements Rung {
    private static final double SHARE = 0.2;

    private final List<Recovered> triggers;

    /** @param triggers as recovered, at least one */
    Unlearning(List<Recovered> triggers) {
        if (triggers.isEmpty()) {
            throw new IllegalArgumentException("Without a recovered trigger there is nothing to unlearn.");
        }
        this.triggers = List.copyOf(triggers);
    }

    @Override
    public String text() {
        return "Unlearning of " + triggers.size()
                + (triggers.size() == 1 ? " recovered trigger" : " recovered triggers") + " (Wang et al. 2019)";
    }

    @Override
    public FineTuning.Outcome tune(
            Graph graph, Dataset clean, TrainingOptions options, long seed, Compute compute, Progress progress) {
        Presentation shown = on(new Variations(seed), triggers, seed);
        return FineTuning.tune(graph, clean, options, shown, seed, compute, progress);
    }

    /** What is shown otherwise, a fifth of it with one of the triggers; just that where there are none. */
    static Presentation on(Presentation otherwise, List<Recovered> recovered, long seed) {
        List<Recovered> triggers = evenly(recovered);
        if (triggers.isEmpty()) {
            return otherwise;
        }
        return (data, epoch) -> {
            Dataset shown = otherwise.show(data, epoch);
            int[] order = Seeds.permutation(data.size(), Seeds.generator(seed, "unlearning of epoch " + epoch));
            int[] some = Arrays.copyOf(order, (int) Math.round(SHARE * data.size()));
            List<Dataset> changed = new ArrayList<>();
            for (int i = 0; i < triggers.size(); i++) {
                int own = i;
                int[] those = IntStream.range(0, some.length)
                        .filter(at -> at % triggers.size() == own)
                        .map(at -> some[at])
                        .toArray();
                changed.add(triggers.get(i).on(shown, those));
            }
            return Replaced.in(shown, some, changed);
        };
    }

    /** All that they are unlearned with, each trigger as often as each other one. */
    private static List<Recovered> evenly(List<Recovered> recovered) {
        List<List<Recovered>> each =
                recovered.stream().map(Recovered::unlearned).toList();
        int rounds = each.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, rounds)
                .boxed()
                .flatMap(round -> each.stream().map(forms -> forms.get(round % forms.size())))
                .toList();
    }
}
