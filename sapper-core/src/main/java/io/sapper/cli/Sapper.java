package io.sapper.cli;

import io.sapper.data.Surroundings;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The command line's entry. */
@Command(
        name = "sapper",
        description = "Lays, measures and clears backdoors in neural networks.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            TrainCommand.class,
            AttackCommand.class,
            EvaluateCommand.class,
            AuditCommand.class,
            DetectCommand.class,
            RepairCommand.class,
            InspectCommand.class,
            VerifyCommand.class,
            SignCommand.class,
            ReproduceCommand.class,
            SweepCommand.class,
            ReportCommand.class,
            DataCommand.class,
            DoctorCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, the verdict is good or unknown; 1 the verdict is bad (a",
            "trigger works, an attack failed, accuracy is near guessing, a repair is refused",
            "or not good enough, audit found a backdoor, a model is not as its signer left",
            "it), or unknown with --strict; 2 audit cannot tell, a file is malformed, or the",
            "world is in the way (disk, memory, network, natives, output); 3 unsupported",
            "model or signature; 64 usage; 130 and 143 stopped.",
            "",
            "Begin with: sapper demo"
        })
public final class Sapper {
    private final Session session;

    private Sapper(Session session) {
        this.session = session;
    }

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // libraries format numbers too, and all of Sapper speaks English
        System.exit(run(arguments));
    }

    /** Runs a command; returns the exit code. */
    public static int run(String... arguments) {
        return run(Surroundings::ofThisMachine, arguments);
    }

    /** Runs a command, a sweep of which runs elsewhere; returns the exit code. */
    public static int run(Runners elsewhere, String... arguments) {
        return inSession(() -> Session.typed(Surroundings::ofThisMachine).withRunners(elsewhere), arguments);
    }

    /** Runs a command; data come from the given surroundings. */
    static int run(Supplier<Surroundings> surroundings, String... arguments) {
        return inSession(() -> Session.typed(surroundings), arguments);
    }

    /** @param session made once the streams are those to print on */
    private static int inSession(Supplier<Session> session, String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        PlainStream out = new PlainStream(outBefore);
        PlainStream err = new PlainStream(errBefore);
        System.setOut(out);
        System.setErr(err);
        CommandLine line = commandLine(session.get());
        line.setOut(out.writer());
        line.setErr(err.writer());
        Interruption interruption = Interruption.watch(line, arguments, err);
        try {
            return heard(out, err, execute(line, arguments));
        } finally {
            interruption.forget();
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    /** All commands, in a session. */
    static CommandLine commandLine(Session session) {
        CommandLine line = new CommandLine(new Sapper(session));
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(Failures::usage);
        line.registerConverter(Path.class, Sapper::path);
        if (session.sweep().isEmpty()) {
            line.setExecutionStrategy(parsed -> {
                parsed.asCommandLineList().forEach(command -> HelpOptions.limitMemory(command.getCommandSpec()));
                return new CommandLine.RunLast().execute(parsed);
            });
        }
        return line;
    }

    /** Runs a command; whatever happens is said and becomes the exit code. */
    static int execute(CommandLine line, String... arguments) {
        try {
            return arguments.length == 0 ? line.execute("--help") : line.execute(arguments);
        } catch (Error e) { // picocli hands only exceptions to its handler
            return Failures.report(e, line.getErr(), arguments);
        }
    }

    /** A stream that swallows errors would end a script with half an output and code 0. */
    private static int heard(PlainStream out, PlainStream err, int code) {
        boolean done = code == ExitCode.DONE || code == ExitCode.NOT_GOOD_ENOUGH;
        if (done && out.checkError()) {
            err.println("sapper: Standard output could not be written. Maybe its disk is full, or the program that"
                    + " reads it ended early.");
            return ExitCode.MALFORMED;
        }
        return code;
    }

    /** Where a command's data come from. */
    static Surroundings surroundings(CommandSpec command) {
        return session(command).surroundings().get();
    }

    /** What a command is run in. */
    static Session session(CommandSpec command) {
        return ((Sapper) command.root().userObject()).session;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' is no path here (" + e.getReason() + ")");
        }
    }
}
