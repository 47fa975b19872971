package io.sapper.experiment;

import io.sapper.defense.FinePruning;
import io.sapper.defense.Pruning;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import java.util.ArrayList;
import java.util.List;

/** What fine-pruning decided, on which evidence, for the result. */
final class RepairNotes {
    private RepairNotes() {}

    static void write(Run run, FinePruning.Outcome outcome, FinePruning.Options options) {
        Pruning.Outcome pruning = outcome.pruning();
        run.setting("pruned layer", pruning.layer());
        run.setting(
                "channels pruned", pruning.chosen() + " of " + pruning.order().size());
        run.setting("allowed drop while pruning", Words.points(options.pruning().allowedDrop()));
        run.setting("allowed loss after tuning", Words.points(options.allowedLoss()));
        run.setting(
                "fine-tuning",
                outcome.accepted() ? Words.training(options.tuning(outcome.learningRate())) : "none was good enough");
        List<Decision> decisions = new ArrayList<>();
        decisions.add(new Decision(
                "Pruning layer " + pruning.layer(),
                "validation accuracy " + Words.withInterval(pruning.validation().get(0)) + " before, "
                        + Words.withInterval(pruning.validation().get(pruning.chosen())) + " after",
                pruning.chosen() + " of " + pruning.order().size() + " channels"));
        outcome.attempts().forEach(attempt -> decisions.add(decision(attempt, outcome)));
        run.found(new Decisions("All on the defender's clean validation images.", decisions));
    }

    private static Decision decision(FinePruning.Attempt attempt, FinePruning.Outcome outcome) {
        boolean kept = outcome.accepted() && attempt.learningRate() == outcome.learningRate();
        return new Decision(
                "Fine-tuning at learning rate " + Words.number(attempt.learningRate()),
                attempt.validation().total() == 0
                        ? "training diverged"
                        : "validation accuracy " + Words.withInterval(attempt.validation()),
                kept ? "kept" : "refused");
    }
}
