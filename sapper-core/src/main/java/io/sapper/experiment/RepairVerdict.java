package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.defense.Comparison;
import io.sapper.defense.Comparison.ClassLoss;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Limits;
import io.sapper.defense.Refusal;
import io.sapper.metric.Ratio;
import io.sapper.result.Measurement;
import io.sapper.result.Outcome;
import io.sapper.result.Rates;
import io.sapper.result.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a repair comes to, in words. */
final class RepairVerdict {
    private static final int MOST_NAMED = 3;

    private RepairVerdict() {}

    /**
     * Judges a repair whose networks were measured.
     *
     * @param run that noted what the networks do
     * @param tested the test images before and after, class by class; null where nothing was repaired
     * @param honest what an honest network does, where there is one
     */
    static Verdict of(
            Judgement judgement,
            FinePruning.Outcome outcome,
            FinePruning.Options options,
            Run run,
            @Nullable Comparison tested,
            Dataset test,
            @Nullable Measurement honest) {
        if (outcome.refusal().isPresent()) {
            return refused(judgement, outcome.refusal().get(), "images");
        }
        if (outcome.weakEvidence()) {
            judgement.unknown("What the repair costs", outcome.evidence().weakness(), "clean images that can tell");
        }
        String did = outcome.pruning().isPresent() ? "Fine-pruned" : "Tuned only";
        return measured(judgement, did, options.limits(), run, tested, test, honest);
    }

    /**
     * Of a repair that was accepted, by whatever method.
     *
     * @param did what was done, in a word or two
     */
    static Verdict measured(
            Judgement judgement,
            String did,
            Limits limits,
            Run run,
            @Nullable Comparison tested,
            Dataset test,
            @Nullable Measurement honest) {
        Measurement before = Objects.requireNonNull(run.of(Rates.BACKDOORED), "measured first");
        Measurement after = Objects.requireNonNull(run.of(Rates.REPAIRED), "measured when it was accepted");
        judgement.accurate("repaired network", after, test).affordable(before, after, limits.loss());
        List<ClassLoss> ruined = tested == null ? List.of() : judgement.classes(tested, limits.classLoss());
        judgement.harmless("repaired network", after);
        return judgement.verdict(sentence(judgement, did, before, after, honest) + named(ruined));
    }

    /** @param inputs what it was to be accepted on, in words */
    static Verdict refused(Judgement judgement, Refusal refusal, String inputs) {
        return judgement
                .bad("Repair", "refused", "accepted on clean " + inputs + " (--max-loss, --max-class-loss)")
                .verdict("The repair was refused and no repaired network was written. " + refusal.sentence());
    }

    /** The classes that got too much worse, the worst first. */
    private static String named(List<ClassLoss> ruined) {
        int more = ruined.size() - MOST_NAMED;
        return ruined.isEmpty()
                ? ""
                : " The repair ruined "
                        + ruined.stream()
                                .limit(MOST_NAMED)
                                .map(row -> "class " + row.name() + " (" + row.sentence() + ")")
                                .collect(Collectors.joining(", "))
                        + (more > 0 ? " and " + more + " more." : ".");
    }

    private static String sentence(
            Judgement judgement, String did, Measurement before, Measurement after, @Nullable Measurement honest) {
        boolean same = after.cleanAccuracy().equals(before.cleanAccuracy());
        String clean = "clean accuracy " + (same ? "stays " : "is ")
                + Words.percent(after.cleanAccuracy().value())
                + (same
                        ? "."
                        : " instead of " + Words.percent(before.cleanAccuracy().value()) + ".");
        Ratio attack = after.attackSuccessRate();
        if (attack.total() == 0) {
            return did + "; whether a backdoor is left cannot be told, for no trigger was named; " + clean;
        }
        return head(judgement, before) + ": the trigger works on " + Words.percent(attack.value())
                + " of the test images instead of "
                + Words.percent(before.attackSuccessRate().value()) + " (" + compared(after, honest) + "); " + clean;
    }

    private static String head(Judgement judgement, Measurement before) {
        return head(judgement, before.attackSuccessRate(), "images");
    }

    /**
     * Whether the backdoor is cleared; what the trigger does was judged last.
     *
     * @param before how often the trigger worked
     * @param inputs that carry it, in words
     */
    static String head(Judgement judgement, Ratio before, String inputs) {
        boolean costly = judgement.outcome() == Outcome.BAD;
        return switch (judgement.last()) {
            case GOOD ->
                (judgement.works(before) ? "The backdoor is cleared" : "No backdoor for this trigger, before or after")
                        + (costly ? ", but the repair costs too much" : "");
            case BAD -> "The backdoor is not cleared";
            case UNKNOWN -> "Whether the backdoor is cleared cannot be told from so few triggered " + inputs;
        };
    }

    /** What the number left would be without a backdoor. */
    private static String compared(Measurement after, @Nullable Measurement honest) {
        return honest == null
                ? "without the trigger, "
                        + Words.percent(after.successWithoutTrigger().value())
                        + " of the same images are taken so by mistake"
                : "an honest network has "
                        + Words.percent(honest.attackSuccessRate().value());
    }
}
