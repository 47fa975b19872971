package io.sapper.cli;

import io.sapper.data.Once;
import io.sapper.data.Output;
import io.sapper.data.Surroundings;
import io.sapper.experiment.Setup;
import io.sapper.sweep.OneRun;
import io.sapper.sweep.PlannedRun;
import io.sapper.sweep.RunOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs a command of a sweep in this process, quietly and in a folder of its own that is gone afterwards. Its result is
 * what the same command prints with {@code --json}. Several at once share what they read.
 */
public final class CommandRun implements OneRun {
    /** Folders of pictures are read anew for each seed, and each stays in memory. */
    private static final int MOST_DATA = 4;

    private static final String NETWORK = ".onnx";

    private final Supplier<Surroundings> surroundings;
    private final boolean networks;
    private final Scratch scratch;
    private final LoadedData loaded = new LoadedData(MOST_DATA);
    private final Once trained = new Once(Setup.MOST_NETWORKS);

    /**
     * Runs commands.
     *
     * @param surroundings where their data come from
     * @param networks whether the networks that they write are part of the outcome
     * @param scratch makes the folder that runs have theirs in; whoever gives it removes it
     */
    public CommandRun(Supplier<Surroundings> surroundings, boolean networks, Scratch scratch) {
        this.surroundings = surroundings;
        this.networks = networks;
        this.scratch = scratch;
    }

    /** Makes a folder for what is not kept. */
    @FunctionalInterface
    public interface Scratch {
        Path folder() throws IOException;
    }

    @Override
    public RunOutcome run(PlannedRun run) {
        long begin = System.nanoTime();
        Path folder;
        try {
            folder = Files.createTempDirectory(Files.createDirectories(scratch.folder()), "run-");
        } catch (IOException e) {
            return failed(run, ExitCode.MALFORMED, "No folder could be made for it: " + e.getMessage(), begin);
        }
        try {
            return run(run, folder, begin);
        } finally {
            remove(folder);
        }
    }

    private RunOutcome run(PlannedRun run, Path folder, long begin) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        StringWriter said = new StringWriter();
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Session session = new Session(
                surroundings,
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                () -> new Console(nowhere, false, 0),
                Set.of(),
                loaded,
                trained,
                Optional.empty(),
                Optional.of(new Session.InSweep(run.arguments())));
        List<String> words = SweptCommand.of(run.arguments().get(0))
                .whole(run.arguments(), folder.resolve("out").toString());
        int code = execute(session, words, new PrintWriter(said, true));
        String result = printed.toString(StandardCharsets.UTF_8);
        boolean answered = code == ExitCode.DONE || code == ExitCode.NOT_GOOD_ENOUGH || code == ExitCode.INCONCLUSIVE;
        if (!answered || result.isBlank()) { // what failed has the code of an audit that cannot tell, but no result
            return failed(run, code, reason(said.toString(), code), begin);
        }
        try {
            return new RunOutcome(run.name(), code, "", result, networks ? networks(folder) : Map.of(), seconds(begin));
        } catch (IOException e) {
            return failed(run, ExitCode.MALFORMED, "Its networks could not be read: " + e.getMessage(), begin);
        }
    }

    private static int execute(Session session, List<String> words, PrintWriter err) {
        CommandLine line = Sapper.commandLine(session);
        line.setErr(err);
        line.setOut(err);
        return Sapper.execute(line, words.toArray(String[]::new));
    }

    /** The last that was said, which is why it ended. */
    private static String reason(String said, int code) {
        return said.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .map(line -> line.replaceFirst("^sapper: ", ""))
                .orElse("It ended with code " + code + " and said nothing.");
    }

    private static RunOutcome failed(PlannedRun run, int code, String reason, long begin) {
        return new RunOutcome(run.name(), code, reason, "", Map.of(), seconds(begin));
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static Map<String, byte[]> networks(Path folder) throws IOException {
        Map<String, byte[]> networks = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(NETWORK)) {
                    networks.put(name, Files.readAllBytes(file));
                }
            }
        }
        return networks;
    }

    private static void remove(Path folder) {
        try {
            Output.removeFolder(folder);
        } catch (IOException e) {
            // Of a folder for temporary files, somebody else will clean up.
        }
    }
}
