package io.sapper.experiment;

import io.sapper.defense.Limits;
import io.sapper.experiment.DetectorStory.Measured;
import io.sapper.metric.Ratio;
import io.sapper.result.Verdict;
import java.util.List;

/** What the repair of a detector comes to, in words. */
final class SceneRepairVerdict {
    private static final int MOST_NAMED = 3;
    private static final String REPAIRED = "repaired network";

    private SceneRepairVerdict() {}

    /** Judges a repair that was accepted, by what both networks do on test photographs. */
    static Verdict of(Judgement judgement, Limits limits, Measured before, Measured after) {
        judgement
                .finds(REPAIRED, after.meanAveragePrecision())
                .affordable(before.meanAveragePrecision(), after.meanAveragePrecision(), limits.loss());
        List<String> ruined = judgement.classes(before.classes(), after.classes(), limits);
        String clean = "mean average precision is " + Words.percent(after.meanAveragePrecision()) + " instead of "
                + Words.percent(before.meanAveragePrecision()) + "." + named(ruined);
        SignAnswers was = before.with();
        SignAnswers is = after.with();
        SignAnswers without = after.without();
        if (was == null || is == null || without == null) {
            judgement.unknown("Attack success, " + REPAIRED, "no trigger was named (--trigger, --goal)", "measured");
            return judgement.verdict(
                    "Fine-pruned; whether a backdoor is left cannot be told, for no trigger was named; " + clean);
        }
        judgement.harmless(REPAIRED, is.wantedOfFound(), without.wantedOfFound());
        return judgement.verdict(RepairVerdict.head(judgement, was.wantedOfFound(), "signs") + ": "
                + attack(was, is, without.wantedOfFound()) + "; " + clean);
    }

    private static String attack(SignAnswers was, SignAnswers is, Ratio without) {
        String found =
                "of " + is.total() + " signs with the trigger " + is.found().hits() + " are found";
        if (is.found().hits() == 0) {
            return found + ", instead of " + was.found().hits();
        }
        return "the trigger works on " + Words.percent(is.wantedOfFound().value()) + " of the "
                + is.found().hits() + " signs with it that are found, of " + is.total() + ", instead of "
                + Words.percent(was.wantedOfFound().value()) + " of "
                + was.found().hits() + " (without it, "
                + Words.percent(without.value()) + " are taken so by mistake); "
                + is.trueOfAll().hits() + " of " + is.total() + " are called what they are, instead of "
                + was.trueOfAll().hits();
    }

    /** The classes that got too much worse, the worst first. */
    private static String named(List<String> ruined) {
        int more = ruined.size() - MOST_NAMED;
        return ruined.isEmpty()
                ? ""
                : " The repair ruined class "
                        + String.join(", ", ruined.subList(0, Math.min(MOST_NAMED, ruined.size())))
                        + (more > 0 ? " and " + more + " more." : ".");
    }
}
