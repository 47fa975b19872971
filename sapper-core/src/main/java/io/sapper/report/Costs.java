package io.sapper.report;

import io.sapper.result.Cost;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run cost, as a table. Public for the templates.
 *
 * @param costs step by step
 */
public record Costs(List<Cost> costs) {
    /** Passes of one kind. */
    public enum Column {
        FORWARD("Forward passes"),
        TAIL("Tail passes"),
        TRAINING("Training passes");

        private final String label;

        Column(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** How many a step took. */
        public long of(Cost cost) {
            return switch (this) {
                case FORWARD -> cost.forwardPasses();
                case TAIL -> cost.tailPasses();
                case TRAINING -> cost.trainingPasses();
            };
        }
    }

    /** Of passes those kinds that were counted at all: none is told of a run that counted nothing. */
    public List<Column> columns() {
        return costs.stream().allMatch(cost -> Stream.of(Column.values()).allMatch(column -> column.of(cost) == 0))
                ? List.of()
                : List.of(Column.values());
    }

    /** Over all steps. */
    public long total(Column column) {
        return costs.stream().mapToLong(column::of).sum();
    }

    /** What the table shows. */
    public String lead() {
        return columns().isEmpty()
                ? "Step by step: wall time, which depends on the machine and on what else it does."
                : "Step by step: wall time, and images sent through the whole network (or the head of a cut one), through"
                        + " only the tail of a cut one, and trained on (forward and backward). Passes do not depend on the"
                        + " machine, so they compare across machines.";
    }
}
