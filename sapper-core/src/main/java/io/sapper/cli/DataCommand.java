package io.sapper.cli;

import io.sapper.data.Catalogue;
import io.sapper.data.Dataset;
import io.sapper.data.KnownData;
import io.sapper.data.Obtained;
import io.sapper.data.image.FolderReader;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "data",
        description = "Lists the known data sets, or gets one and says what is in it.",
        footer = {"", "For example: sapper data mnist"})
final class DataCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 20;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A known name or a folder. Default: list the names.")
    Optional<String> name = Optional.empty();

    @Override
    public Integer call() throws Exception {
        if (name.isEmpty()) {
            list(System.out);
        } else {
            try (Console console = new Console()) {
                // Warnings are on standard error already.
                show(Catalogue.load(
                        name.get(),
                        FolderReader.Options.DEFAULT,
                        Sapper.surroundings(Objects.requireNonNull(spec)),
                        console));
            }
        }
        return ExitCode.DONE;
    }

    private static void list(PrintStream out) {
        for (KnownData known : KnownData.values()) {
            out.println(String.format(Locale.ROOT, "%-17s %s", known.id(), known.description()));
        }
        out.println();
        out.println("Or a folder: MNIST's four IDX files, CIFAR-10's binary batches, or pictures in a");
        out.println("subfolder per class; by path, or by its name in SAPPER_DATA.");
    }

    private static void show(Obtained data) {
        PrintStream out = System.out;
        out.println("Source:   " + data.source());
        out.println("Training: " + images(data.split().train()));
        out.println("Test:     " + images(data.split().test()));
        out.println("Classes:  " + classes(data.split().train()));
        out.println("Digests (SHA-256 of shape, labels and pixels):");
        out.println("training  " + data.split().train().digest());
        out.println("test      " + data.split().test().digest());
    }

    private static String classes(Dataset part) {
        String names =
                String.join(", ", part.classNames().stream().limit(MOST_NAMES).toList());
        return part.classCount() + ": " + names + (part.classCount() > MOST_NAMES ? ", ..." : "");
    }

    private static String images(Dataset part) {
        return String.format(Locale.ROOT, "%,d images of %s (channels x rows x columns)", part.size(), part.shape());
    }
}
