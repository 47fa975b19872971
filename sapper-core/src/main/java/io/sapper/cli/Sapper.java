package io.sapper.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry. */
@Command(
        name = "sapper",
        description = "Lays, finds and clears backdoors in neural networks.",
        mixinStandardHelpOptions = true,
        version = "sapper 0.1.0",
        subcommands = {
            DemoCommand.class,
            TrainCommand.class,
            AttackCommand.class,
            EvaluateCommand.class,
            RepairCommand.class,
            InspectCommand.class,
            ReproduceCommand.class,
            ReportCommand.class,
            DataCommand.class,
            DoctorCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 suspicious or repair not good enough, 2 input malformed,",
            "3 unsupported model, 64 usage. Begin with: sapper demo"
        })
public final class Sapper {
    private Sapper() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command; returns the exit code. */
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new Sapper());
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(Failures::usage);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return arguments.length == 0 ? line.execute("--help") : line.execute(arguments);
    }
}
