package io.sapper.experiment;

import io.sapper.data.Holdout;
import io.sapper.defense.Comparison;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.result.Measurement;
import io.sapper.result.Rates;
import io.sapper.result.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network fine-pruned and measured before and after, with what each step alone did. Where the repair is refused, no
 * repaired network is written and none is measured.
 */
final class Cleared {
    private static final String REPAIRED = "repaired network";

    private final Laboratory lab;
    private final Task task;
    private final FinePruning.Outcome outcome;
    private final FinePruning.Options options;
    private final Map<String, Evaluation> seen = new LinkedHashMap<>();

    private Cleared(Laboratory lab, Task task, FinePruning.Outcome outcome, FinePruning.Options options) {
        this.lab = lab;
        this.task = task;
        this.outcome = outcome;
        this.options = options;
    }

    /**
     * Does it all; writes {@code repaired.onnx} if the repair is accepted, and removes an earlier one if not.
     *
     * @param name of the network, for messages
     */
    static Cleared clear(
            Laboratory lab, Graph graph, String name, Holdout clean, FinePruning.Options options, Task task, Path out)
            throws IOException {
        FinePruning.Outcome outcome = lab.finePrune(graph, clean, options);
        Cleared cleared = new Cleared(lab, task, outcome, options);
        cleared.before(graph, name);
        if (task.triggered() != null && !outcome.attempts().isEmpty()) {
            cleared.tuningAlone(graph, clean);
        }
        cleared.write(graph, out.resolve("repaired.onnx"));
        return cleared;
    }

    /** How many steps that is, if the repair is accepted. */
    static int steps(boolean triggerKnown) {
        return triggerKnown ? 6 : 4;
    }

    /**
     * What the network does that came in, and what pruning alone does to it; that, only where something was begun.
     * Measured after the repair, so that one pass serves both without features being kept all the while.
     */
    private void before(Graph graph, String name) {
        Pruning.Outcome pruning = outcome.pruning().orElse(null);
        if (pruning == null) {
            seen.put(Rates.BACKDOORED, lab.measure(Rates.BACKDOORED, name, graph, task));
            return;
        }
        try (Curves curves = lab.measure(Rates.BACKDOORED, name, graph, pruning.layer(), task)) {
            seen.put(Rates.BACKDOORED, curves.seen());
            Measurement pruned = lab.curve(curves, pruning, options, task);
            lab.run.did(
                    "Pruning alone",
                    pruning.chosen() + " of " + pruning.order().size() + " channels switched off; "
                            + what(measurement(Rates.BACKDOORED), pruned));
        }
    }

    /** Shows what the masks add to clearing a trigger; without one it would cost time for nothing. */
    private void tuningAlone(Graph graph, Holdout clean) {
        Graph tuned = outcome.masked() || !outcome.accepted()
                ? lab.fineTuneAlone(graph, clean, outcome, options)
                : lab.tunedAlready(outcome.graph().orElseThrow());
        lab.measure(Rates.FINE_TUNED, "fine-tuned network", tuned, task);
        lab.run.did("Fine-tuning alone", what(measurement(Rates.BACKDOORED), measurement(Rates.FINE_TUNED)));
    }

    private void write(Graph before, Path file) throws IOException {
        Graph repaired = outcome.graph().orElse(null);
        if (repaired == null) {
            lab.run.did("Pruning, then fine-tuning", "refused: no repaired network was written.");
            RepairedFile.none(lab.run, file);
            return;
        }
        lab.run.found(RepairedFile.write(lab.run, before, repaired, file, List.of()));
        after(repaired);
        lab.run.did(step(), what(measurement(Rates.BACKDOORED), measurement(Rates.REPAIRED)));
    }

    private void after(Graph repaired) {
        Pruning.Outcome pruning = outcome.pruning().orElse(null);
        if (pruning == null) {
            seen.put(Rates.REPAIRED, lab.measure(Rates.REPAIRED, REPAIRED, repaired, task));
            return;
        }
        try (Curves curves = lab.measure(Rates.REPAIRED, REPAIRED, repaired, pruning.layer(), task)) {
            seen.put(Rates.REPAIRED, curves.seen());
            lab.run.found(curves.profile(Rates.REPAIRED));
        }
    }

    private String step() {
        if (outcome.pruning().isEmpty()) {
            return "Fine-tuning; no layer could be pruned";
        }
        if (outcome.masked()) {
            return "Pruning, then fine-tuning";
        }
        return outcome.trial().isPresent() ? "Fine-tuning, the masks left out" : "Fine-tuning; nothing was pruned";
    }

    /** What a step did to the rates, in one sentence. */
    private static String what(Measurement before, Measurement after) {
        Ratio was = before.attackSuccessRate();
        Ratio is = after.attackSuccessRate();
        String clean = "clean accuracy " + Words.percent(after.cleanAccuracy().value()) + " instead of "
                + Words.percent(before.cleanAccuracy().value());
        if (was.total() == 0) {
            return clean + ".";
        }
        return "it " + change(was, is) + ": the trigger works on " + Words.percent(is.value()) + " instead of "
                + Words.percent(was.value()) + ", " + clean + ".";
    }

    private static String change(Ratio was, Ratio is) {
        if (is.low() <= was.high() && was.low() <= is.high()) {
            return "changed nothing about the trigger that counting could tell";
        }
        if (is.value() > was.value()) {
            return "made the trigger work more often";
        }
        return is.value() <= was.value() / 10
                ? "took the trigger nearly all of its effect"
                : is.value() <= was.value() / 2 ? "weakened the trigger" : "hardly weakened the trigger";
    }

    /** Another network to be shown among the pictures, before these. */
    void seenBefore(String network, Evaluation evaluation) {
        Map<String, Evaluation> later = new LinkedHashMap<>(seen);
        seen.clear();
        seen.put(network, evaluation);
        seen.putAll(later);
    }

    /** Notes the first layer's filters and some test images. */
    void pictures(Graph graph, Setup setup) {
        Filters.of(Rates.BACKDOORED, graph, task, setup.compute()).ifPresent(lab.run::found);
        String last = outcome.accepted() ? Rates.REPAIRED : Rates.BACKDOORED;
        lab.run.found(Pictures.samples(task, seen, measurement(last)));
    }

    /** What a network does that was measured. */
    Measurement measurement(String network) {
        return Objects.requireNonNull(lab.run.of(network), network);
    }

    /** @param honest what an honest network does, where there is one */
    Verdict judge(Judgement judgement, @Nullable Measurement honest) {
        return RepairVerdict.of(judgement, outcome, options, lab.run, tested(), task.test(), honest);
    }

    /** Class by class on test images; null where nothing was repaired. */
    private @Nullable Comparison tested() {
        Evaluation before = seen.get(Rates.BACKDOORED);
        Evaluation after = seen.get(Rates.REPAIRED);
        return before == null || after == null ? null : before.against(after, task.test());
    }
}
