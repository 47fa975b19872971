package io.sapper.cli;

import io.sapper.data.Catalogue;
import io.sapper.data.KnownData;
import io.sapper.data.Surroundings;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.image.FolderReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "data",
        description = "Lists the known data sets, or gets one and says what is in it, class by class.",
        footer = {"", "For example: sapper data mnist"})
final class DataCommand implements Callable<Integer> {
    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "A known name or a folder. Default: list the names.")
    Optional<String> name = Optional.empty();

    @Mixin
    PictureArguments pictures = new PictureArguments();

    @Mixin
    SceneArguments scenes = new SceneArguments();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the division of a folder, and of synthetic digits (${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        if (name.isPresent()) {
            show(name.get());
        } else if (scenes.given()) {
            throw new IllegalArgumentException(
                    "--classes is for the classes of a folder, and takes all words behind it:"
                            + " put the folder first, for example: sapper data FOLDER --classes stop speedlimit");
        } else if (json) {
            Summary.json(Arrays.stream(KnownData.values())
                    .map(known -> new Known(known.id(), known.description()))
                    .toList());
        } else {
            list(System.out);
        }
        return ExitCode.DONE;
    }

    /** A data set known by name. */
    record Known(String name, String description) {}

    private void show(String wanted) throws IOException {
        FolderReader.Options options = pictures.options(seed);
        Surroundings surroundings = Sapper.surroundings(Objects.requireNonNull(spec));
        Optional<Path> folder = Catalogue.folder(wanted, surroundings);
        if (folder.isPresent() && SceneFolder.is(folder.get())) {
            showScenes(folder.get());
            return;
        }
        scenes.refuse(wanted + " holds none in a layout that is read");
        DataListing listing;
        try (Console console = new Console()) {
            listing = DataListing.of(Catalogue.load(wanted, options, surroundings, console));
        }
        if (json) {
            Summary.json(listing);
        } else {
            listing.print(System.out);
        }
    }

    private void showScenes(Path folder) throws IOException {
        SceneFolder.Options options = pictures.scenes(scenes.table(), seed);
        SceneListing listing;
        try (Console console = new Console()) {
            listing = SceneListing.of(SceneFolder.read(folder, options, console));
        }
        if (json) {
            Summary.json(listing);
        } else {
            listing.print(System.out);
        }
    }

    private static void list(PrintStream out) {
        for (KnownData known : KnownData.values()) {
            out.println(String.format(Locale.ROOT, "%-17s %s", known.id(), known.description()));
        }
        out.println();
        out.println("Or a folder: MNIST's four IDX files, CIFAR-10's binary batches, or pictures or");
        out.println("recordings (WAV) in a subfolder per class (also below train and test); by path, or by its");
        out.println("name in SAPPER_DATA. Photographs with boxes too: Pascal VOC, YOLO, LISA, Swedish Traffic Signs.");
    }
}
