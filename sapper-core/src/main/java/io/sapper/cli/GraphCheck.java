package io.sapper.cli;

import io.sapper.network.Graph;
import io.sapper.network.Oddities;
import io.sapper.network.OnnxReader;
import io.sapper.result.Inspected;
import io.sapper.result.Outcome;
import io.sapper.result.Verdict.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether {@code inspect} finds what an attack leaves in graph and weights: gates, silenced channels, broken numbers.
 */
final class GraphCheck {
    private static final String WANTED = "no part that decides past the layers, no silenced channel, finite weights";

    private GraphCheck() {}

    static List<Check> of(List<Path> models) throws IOException {
        List<Check> checks = new ArrayList<>();
        if (models.isEmpty()) {
            checks.add(new Check("no graph trigger", "no ONNX file is there", WANTED, Outcome.UNKNOWN));
        }
        for (Path model : models) {
            Graph graph = OnnxReader.read(model);
            Inspected found = Inspection.of(graph, model.toString(), "", Files.size(model));
            checks.add(check(model, found, Oddities.silenced(graph)));
        }
        return checks;
    }

    private static Check check(Path model, Inspected found, List<String> silenced) {
        List<String> bad = new ArrayList<>();
        found.gates().stream().filter(Inspected.Suspect::trigger).forEach(gate -> bad.add(gate.sentence()));
        found.notFinite()
                .forEach(one -> bad.add(
                        "Weights " + one.tensor() + " are not finite (" + one.count() + " of " + one.total() + ")."));
        bad.addAll(silenced);
        boolean untried = found.gates().stream().anyMatch(gate -> gate.inputs() == 0);
        Outcome outcome = !bad.isEmpty() ? Outcome.BAD : untried ? Outcome.UNKNOWN : Outcome.GOOD;
        String measured = !bad.isEmpty()
                ? bad.get(0)
                        + (bad.size() == 1 ? "" : " And " + (bad.size() - 1) + " more; 'sapper inspect' lists them.")
                : untried
                        ? "a part decides past the layers and could not be tried"
                        : "nothing of that kind" + weak(found);
        return new Check("no graph trigger in " + model.getFileName(), measured, WANTED, outcome);
    }

    private static String weak(Inspected found) {
        return found.gates().isEmpty()
                ? ""
                : " (" + found.gates().size() + " part(s) past the layers decide about few answers)";
    }
}
