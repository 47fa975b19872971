package io.sapper.audit;

import io.sapper.network.ForcedGate;
import io.sapper.network.Gates;
import io.sapper.network.Graph;
import io.sapper.network.NotFinite;
import io.sapper.network.Oddities;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the file itself gives away, without any data: a part of the graph that decides past the layers (ImpNet, Clifford
 * et al. 2024), channels that no input wakes (the pruning-aware attack, Fine-Pruning section 4.2), and weights that are
 * no numbers.
 */
final class StructureLook {
    static final String ID = "structure";

    private StructureLook() {}

    static Look look(Graph graph) {
        long begin = System.nanoTime();
        List<String> found = new ArrayList<>();
        String untried = "";
        try {
            ForcedGate.all(graph, Gates.in(graph)).stream()
                    .filter(ForcedGate::decides)
                    .forEach(forced -> found.add("A trigger may be built into the graph at node "
                            + forced.gate().join() + ": forced, it decides about " + forced.changed() + " of "
                            + forced.inputs() + " inputs."));
        } catch (IllegalArgumentException e) {
            untried = " What decides past the layers could not be tried: " + e.getMessage();
        }
        found.addAll(Oddities.silenced(graph));
        List<NotFinite> broken = NotFinite.in(graph);
        if (!broken.isEmpty()) {
            found.add("Weights that are not finite: "
                    + broken.stream().limit(3).map(NotFinite::toString).collect(Collectors.joining("; ")) + ".");
        }
        boolean none = found.isEmpty();
        String saw = none
                ? "No part of the graph decides past the layers, no channel is silenced by hand, and all weights are"
                        + " finite." + untried
                : String.join(" ", found) + untried;
        return Look.since(
                begin,
                ID,
                "Structure",
                "Clifford et al. 2024 (triggers in graphs); Liu et al. 2018, section 4.2 (silenced channels)",
                saw,
                none ? Look.Speaks.NEITHER : Look.Speaks.FOR);
    }
}
