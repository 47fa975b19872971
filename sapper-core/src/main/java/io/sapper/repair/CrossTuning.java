package io.sapper.repair;

import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.data.Dataset;
import io.sapper.defense.Comparison;
import io.sapper.defense.Folds.Fold;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Interpolation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Networks tuned from one, each on all clean images but a part, which it is judged on: so every clean image decides
 * over a network that was tuned without it. What goes out is the mean of their weights, a part of the way from the
 * network that came in (model soups, Wortsman et al. 2022; robust fine-tuning, Wortsman et al. 2022): that costs no
 * further tuning, and it keeps more of what the network knew than a network tuned on all images does
 * (docs/decisions/0082).
 */
final class CrossTuning {
    private final Graph received;
    private final Compute compute;
    private final PassCounter passes;
    private final List<Fold> folds = new ArrayList<>();
    private final List<int[]> before = new ArrayList<>();
    private final List<Graph> tuned = new ArrayList<>();

    CrossTuning(Graph received, Compute compute, PassCounter passes) {
        this.received = received;
        this.compute = compute;
        this.passes = passes;
    }

    /**
     * Takes in a network.
     *
     * @param answers of the network that came in, to the images held back
     */
    void add(Fold fold, int[] answers, Graph network) {
        folds.add(fold);
        before.add(answers);
        tuned.add(network);
    }

    /** All images that were held back so far, before and after. */
    Comparison compared(double share) {
        return compared(index -> part(index, share));
    }

    /** The same images over one network, made with all of them: they can show only that it went wrong. */
    Comparison compared(Graph network) {
        return compared(index -> network);
    }

    private Comparison compared(IntFunction<Graph> networks) {
        return IntStream.range(0, folds.size())
                .mapToObj(i -> {
                    Dataset held = folds.get(i).held();
                    return Comparison.of(before.get(i), passes.answers(networks.apply(i), held, compute), held);
                })
                .reduce(Comparison::plus)
                .orElseThrow();
    }

    /** How often recovered triggers work on images held back, of other classes than theirs; 0 of 0 without triggers. */
    Ratio surrogate(List<Recovered> triggers, double share) {
        Ratio all = new Ratio(0, 0);
        for (int i = 0; i < folds.size(); i++) {
            all = all.plus(Surrogate.success(part(i, share), folds.get(i).held(), triggers, compute, passes));
        }
        return all;
    }

    private Graph part(int index, double share) {
        return Interpolation.between(received, tuned.get(index), share);
    }

    /** The mean of all networks' weights, so far on the way to it. */
    Graph mean(double share) {
        Graph mean = tuned.get(0);
        for (int i = 1; i < tuned.size(); i++) {
            mean = Interpolation.between(mean, tuned.get(i), 1.0 / (i + 1));
        }
        return Interpolation.between(received, mean, share);
    }
}
