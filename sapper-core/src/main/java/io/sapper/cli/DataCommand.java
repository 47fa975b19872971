package io.sapper.cli;

import io.sapper.data.Catalogue;
import io.sapper.data.KnownData;
import io.sapper.data.Obtained;
import io.sapper.data.Surroundings;
import io.sapper.data.image.FolderReader;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Gets a data set and says what is in it; without a name, lists those that are known.")
final class DataCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A known name or a folder.")
    Optional<String> name = Optional.empty();

    @Option(names = "--stacktrace", description = "Show where a failure came from.")
    boolean stacktrace;

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        if (name.isEmpty()) {
            for (KnownData known : KnownData.values()) {
                out.printf("%-18s %s%n", known.id(), known.description());
            }
            return ExitCode.DONE;
        }
        Obtained data =
                Catalogue.load(name.get(), FolderReader.Options.DEFAULT, Surroundings.ofThisMachine(), new Console());
        out.println("Source: " + data.source());
        data.warnings().forEach(warning -> out.println("WARNING: " + warning));
        out.println("Train:  " + data.split().train());
        out.println("Test:   " + data.split().test());
        out.println("Digest: " + data.split().train().digest() + " (train)");
        out.println("        " + data.split().test().digest() + " (test)");
        return ExitCode.DONE;
    }
}
