package io.sapper.cli;

import io.sapper.network.Graph;
import io.sapper.network.Node;
import io.sapper.network.OnnxReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", mixinStandardHelpOptions = true, description = "Shows what an ONNX network is made of.")
final class InspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    @Option(names = "--stacktrace", description = "Show where a failure came from.")
    boolean stacktrace;

    @Override
    public Integer call() throws Exception {
        Graph graph = OnnxReader.read(model);
        PrintStream out = System.out;
        out.printf("%-24s %-20s %-16s %s%n", "node", "operator", "output", "parameters");
        out.printf("%-24s %-20s %-16s%n", graph.input(), "(input)", text(graph, graph.input()));
        for (Node node : graph.nodes()) {
            long parameters = node.inputs().stream()
                    .filter(graph.initializerNames()::contains)
                    .mapToLong(name -> graph.initializer(name).size())
                    .sum();
            out.printf(
                    "%-24s %-20s %-16s %s%n",
                    node.name(),
                    node.operator().onnxName(),
                    text(graph, node.output()),
                    parameters == 0 ? "" : String.valueOf(parameters));
        }
        out.printf(
                "%n%d trainable parameters, %d multiply-adds for each input, %d classes%n",
                graph.parameterCount(), graph.multiplyAdds(), graph.classCount());
        return ExitCode.DONE;
    }

    private static String text(Graph graph, String tensor) {
        return String.join(
                "x", graph.shape(tensor).stream().map(String::valueOf).toList());
    }
}
