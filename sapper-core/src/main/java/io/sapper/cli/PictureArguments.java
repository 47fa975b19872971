package io.sapper.cli;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.audio.Recordings;
import io.sapper.data.audio.SoundOptions;
import io.sapper.data.detection.ClassTable;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.image.Fit;
import io.sapper.data.image.FolderReader;
import io.sapper.data.image.Framing;
import io.sapper.data.image.Resizing;
import io.sapper.network.Graph;
import io.sapper.network.Input;
import io.sapper.network.operator.NotSupported;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How folders of pictures and of recordings are read. */
final class PictureArguments {
    @Option(
            names = "--size",
            paramLabel = "N|HxW",
            description =
                    "Bring pictures of a folder to this many rows and columns. Default: as found. Of recordings, the size"
                            + " of spectrograms (64).")
    Optional<String> size = Optional.empty();

    @Option(
            names = "--fit",
            paramLabel = "F",
            description = "How --size treats other proportions: resize (stretch, the default) or crop (keep them,"
                    + " cut off what is too long).")
    Optional<String> fit = Optional.empty();

    @Option(
            names = "--test-share",
            paramLabel = "X",
            description = "Share of each class for the test, of a folder that is not divided (0.2; of frames of"
                    + " videos 0.1).")
    Optional<Double> testShare = Optional.empty();

    @Option(
            names = "--per-class",
            paramLabel = "N",
            description = "Take at most so many pictures of each class, by chance, of a folder that is not divided.")
    Optional<Integer> perClass = Optional.empty();

    @Option(
            names = "--sound-rate",
            paramLabel = "HZ",
            description = "Bring recordings of a folder to this rate. Default: as found.")
    Optional<Integer> soundRate = Optional.empty();

    @Option(
            names = "--sound-length",
            paramLabel = "MS",
            description = "Cut or pad recordings to so many milliseconds (1000).")
    Optional<Integer> soundLength = Optional.empty();

    @Option(
            names = "--test-speaker",
            paramLabel = "NAME",
            description = "Test on this speaker alone and train on the others, of recordings named"
                    + " CLASS_SPEAKER_INDEX.wav.")
    Optional<String> testSpeaker = Optional.empty();

    private Optional<ImageShape> network = Optional.empty();
    private Optional<SoundOptions> heard = Optional.empty();
    private Optional<Resizing> framed = Optional.empty();
    private String reader = "";
    private boolean unlabelled;

    /** From now on, pictures are brought to their size this way. */
    void frame(Framing framing) {
        if (size.isPresent()) {
            throw new IllegalArgumentException("--size " + size.get() + " and --input's resize and crop both say how"
                    + " large the pictures become: give one of them.");
        }
        framed = Optional.of(framing.resizing());
    }

    /** From now on, folders need not stand for classes. */
    void takeUnlabelled() {
        unlabelled = true;
    }

    /**
     * From now on, pictures are brought to what this network reads.
     *
     * @param model the file that it is in
     * @throws IllegalArgumentException if --size, or --input's resize and crop, say another size, or --sound-rate or
     *     --sound-length another rate or length than its file does
     */
    void expect(Path model, Graph graph) {
        reader = model.toString();
        hear(graph);
        List<Integer> shape = graph.inputShape();
        if (shape.size() == 3) {
            ImageShape reads = new ImageShape(shape.get(0), shape.get(1), shape.get(2));
            said().filter(size -> size.height() != reads.height() || size.width() != reads.width())
                    .ifPresent(size -> {
                        throw misfit(size, reads);
                    });
            network = Optional.of(reads);
        }
    }

    /**
     * From now on, recordings are brought to the rate and length that this network learned from, if its file says so.
     *
     * @throws IllegalArgumentException if --sound-rate or --sound-length say others
     */
    private void hear(Graph graph) {
        heard = SoundOptions.ofInputStep(graph.inputStep());
        heard.ifPresent(learned -> {
            checkHeard("--sound-rate", soundRate, learned.rate().orElseThrow(), "Hz");
            checkHeard("--sound-length", soundLength, learned.length().orElseThrow(), "ms");
        });
    }

    private static void checkHeard(String option, Optional<Integer> said, int learned, String unit) {
        if (said.isPresent() && said.get() != learned) {
            throw new IllegalArgumentException(option + " " + said.get() + " is not what the network learned from: "
                    + learned + " " + unit + ", its file says. Leave it out.");
        }
    }

    /**
     * Checks that a network that learned from recordings gets some.
     *
     * @throws IllegalArgumentException if these are something else
     */
    void checkKind(Dataset data, String more) {
        if (heard.isPresent() && !(data.samples() instanceof Recordings)) {
            throw new IllegalArgumentException(reader + " learned from recordings of "
                    + heard.get().length().orElseThrow() + " ms, its file says, but " + data.name() + " has "
                    + data.samples().noun() + ". Give it recordings with --data." + more);
        }
    }

    private IllegalArgumentException misfit(Resizing size, ImageShape reads) {
        return new IllegalArgumentException((framed.isPresent() ? "--input's resize and crop make" : "--size makes")
                + " pictures of " + size.width() + "x" + size.height() + " (columns x rows), but the network reads "
                + reads.width() + "x" + reads.height() + " and nothing else. "
                + (framed.isPresent()
                        ? "Let crop=" + (reads.width() == reads.height() ? "" : reads.width() + "x") + reads.height()
                                + " be the last of them, or leave both out: then pictures are stretched."
                        : "Leave it out."));
    }

    /** The size that was said in either way. */
    private Optional<Resizing> said() {
        return framed.or(() -> size.map(text -> Resizing.parse(text, Fit.RESIZE)));
    }

    /** A network that reads pictures of any size, for those of --size. */
    Graph fix(Graph graph) {
        Input input = graph.inputs().get(0);
        Optional<Resizing> said = said();
        if (input.dimensions().size() != 4) {
            throw new NotSupported("The network's input " + input.name() + " (" + input.text()
                    + ") is no picture of rows, columns and channels, so pictures cannot be shown to it.");
        }
        if (said.isEmpty()) {
            throw new IllegalArgumentException("The network's input " + input.name()
                    + " leaves its size open. Say which pictures it gets, for example --size 224.");
        }
        Resizing wanted = said.get();
        List<Long> open = input.dimensions();
        boolean last = open.get(1) == Input.FREE && open.get(3) != Input.FREE;
        int channels = Math.toIntExact(last ? open.get(3) : open.get(1) == Input.FREE ? 3 : open.get(1));
        return graph.withInputShape(
                last
                        ? List.of(wanted.height(), wanted.width(), channels)
                        : List.of(channels, wanted.height(), wanted.width()));
    }

    /** Checks what was said. */
    FolderReader.Options options(long seed) {
        if (fit.isPresent() && size.isEmpty()) {
            throw new IllegalArgumentException("--fit says how pictures get to --size: give both, or neither.");
        }
        Fit wanted = fit.map(Fit::of).orElse(Fit.RESIZE);
        return new FolderReader.Options(
                framed.or(() -> size.map(text -> Resizing.parse(text, wanted))),
                network,
                testShare.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                seed,
                unlabelled,
                optional(perClass),
                sound());
    }

    /**
     * For photographs with boxes.
     *
     * @throws IllegalArgumentException if something is asked for that they do not have
     */
    SceneFolder.Options scenes(ClassTable classes, long seed) {
        if (size.isPresent()
                || fit.isPresent()
                || perClass.isPresent()
                || !new SoundOptions(optional(soundRate), optional(soundLength), testSpeaker).isPlain()) {
            throw new IllegalArgumentException("--size, --fit, --per-class, --sound-rate, --sound-length and"
                    + " --test-speaker are for folders of pictures or recordings of classes, not for photographs with"
                    + " boxes. Leave them out.");
        }
        return new SceneFolder.Options(
                classes, testShare.map(OptionalDouble::of).orElse(OptionalDouble.empty()), seed);
    }

    private SoundOptions sound() {
        return heard.map(learned -> new SoundOptions(learned.rate(), learned.length(), testSpeaker, true))
                .orElseGet(() -> new SoundOptions(optional(soundRate), optional(soundLength), testSpeaker));
    }

    private static OptionalInt optional(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }
}
