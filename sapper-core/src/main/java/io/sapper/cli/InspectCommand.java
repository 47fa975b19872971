package io.sapper.cli;

import io.sapper.data.Plain;
import io.sapper.network.Graph;
import io.sapper.network.Node;
import io.sapper.network.NotFinite;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = {
            "Shows the layers, shapes and sizes of an ONNX network.",
            "Exit code 1: some of its weights are not finite (NaN or infinite)."
        },
        footer = {"", "For example: sapper inspect model.onnx"})
final class InspectCommand implements Callable<Integer> {
    /** A longer name is cut: one of them would push every column off the screen. */
    private static final int LONGEST_NAME = 48;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Option(names = "--json", description = "Print it as JSON on standard output.")
    boolean json;

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    /** What {@code --json} prints. Shapes are without the batch. */
    record Inspected(
            String command,
            String model,
            Tensor input,
            Tensor output,
            List<Layer> nodes,
            long parameters,
            long multiplyAdds,
            int classes,
            List<NotFinite> notFinite) {}

    /** A named tensor. */
    record Tensor(String name, List<Integer> shape) {}

    /** A node, and how many stored numbers it reads. */
    record Layer(String name, String operator, List<Integer> output, long parameters) {}

    @Override
    public Integer call() throws Exception {
        Inspected found = inspect(ModelFile.read(model));
        if (json) {
            Json.print(found);
        } else {
            print(found);
        }
        return found.notFinite().isEmpty() ? ExitCode.DONE : ExitCode.NOT_GOOD_ENOUGH;
    }

    private Inspected inspect(Graph graph) {
        List<Layer> nodes = graph.nodes().stream()
                .map(node -> new Layer(
                        node.name(), node.operator().text(), graph.knownShape(node.output()).orElse(List.of()), parameters(graph, node)))
                .toList();
        return new Inspected(
                "inspect",
                model.toString(),
                new Tensor(graph.input(), graph.inputShape()),
                new Tensor(graph.output(), graph.shape(graph.output())),
                nodes,
                graph.parameterCount(),
                graph.multiplyAdds(),
                graph.classCount(),
                NotFinite.in(graph));
    }

    private static long parameters(Graph graph, Node node) {
        return node.inputs().stream()
                .filter(graph.initializerNames()::contains)
                .mapToLong(name -> graph.initializer(name).size())
                .sum();
    }

    private static void print(Inspected found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("node", "operator", "output", "parameters"));
        rows.add(List.of(
                name(found.input().name()), "(input)", shape(found.input().shape()), ""));
        for (Layer node : found.nodes()) {
            String parameters = node.parameters() == 0 ? "" : String.format(Locale.ROOT, "%,d", node.parameters());
            rows.add(List.of(name(node.name()), node.operator(), shape(node.output()), parameters));
        }
        table(rows);
        PrintStream out = System.out;
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%,d trainable parameters; %,d multiply-adds for each input; %d classes",
                found.parameters(),
                found.multiplyAdds(),
                found.classes()));
        if (!found.notFinite().isEmpty()) {
            out.println("SUSPICIOUS: weights that are not finite (NaN or infinite):");
            found.notFinite()
                    .forEach(tensor -> out.println(
                            "  " + name(tensor.tensor()) + ": " + tensor.count() + " of " + tensor.total()));
        }
    }

    private static void table(List<List<String>> rows) {
        String format = "%-" + width(rows, 0) + "s  %-" + width(rows, 1) + "s  %-" + width(rows, 2) + "s  %"
                + width(rows, 3) + "s";
        PrintStream out = System.out;
        rows.forEach(row ->
                out.println(String.format(Locale.ROOT, format, row.toArray()).stripTrailing()));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }

    private static String name(String name) {
        String plain = Plain.line(name);
        return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME - 3) + "...";
    }

    private static String shape(List<Integer> shape) {
        return String.join("x", shape.stream().map(String::valueOf).toList());
    }
}
