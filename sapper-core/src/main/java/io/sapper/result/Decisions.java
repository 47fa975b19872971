package io.sapper.result;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, on which evidence: a defence on its clean validation data, an attack on images held back.
 *
 * @param about what is decided, in a word or two; empty where a result has no others, or is of before there was one
 * @param summary one sentence on what came of them
 * @param decisions in the order in which they were taken
 */
public record Decisions(@Nullable String about, String summary, List<Decision> decisions) implements Finding {
    public Decisions {
        about = Objects.requireNonNullElse(about, "");
        Parts.present(summary, "summary");
        decisions = Parts.list(decisions, "decisions");
    }

    /** The only ones of a result. */
    public Decisions(String summary, List<Decision> decisions) {
        this("", summary, decisions);
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
