package io.sapper.cli;

import io.sapper.data.Plain;
import io.sapper.network.Graph;
import io.sapper.report.ModelPage;
import io.sapper.result.Inspected;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = {
            "Shows the layers, shapes and sizes of an ONNX network, and what is odd about it.",
            "Exit code 1: some of its weights are not finite (NaN or infinite), or its graph holds a part that decides",
            "about the answer past the layers, as a trigger built into the graph would."
        },
        footer = {"", "For example: sapper inspect model.onnx"})
final class InspectCommand implements Callable<Integer> {
    /** A longer name is cut: one of them would push every column off the screen. */
    private static final int LONGEST_NAME = 48;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Option(names = "--json", description = "Print it as JSON on standard output.")
    boolean json;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also write it as one HTML page, with a drawing of the graph. Default: none.")
    Optional<Path> out = Optional.empty();

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    @Override
    public Integer call() throws Exception {
        out.ifPresent(HtmlFile::check);
        FutureTask<String> digest = new FutureTask<>(() -> sha256(model)); // reads all of it too, so at the same time
        if (Files.isRegularFile(model)) {
            Thread beside = new Thread(digest, "digest");
            beside.setDaemon(true);
            beside.start();
        }
        Graph graph = ModelFile.read(model);
        Inspected found = Inspection.of(graph, model.toString(), digest.get(), Files.size(model));
        if (out.isPresent()) {
            HtmlFile.write(out.get(), ModelPage.render(found));
        }
        if (json) {
            Json.print(found);
        } else {
            print(found);
        }
        if (out.isPresent() && !json) {
            System.out.println();
            System.out.println("Page: " + out.get());
        }
        return found.suspicious() ? ExitCode.NOT_GOOD_ENOUGH : ExitCode.DONE;
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static void print(Inspected found) {
        PrintStream out = System.out;
        out.println("SHA-256   " + found.sha256() + String.format(Locale.ROOT, " (%,d bytes)", found.bytes()));
        if (!found.opsets().isEmpty()) {
            String opsets = found.opsets().entrySet().stream()
                    .map(entry -> name(entry.getKey()) + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            out.println("written   "
                    + (found.producer().isEmpty() ? "by an unnamed program" : "by " + name(found.producer()))
                    + ", opset " + opsets);
        }
        for (Inspected.Given input : found.inputs()) {
            out.println("input     " + name(input.name()) + ": " + input.type() + " " + String.join("x", input.sizes())
                    + (input.layout().isEmpty() ? "" : " (" + input.layout() + ")"));
        }
        for (Inspected.Output output : found.outputs()) {
            out.println("output    " + name(output.name()) + ": " + output.gives());
        }
        if (found.detector() != null) {
            out.println("detector  " + Plain.line(found.detector().text()));
        }
        out.println();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("node", "operator", "output", "parameters"));
        rows.add(List.of(
                name(found.input().name()), "(input)", shape(found.input().shape()), ""));
        for (Inspected.Layer node : found.nodes()) {
            String parameters = node.parameters() == 0 ? "" : String.format(Locale.ROOT, "%,d", node.parameters());
            rows.add(List.of(name(node.name()), node.operator(), shape(node.output()), parameters));
        }
        table(rows);
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%,d trainable parameter%s; %s multiply-add%s for each input",
                found.parameters(),
                found.parameters() == 1 ? "" : "s",
                found.multiplyAddsText(),
                found.multiplyAdds() == 1 ? "" : "s"));
        out.println("pruned by default: "
                + (found.prunedByDefault().isEmpty() ? "none: " : name(found.prunedByDefault()) + ", ")
                + Plain.line(found.why()));
        warn(found);
    }

    private static void warn(Inspected found) {
        PrintStream out = System.out;
        for (Inspected.Suspect gate : found.gates()) {
            out.println(
                    Plain.line((gate.trigger() ? "SUSPICIOUS: a trigger may be built into the graph. " : "WARNING: ")
                            + gate.sentence()));
        }
        if (!found.notFinite().isEmpty()) {
            out.println("SUSPICIOUS: weights that are not finite (NaN or infinite):");
            found.notFinite()
                    .forEach(tensor -> out.println(
                            "  " + name(tensor.tensor()) + ": " + tensor.count() + " of " + tensor.total()));
        }
        found.warnings().stream()
                .filter(line -> !line.contains("are not finite"))
                .forEach(line -> out.println(Plain.line("WARNING: " + line)));
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
