package io.sapper.result;

import java.util.List;

/**
 * What each step did in this very run, in words.
 *
 * @param steps in the order in which they were done
 */
public record Steps(List<Step> steps) implements Finding {
    public Steps {
        steps = Parts.list(steps, "steps");
    }

    /**
     * One step.
     *
     * @param name for example {@code Pruning alone}
     * @param did one sentence
     */
    public record Step(String name, String did) {
        public Step {
            Parts.present(name, "name");
            Parts.present(did, "did");
        }
    }
}
