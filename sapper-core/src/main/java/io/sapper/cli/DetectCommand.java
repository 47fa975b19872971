package io.sapper.cli;

import io.sapper.data.Plain;
import io.sapper.experiment.PictureDetections;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.detection.DetectorFile;
import io.sapper.result.FoundSigns;
import io.sapper.result.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "detect",
        description = {
            "Looks for signs in pictures with a detector of Sapper's.",
            "Writes a copy of each picture with the boxes drawn on it, and all boxes into detections.json."
        },
        footer = {"", "For example: sapper detect model.onnx street.jpg photos --out found"})
final class DetectCommand implements Callable<Integer> {
    private static final String RESULT = "detections.json";

    @Mixin
    HelpOptions help = new HelpOptions();

    @Parameters(index = "0", paramLabel = "MODEL", description = "A detector, as 'train' and 'attack' write them.")
    Path model = Path.of(".");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PICTURE",
            description = "Pictures, or folders of which all pictures are taken (not those in folders below).")
    List<Path> pictures = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder; made if need be.")
    Path out = Path.of(".");

    @Option(
            names = "--min-score",
            paramLabel = "X",
            defaultValue = "0.5",
            description = "Boxes less sure than that are left out (${DEFAULT-VALUE}).")
    double minScore;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "Names of the detector's classes in their order, one on each line. Default: as its file says,"
                    + " else numbers.")
    Optional<Path> classes = Optional.empty();

    @Option(names = "--device", paramLabel = "D", defaultValue = "cpu", description = "cpu or cuda (${DEFAULT-VALUE}).")
    String device = "cpu";

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: all cores.")
    Optional<Integer> threads = Optional.empty();

    @Option(names = "--json", description = "Print the boxes as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        PictureDetections.checkScore(minScore);
        Compute compute = Common.compute(device, Common.threads(threads));
        Graph graph = ModelFile.read(model);
        List<String> names = classes.isPresent() ? ClassNamesFile.read(classes.get()) : List.of();
        DetectorFile detector = DetectorFile.of(model, graph, names);
        ModelFile.checkFinite(model, graph);
        List<PictureDetections.Copy> copies = DrawnCopies.of(pictures, out);
        List<String> outputs = Stream.concat(
                        copies.stream().map(copy -> String.valueOf(copy.drawn().getFileName())), Stream.of(RESULT))
                .toList();
        List<Path> inputs = new ArrayList<>(List.of(model));
        copies.forEach(copy -> inputs.add(copy.file()));
        FoundSigns found;
        List<String> earlier;
        try (OutputFolder folder = OutputFolder.open(out, "detect", outputs, inputs);
                Console console = new Console()) {
            found = look(detector, copies, compute, console);
            Results.write(found, folder.path().resolve(RESULT));
            earlier = folder.earlier();
        }
        print(found, earlier);
        complain(found);
        return ExitCode.DONE;
    }

    private FoundSigns look(
            DetectorFile detector, List<PictureDetections.Copy> copies, Compute compute, Console console)
            throws IOException {
        try {
            PictureDetections.Looked looked = PictureDetections.look(
                    detector, copies, minScore, compute, console.measuring("look at the pictures"));
            return new FoundSigns(
                    "detect",
                    model.toString(),
                    InspectCommand.sha256(model),
                    detector.classes(),
                    detector.detector().canvas().toString(),
                    minScore,
                    looked.pictures(),
                    looked.unread());
        } catch (IOException e) {
            throw DiskFull.explained(e, out);
        }
    }

    /** All else is done and written by now. */
    private static void complain(FoundSigns found) throws IOException {
        List<FoundSigns.Unread> unread = found.unread();
        if (!unread.isEmpty() && found.pictures().isEmpty()) {
            int more = unread.size() - 1;
            throw new IOException(unread.get(0).problem()
                    + (more == 0 ? "" : " None of the " + unread.size() + " pictures could be read."));
        }
        if (!unread.isEmpty()) {
            int more = unread.size() - 1;
            throw new IOException(unread.get(0).problem() + " It was left out"
                    + (more == 0
                            ? ""
                            : (more == 1 ? ", as was " : ", as were ") + more + " more (unread in " + RESULT + ")")
                    + "; all others are done.");
        }
    }

    private static String signs(FoundSigns.Picture picture) {
        return picture.signs().isEmpty()
                ? "nothing"
                : Listed.first(picture.signs().stream()
                        .map(sign -> String.format(Locale.ROOT, "%s %.2f", sign.className(), sign.score()))
                        .toList());
    }

    private void print(FoundSigns found, List<String> earlier) {
        if (json) {
            Json.print(found);
            return;
        }
        found.pictures().forEach(picture -> System.out.println(Plain.line(picture.file() + ": " + signs(picture))));
        System.out.println();
        System.out.println("Drawn: " + out + ", with all boxes in " + out.resolve(RESULT));
        if (!earlier.isEmpty()) {
            System.out.println(
                    Plain.line("There too, of an earlier run and not in " + RESULT + ": " + Listed.first(earlier)));
        }
    }
}
