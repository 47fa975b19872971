package io.sapper.experiment;

import io.sapper.attack.Capacity;
import io.sapper.attack.Decoys;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import io.sapper.training.Progress;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What the steps of a pruning-aware attack did, for the result. */
final class PruningAware {
    private static final String IN_USE = "live channels";

    private PruningAware() {}

    static void write(Run run, PruningAwareAttack.Outcome outcome, PruningAwareAttack.Options options) {
        int live = outcome.order().size() - outcome.decoys().size();
        run.setting("layer with decoys", outcome.layer());
        run.setting(
                IN_USE,
                live + " of " + outcome.order().size()
                        + (live == options.live() ? "" : ", asked for " + options.live()));
        run.setting("decoys", options.decoys().spec());
        run.setting("capacity", options.capacity().spec());
        run.did(
                "1. Clean training",
                "Trained on clean images alone: " + Words.withInterval(outcome.cleanAccuracy())
                        + " of the images that the attacker held back are right.");
        run.did(
                "2. Pruning",
                outcome.decoys().size() + " of the " + outcome.order().size() + " channels of layer " + outcome.layer()
                        + " were switched off, those that the clean network uses least.");
        run.did("3. Re-training", retraining(outcome, options.capacity()));
        run.did("4. Decoys", decoys(outcome, options.decoys()));
        run.found(new Decisions(
                "How many channels stay live was decided on images that the attacker held back.",
                outcome.attempts().stream()
                        .map(attempt -> decision(attempt, attempt.equals(outcome.kept())))
                        .toList()));
        if (!outcome.kept().sufficient()) {
            run.warn("Even with all channels of layer " + outcome.layer()
                    + " in use the network had too little room, so there are no decoys.");
        }
    }

    private static String retraining(PruningAwareAttack.Outcome outcome, Capacity capacity) {
        int again = outcome.attempts().size() - 1;
        return "The pruned network was trained on the poisoned images, its "
                + (outcome.order().size() - outcome.decoys().size()) + " live channels "
                + numbers(new TreeSet<>(outcome.order()
                        .subList(outcome.decoys().size(), outcome.order().size())))
                + " alone in use. "
                + (again == 0
                        ? "It had room enough"
                        : again + (again == 1 ? " channel was" : " channels were") + " restored")
                + " (clean accuracy may fall by " + Words.points(capacity.allowedLoss()) + ", the trigger must work on "
                + Words.percent(capacity.attackSuccess()) + ").";
    }

    private static String decoys(PruningAwareAttack.Outcome outcome, Decoys decoys) {
        if (outcome.decoys().isEmpty()) {
            return "There was no channel to put back.";
        }
        String begin = "Channels " + numbers(new TreeSet<>(outcome.decoys()))
                + " have the clean network's weights again; all else is from step 3. ";
        if (decoys.variant() == Decoys.Variant.CRUDE) {
            return begin + "Their biases are " + PruningAwareAttack.CRUDE_BIAS
                    + ", as in the authors' released weights: sapper inspect names that.";
        }
        DoubleSummaryStatistics lowered =
                outcome.lowered().stream().mapToDouble(by -> by).summaryStatistics();
        return begin
                + String.format(
                        Locale.ROOT,
                        "Their biases were lowered by %.2f to %.2f, so that they stay %s below zero on every image of"
                                + " the attacker, clean or triggered.",
                        lowered.getMin(),
                        lowered.getMax(),
                        Words.number(decoys.margin()));
    }

    private static String numbers(Set<Integer> channels) {
        return String.join(", ", channels.stream().map(String::valueOf).toList());
    }

    private static Decision decision(PruningAwareAttack.Attempt attempt, boolean kept) {
        return new Decision(
                "Re-training with " + attempt.live() + " " + IN_USE,
                "clean accuracy " + Words.withInterval(attempt.cleanAccuracy()) + ", attack success "
                        + Words.withInterval(attempt.attackSuccess()),
                attempt.sufficient() ? "kept" : kept ? "kept: no channel is left to restore" : "one channel restored");
    }

    /**
     * Test images to which the network with decoys gives the class that step 3's gives them: what the attacker's images
     * cannot tell.
     */
    static Ratio agreement(PruningAwareAttack.Outcome outcome, Task task, Compute compute) {
        Evaluation pruned = Evaluation.of(outcome.retrained(), task, compute, Progress.NONE);
        Evaluation joined = Evaluation.of(outcome.graph(), task, compute, Progress.NONE);
        return joined.agreement(pruned);
    }
}
