package io.sapper.cli;

import io.sapper.sweep.SweepFolder;
import io.sapper.training.Checkpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What is said when Ctrl-C, or a request to end, stops a run: what of it is kept, and the command that goes on. Files
 * are written whole or not at all, so what is there can be said by looking.
 */
final class Interruption {
    private static final Pattern SAFE = Pattern.compile("[\\w@%+=:,./-]+");

    /** Native code that still works while the process takes its libraries down would crash it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CommandLine line;
    private final String[] arguments;
    private final PlainStream err;
    private final Thread runner = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "interruption");

    /** File systems keep times as coarse as two seconds. */
    private final Instant begin = Instant.now().minus(Duration.ofSeconds(2));

    private Interruption(CommandLine line, String[] arguments, PlainStream err) {
        this.line = line;
        this.arguments = arguments;
        this.err = err;
    }

    /** From now on, until {@link #forget}; for a run of the calling thread. */
    static Interruption watch(CommandLine line, String[] arguments, PlainStream err) {
        Interruption watching = new Interruption(line, arguments, err);
        Runtime.getRuntime().addShutdownHook(watching.hook);
        return watching;
    }

    /** The run is over. */
    void forget() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The end has begun already, and says what there is to say.
        }
    }

    private void end() {
        say();
        runner.interrupt();
        try {
            over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say() {
        ParseResult parsed = line.getParseResult();
        if (parsed == null || !parsed.hasSubcommand()) {
            return;
        }
        CommandSpec command = parsed.subcommand().commandSpec();
        Optional<Path> out = path(command, "--out");
        Optional<Path> trained = path(command, "--trained").filter(Files::isDirectory);
        err.last("sapper: stopped. "
                + trained.map(folder -> trained(folder, out))
                        .orElseGet(() -> out.map(this::kept).orElse("Nothing was written.")));
    }

    /** Of experiments that keep what they train. */
    private String trained(Path folder, Optional<Path> out) {
        try {
            List<Path> written = out.isPresent() ? written(out.get()) : List.of();
            return "What was trained is kept in " + folder
                    + Checkpoints.newest(folder).map(text -> " (" + text + ")").orElse("")
                    + (written.isEmpty() ? "" : "; whole and kept: " + listed(written))
                    + ". The same command goes on from there.";
        } catch (IOException e) {
            return "What was trained is kept in " + folder + ".";
        }
    }

    private static Optional<Path> path(CommandSpec command, String name) {
        OptionSpec option = command.findOption(name);
        Object value = option == null ? null : option.getValue();
        if (value instanceof Optional<?> maybe) {
            value = maybe.orElse(null);
        }
        return value instanceof Path path ? Optional.of(path) : Optional.empty();
    }

    private String kept(Path out) {
        try {
            if (new SweepFolder(out).isSweep()) {
                return "The runs that are finished are kept in " + out + ". The same command goes on from there.";
            }
            Optional<String> checkpoint = Checkpoints.newest(out.resolve(Checkpoints.FOLDER));
            if (checkpoint.isPresent()) {
                return "The checkpoint in " + out.resolve(Checkpoints.FOLDER) + " is kept (" + checkpoint.get()
                        + "). Go on with: " + command();
            }
            List<Path> written = written(out);
            return (written.isEmpty() ? "Nothing new was written" : "Whole and kept: " + listed(written))
                    + "; the same command begins anew.";
        } catch (IOException e) {
            return "What was written to " + out + " is whole.";
        }
    }

    private static String listed(List<Path> files) {
        return Listed.first(files.stream().map(Path::toString).toList());
    }

    private List<Path> written(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return Files.isRegularFile(out) && isNew(out) ? List.of(out) : List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.sorted().toList()) {
                if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith(".") && isNew(file)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private boolean isNew(Path file) throws IOException {
        FileTime written = Files.getLastModifiedTime(file);
        return !written.toInstant().isBefore(begin);
    }

    /** As it was called, with {@code --resume}; to be pasted into a shell. */
    private String command() {
        Stream<String> words = Stream.concat(Stream.of("sapper"), Arrays.stream(arguments));
        Stream<String> all =
                Arrays.asList(arguments).contains("--resume") ? words : Stream.concat(words, Stream.of("--resume"));
        return all.map(Interruption::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
