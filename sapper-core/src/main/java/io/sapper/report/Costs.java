package io.sapper.report;

import io.sapper.result.Cost;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run cost, as a table. Public for the templates.
 *
 * @param costs step by step
 */
public record Costs(List<Cost> costs) {
    /** Passes of one kind. */
    public enum Column {
        FORWARD("Forward passes", "through the whole network (or the head of a cut one)"),
        TAIL("Tail passes", "through only the tail of a cut one"),
        TRAINING("Forward and backward", "forward and backward (trained on, or searched for triggers with)");

        private final String label;
        private final String meaning;

        Column(String label, String meaning) {
            this.label = label;
            this.meaning = meaning;
        }

        String meaning() {
            return meaning;
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

    /** Of passes those kinds that were counted at all. */
    public List<Column> columns() {
        return Stream.of(Column.values()).filter(column -> total(column) > 0).toList();
    }

    /** Over all steps. */
    public long total(Column column) {
        return costs.stream().mapToLong(column::of).sum();
    }

    /** What the table shows. */
    public String lead() {
        return columns().isEmpty()
                ? "Step by step: wall time, which depends on the machine and on what else it does."
                : "Step by step: wall time, and images sent "
                        + columns().stream().map(Column::meaning).collect(Collectors.joining("; "))
                        + ". Passes do not depend on the machine, so they compare across machines.";
    }
}
