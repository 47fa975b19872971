package io.sapper.cli;

import io.sapper.network.Graph;
import io.sapper.network.Node;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = "Shows the layers, shapes and sizes of an ONNX network.",
        footer = {"", "For example: sapper inspect model.onnx"})
final class InspectCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    @Override
    public Integer call() throws Exception {
        Graph graph = ModelFile.read(model);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("node", "operator", "output", "parameters"));
        rows.add(List.of(graph.input(), "(input)", shape(graph, graph.input()), ""));
        for (Node node : graph.nodes()) {
            rows.add(List.of(
                    node.name(), node.operator().onnxName(), shape(graph, node.output()), parameters(graph, node)));
        }
        print(rows);
        System.out.printf(
                Locale.ROOT,
                "%n%,d trainable parameters; %,d multiply-adds for each input; %d classes%n",
                graph.parameterCount(),
                graph.multiplyAdds(),
                graph.classCount());
        return ExitCode.DONE;
    }

    private static void print(List<List<String>> rows) {
        int name = width(rows, 0);
        int operator = width(rows, 1);
        int output = width(rows, 2);
        int parameters = width(rows, 3);
        String format = "%-" + name + "s  %-" + operator + "s  %-" + output + "s  %" + parameters + "s";
        PrintStream out = System.out;
        rows.forEach(row ->
                out.println(String.format(Locale.ROOT, format, row.toArray()).stripTrailing()));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }

    private static String parameters(Graph graph, Node node) {
        long count = node.inputs().stream()
                .filter(graph.initializerNames()::contains)
                .mapToLong(name -> graph.initializer(name).size())
                .sum();
        return count == 0 ? "" : String.format(Locale.ROOT, "%,d", count);
    }

    private static String shape(Graph graph, String tensor) {
        return String.join(
                "x", graph.shape(tensor).stream().map(String::valueOf).toList());
    }
}
