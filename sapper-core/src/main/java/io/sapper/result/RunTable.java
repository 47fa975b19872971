package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a sweep, one beside the other.
 *
 * @param settings the names of those that set runs apart
 * @param figures the names of what runs found
 * @param runs in the order of the plan
 */
public record RunTable(List<String> settings, List<String> figures, List<Run> runs) implements Finding {
    public RunTable {
        settings = Parts.list(settings, "settings");
        figures = Parts.list(figures, "figures");
        runs = Parts.list(runs, "runs");
        for (Run run : runs) {
            if (run.values().size() != settings.size() || run.figures().size() != figures.size()) {
                throw new IllegalArgumentException("The run " + run.name() + " has other settings or figures than "
                        + settings.size() + " and " + figures.size() + ".");
            }
        }
    }

    /**
     * One run.
     *
     * @param name in the sweep
     * @param values of the settings, in their order; empty text where it has none
     * @param outcome its own verdict; absent where it has not finished
     * @param figures what it found, as fractions, in the order of their names; NaN where it has none
     * @param seconds that its steps took; NaN where it has not finished
     * @param problem why it failed, one line; empty where it has not
     */
    public record Run(
            String name,
            List<String> values,
            @Nullable Outcome outcome,
            List<Double> figures,
            double seconds,
            String problem) {
        public Run {
            Parts.present(name, "name");
            values = Parts.list(values, "values");
            figures = Parts.list(figures, "figures");
            Parts.present(problem, "problem");
        }

        /** Whether it has a result. */
        @JsonIgnore
        public boolean isFinished() {
            return outcome != null;
        }

        /** Whether it was tried in vain. */
        @JsonIgnore
        public boolean isFailed() {
            return !problem.isEmpty();
        }
    }
}
