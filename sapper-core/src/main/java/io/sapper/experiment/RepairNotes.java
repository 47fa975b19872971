package io.sapper.experiment;

import io.sapper.defense.Comparison;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Loss;
import io.sapper.defense.MaskTrial;
import io.sapper.defense.Pruning;
import io.sapper.defense.Refusal;
import io.sapper.network.Change;
import io.sapper.network.Graph;
import io.sapper.network.Masks;
import io.sapper.network.Node;
import io.sapper.result.Changes;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What fine-pruning decided, on which evidence, for the result. */
final class RepairNotes {
    private RepairNotes() {}

    static void write(Run run, FinePruning.Outcome outcome, FinePruning.Options options) {
        run.setting("decided on", outcome.evidence().sentence());
        run.setting("allowed drop while pruning", Words.points(options.pruning().allowedDrop()));
        run.setting("allowed loss", Words.points(options.limits().loss()));
        run.setting("allowed loss of one class", Words.points(options.limits().classLoss()));
        run.setting(
                "fine-tuning",
                outcome.accepted() ? options.tuning(outcome.learningRate()).text() : "none was kept");
        run.setting("images while tuning", options.varied() ? "varied anew in each epoch" : "as they are");
        List<Decision> decisions = new ArrayList<>();
        outcome.pruning().ifPresent(pruning -> {
            run.setting("pruned layer", pruning.layer());
            run.setting(
                    "channels pruned",
                    (outcome.masked() ? pruning.chosen() : 0) + " of "
                            + pruning.order().size());
            decisions.add(pruned(pruning));
            outcome.trial().ifPresent(trial -> decisions.add(masks(trial)));
        });
        if (outcome.pruning().isEmpty() && !outcome.attempts().isEmpty()) {
            run.setting("pruned layer", "none: the network has no hidden layer, so it was tuned only");
        }
        outcome.attempts().forEach(attempt -> decisions.add(decision(attempt)));
        String worse = outcome.worseClasses().stream()
                .map(row -> row.name() + " (" + row.sentence() + ")")
                .reduce((one, other) -> one + ", " + other)
                .map(names -> " Shown to have got worse: " + names + ".")
                .orElse(outcome.accepted() ? " No class is shown to have got worse." : "");
        String refused =
                outcome.refusal().map(refusal -> " " + refusal.sentence()).orElse("");
        run.found(new Decisions("Decided on " + outcome.evidence().sentence() + "." + worse + refused, decisions));
        outcome.warnings().forEach(run::warn);
    }

    /**
     * What a written file has that the one before had not.
     *
     * @param before the network that came in
     * @param written the one that went out, masks folded where they could be
     */
    static Changes changes(Graph before, Graph written, String file) {
        Set<String> known = before.nodes().stream().map(Node::name).collect(Collectors.toSet());
        List<Changes.AddedNode> added = written.nodes().stream()
                .filter(node -> !known.contains(node.name()))
                .map(node -> new Changes.AddedNode(
                        node.name(), node.operator().text(), Masks.off(written.initializer(node.name()))))
                .toList();
        List<Changes.ChangedTensor> tensors = Change.between(before, written).stream()
                .map(change -> new Changes.ChangedTensor(
                        change.name(),
                        change.type().id(),
                        change.shape(),
                        change.numbers(),
                        change.largest(),
                        change.relative()))
                .toList();
        return new Changes(file, before.storedCount(), tensors, added);
    }

    private static Decision pruned(Pruning.Outcome pruning) {
        return new Decision(
                "Pruning layer " + pruning.layer(),
                "clean accuracy " + Words.withInterval(pruning.validation().get(0)) + " before, "
                        + Words.withInterval(pruning.validation().get(pruning.chosen())) + " after",
                pruning.chosen() + " of " + pruning.order().size() + " channels");
    }

    private static Decision masks(MaskTrial trial) {
        return new Decision(
                "Masks of the pruned channels",
                "tuned with them " + Words.withInterval(trial.masked())
                        + " of varied clean images held back are classified right, without them "
                        + Words.withInterval(trial.unmasked()),
                trial.keeps() ? "left on" : "left out");
    }

    private static Decision decision(FinePruning.Attempt attempt) {
        return new Decision(
                "Fine-tuning at learning rate " + Words.number(attempt.learningRate()) + ", "
                        + Words.epochs(attempt.epochs()),
                attempt.seen().map(RepairNotes::evidence).orElse("training diverged"),
                attempt.refusal()
                        .map(Refusal::sentence)
                        .map(why -> "refused: " + why)
                        .orElse("kept"));
    }

    static String evidence(Comparison seen) {
        Loss loss = seen.loss();
        return "clean accuracy " + Words.percent(seen.before().value()) + " before, "
                + Words.percent(seen.after().value()) + " after: lost " + Words.points(loss.value())
                + " (95 % interval " + Words.points(loss.low()).replace(" points", "") + " to "
                + Words.points(loss.high()) + "; of " + loss.images() + " images " + loss.worse() + " got worse, "
                + loss.better() + " better)";
    }
}
