package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.network.ClassScores;
import io.sapper.network.DefaultLayer;
import io.sapper.network.ElementType;
import io.sapper.network.ForcedGate;
import io.sapper.network.Gate;
import io.sapper.network.Gates;
import io.sapper.network.Graph;
import io.sapper.network.Head;
import io.sapper.network.Initializer;
import io.sapper.network.Input;
import io.sapper.network.Node;
import io.sapper.network.NotFinite;
import io.sapper.network.Oddities;
import io.sapper.network.Provenance;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorFile;
import io.sapper.result.Inspected;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a network for {@code inspect}. */
final class Inspection {
    /** How {@link Oddities} ends what it says of a node that no gradient passes. */
    private static final String UNTRAINED = "cannot be trained through it.";

    private static final DefaultLayer CONV5 =
            new DefaultLayer(Detector.LAST_CONVOLUTION, "the last convolution, which both stages of the detector read");

    private static final Map<String, String> OF_DETECTORS = Map.of(
            Detector.BOXES, "left, top, right and bottom of each sign found, in pixels of the scaled photograph",
            Detector.SCORES, "how sure it is of each, from 0 to 1",
            Detector.LABELS, "the class of each, from 0");

    private Inspection() {}

    static Inspected of(Graph graph, String model, String sha256, long bytes) {
        Provenance from = graph.provenance().orElse(Provenance.none());
        boolean detector = Detector.is(graph);
        Inspected.@Nullable Detector facts = null;
        DefaultLayer layer = detector
                ? CONV5
                : DefaultLayer.in(graph).orElseGet(() -> new DefaultLayer("", DefaultLayer.none(graph)));
        List<String> warnings = new ArrayList<>(Oddities.of(graph));
        if (detector) {
            warnings.removeIf(line -> line.endsWith(UNTRAINED)); // its two stages are trained on either side of it
            facts = facts(Path.of(model), graph, warnings);
        }
        return new Inspected(
                "inspect",
                model,
                sha256,
                bytes,
                from.producer(),
                from.opsets(),
                graph.inputs().stream().map(Inspection::given).toList(),
                new Inspected.Tensor(graph.input(), graph.open() ? List.of() : graph.inputShape()),
                new Inspected.Tensor(
                        graph.output(), graph.knownShape(graph.output()).orElse(List.of())),
                graph.outputs().stream().map(name -> output(graph, name)).toList(),
                layers(graph),
                graph.parameterCount(),
                graph.multiplyAdds().count(),
                graph.multiplyAdds().complete(),
                graph.knownClassCount().orElse(0) > 1 ? graph.classCount() : 0,
                layer.name(),
                layer.why(),
                suspects(graph, warnings),
                warnings,
                NotFinite.in(graph).stream()
                        .map(one -> new Inspected.NotFinite(one.tensor(), one.count(), one.total()))
                        .toList(),
                facts);
    }

    private static Inspected.Detector facts(Path file, Graph graph, List<String> warnings) {
        Detector detector = Detector.of(graph);
        String canvas = detector.canvas().toString();
        try {
            DetectorFile read = DetectorFile.of(file, graph, List.of());
            return new Inspected.Detector(canvas, read.classes(), read.named());
        } catch (MalformedFileException e) {
            warnings.add(e.getMessage());
            return new Inspected.Detector(canvas, DetectorFile.numbers(detector), false);
        }
    }

    private static List<Inspected.Suspect> suspects(Graph graph, List<String> warnings) {
        List<Gate> gates = Gates.in(graph);
        try {
            return ForcedGate.all(graph, gates).stream()
                    .map(forced -> new Inspected.Suspect(
                            forced.gate().tensor(),
                            forced.gate().join(),
                            forced.gate().path(),
                            forced.inputs(),
                            forced.changed(),
                            forced.mostFrequent(),
                            forced.share(),
                            forced.decides()))
                    .toList();
        } catch (IllegalArgumentException e) {
            warnings.add("What a part that decides past the layers does could not be tried: " + e.getMessage());
            return gates.stream()
                    .map(gate -> new Inspected.Suspect(gate.tensor(), gate.join(), gate.path(), 0, 0, -1, 0, false))
                    .toList();
        }
    }

    /** What an output is, as far as its shape and the nodes before it tell; class scores only where it has those. */
    private static Inspected.Output output(Graph graph, String name) {
        if (Detector.is(graph) && OF_DETECTORS.containsKey(name)) {
            return new Inspected.Output(name, List.of(), OF_DETECTORS.get(name));
        }
        Head.Kind kind = Head.of(graph, name).kind();
        List<Integer> shape = graph.knownShape(name).orElse(null);
        String numbers = kind == Head.Kind.SCORES ? "numbers" : kind.text();
        if (shape == null) {
            return new Inspected.Output(name, List.of(), numbers + "; how many is known only when it runs");
        }
        boolean scores =
                name.equals(graph.output()) && ClassScores.problem(graph).isEmpty();
        if (scores) {
            return new Inspected.Output(name, shape, kind.text() + ", one for each of " + shape.get(0) + " classes");
        }
        if (shape.stream().allMatch(size -> size == 1)) {
            String one = kind == Head.Kind.SIGMOID ? "one probability (sigmoid)" : "one number";
            return new Inspected.Output(name, shape, "for each input " + one + ", no class scores");
        }
        String sizes = String.join("x", shape.stream().map(String::valueOf).toList());
        return new Inspected.Output(name, shape, "for each input " + sizes + " " + numbers);
    }

    private static Inspected.Given given(Input input) {
        List<String> sizes = input.dimensions().stream().map(Input::text).toList();
        return new Inspected.Given(input.name(), input.type().id(), sizes, layout(input));
    }

    /** Few channels stand first or last; else the number of dimensions has to do. */
    private static String layout(Input input) {
        return switch (input.dimensions().size()) {
            case 4 -> input.channelsLast() ? "NHWC" : "NCHW";
            case 3 -> "NCL";
            case 2 -> "NF";
            default -> "";
        };
    }

    private static List<Inspected.Layer> layers(Graph graph) {
        Set<String> counted = new HashSet<>();
        Map<String, Integer> flowing = new HashMap<>();
        graph.inputs().forEach(input -> flowing.put(input.name(), -1));
        Set<String> layers = Set.copyOf(graph.layers());
        List<Inspected.Layer> found = new ArrayList<>();
        for (Node node : graph.nodes()) {
            long parameters = node.reads().stream()
                    .filter(graph.initializers()::containsKey)
                    .filter(name -> isWeight(graph.initializer(name)))
                    .filter(counted::add)
                    .mapToLong(name -> graph.initializer(name).size())
                    .sum();
            List<Integer> reads = node.operator().is("Shape", "Size")
                    ? List.of() // hangs on how large its input is, not on what it is
                    : node.reads().stream()
                            .filter(flowing::containsKey)
                            .map(flowing::get)
                            .distinct()
                            .toList();
            if (!reads.isEmpty()) {
                int place = found.size();
                node.made().forEach(made -> flowing.put(made, place));
            }
            found.add(new Inspected.Layer(
                    node.name(),
                    node.operator().text(),
                    layers.contains(node.name()),
                    graph.knownShape(node.output()).orElse(List.of()),
                    parameters,
                    graph.multiplyAdds(node).count(),
                    reads));
        }
        return found;
    }

    /** Sizes, places, axes and single factors are stored as well; nobody would call those parameters. */
    private static boolean isWeight(Initializer stored) {
        return stored.size() > 1
                && stored.type() != ElementType.INT64
                && stored.type() != ElementType.INT32
                && stored.type() != ElementType.BOOL;
    }
}
