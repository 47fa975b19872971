package io.sapper.result;

import java.util.List;

/**
 * What was decided, on which evidence: a defence on its clean validation data, an attack on images held back.
 *
 * @param summary one sentence on what came of them
 * @param decisions in the order in which they were taken
 */
public record Decisions(String summary, List<Decision> decisions) implements Finding {
    public Decisions {
        Parts.present(summary, "summary");
        decisions = Parts.list(decisions, "decisions");
    }

    /**
     * One decision.
     *
     * @param what for example {@code fine-tuning at learning rate 0.1}
     * @param evidence what was measured, with its interval
     * @param decided what followed, for example {@code kept}
     */
    public record Decision(String what, String evidence, String decided) {
        public Decision {
            Parts.present(what, "what");
            Parts.present(evidence, "evidence");
            Parts.present(decided, "decided");
        }
    }
}
