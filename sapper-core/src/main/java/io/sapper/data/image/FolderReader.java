package io.sapper.data.image;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Obtained;
import io.sapper.data.Split;
import io.sapper.data.audio.Listening;
import io.sapper.data.audio.SoundOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of pictures or of recordings (WAV) with one subfolder per class.
 *
 * <p>Three layouts: {@code train} and {@code test} (or {@code val}) folders that each hold the class folders; lists
 * {@code train.txt} and {@code test.txt} of one relative path a line ({@code person/picture.png}); or class folders
 * alone, each divided by chance, seeded. Class folders named by numbers are ordered as numbers, others as text. Where
 * nobody asks for classes, pictures may lie as they like ({@link Unlabelled}). A class folder may hold folders of
 * videos, named by numbers, with the frames in them, as YouTube Faces does ({@code person/0/frame.jpg}).
 *
 * <p>Recordings also come as in Google Speech Commands ({@link TestingList}) and as in the Free Spoken Digit Dataset
 * ({@link SpokenNames}).
 *
 * <p>Every picture becomes 8-bit grey or red-green-blue; what had to be converted is counted and told, and so is what
 * was left out.
 */
public final class FolderReader {
    private static final double USUAL_TEST_SHARE = 0.2;
    /** As the authors of Fine-Pruning divided YouTube Faces. */
    private static final double VIDEO_TEST_SHARE = 0.1;

    private FolderReader() {}

    /**
     * How a folder is read.
     *
     * @param resizing what every picture is brought to; empty: as found, and then all must have one size
     * @param network shape of what the network reads that they are for: they are brought to its channels and, where no
     *     size is wanted, to its size; empty: colour if any picture has it
     * @param testShare share of each class that goes to the test set, in (0, 1); only for folders that are not divided;
     *     empty: a fifth, of frames of videos a tenth
     * @param seed of the division
     * @param unlabelled whether nobody asks for the pictures' classes: then folders need not stand for them
     * @param perClass how many pictures of each class are taken at most, by chance, 2 or more; only for folders that
     *     are not divided; empty: all
     * @param sound what recordings are brought to
     */
    public record Options(
            Optional<Resizing> resizing,
            Optional<ImageShape> network,
            OptionalDouble testShare,
            long seed,
            boolean unlabelled,
            OptionalInt perClass,
            SoundOptions sound) {
        /** Pictures as found, a fifth of each class for the test, seed 1. */
        public static final Options DEFAULT =
                new Options(Optional.empty(), Optional.empty(), OptionalDouble.empty(), 1);

        public Options {
            if (testShare.isPresent() && !(testShare.getAsDouble() > 0 && testShare.getAsDouble() < 1)) {
                throw new IllegalArgumentException(
                        "The test share lies between 0 and 1, not at " + testShare.getAsDouble() + ".");
            }
            if (perClass.isPresent() && perClass.getAsInt() < 2) {
                throw new IllegalArgumentException("--per-class takes 2 pictures of each class or more, one to train"
                        + " and one to test, not " + perClass.getAsInt() + ".");
            }
        }

        /** With all pictures of each class. */
        public Options(
                Optional<Resizing> resizing,
                Optional<ImageShape> network,
                OptionalDouble testShare,
                long seed,
                boolean unlabelled) {
            this(resizing, network, testShare, seed, unlabelled, OptionalInt.empty(), SoundOptions.DEFAULT);
        }

        /** The same for recordings that are read so. */
        public Options withSound(SoundOptions wanted) {
            return new Options(resizing, network, testShare, seed, unlabelled, perClass, wanted);
        }

        /** The same for pictures that are brought to a size where nothing else says one. */
        public Options withUsualSize(Resizing usual) {
            return target().isPresent()
                    ? this
                    : new Options(Optional.of(usual), network, testShare, seed, unlabelled, perClass, sound);
        }

        /** Of pictures whose classes are told by their folders. */
        public Options(Optional<Resizing> resizing, Optional<ImageShape> network, OptionalDouble testShare, long seed) {
            this(resizing, network, testShare, seed, false);
        }

        /** The size that pictures are brought to: that wanted, or the network's; none: as found. */
        Optional<Resizing> target() {
            return resizing.or(() -> network.map(shape -> new Resizing(shape.height(), shape.width(), Fit.RESIZE)));
        }

        /** The shape of spectrograms, if somebody says: the size wanted, else that of the network. */
        Optional<ImageShape> shape() {
            return resizing.map(size -> new ImageShape(channels().orElse(1), size.height(), size.width()))
                    .or(() -> network);
        }

        /** The channels that the network reads, if pictures can have as many. */
        OptionalInt channels() {
            int wanted = network.map(ImageShape::channels).orElse(0);
            return wanted == 1 || wanted == 3 ? OptionalInt.of(wanted) : OptionalInt.empty();
        }

        /** Whether something is asked for that only folders of pictures or recordings have. */
        public boolean forPicturesOnly() {
            return resizing.isPresent() || testShare.isPresent() || perClass.isPresent() || !sound.isPlain();
        }
    }

    /**
     * Reads the whole folder.
     *
     * @return the data, with notes on how they were read among the settings, and warnings of what was left out
     * @throws io.sapper.data.MalformedFileException if there are fewer than two classes, a class without pictures, an
     *     unreadable picture, classes in the test part that the training part has not, or a list that names a picture
     *     twice or one that is not there
     * @throws IllegalArgumentException if pictures have different sizes and none is wanted, or a test share is wanted
     *     of a folder that is divided already
     */
    public static Obtained read(Path folder, Options options) throws IOException {
        Kind kind = Kind.of(folder);
        if (kind == Kind.PICTURE && !options.sound().isPlain()) {
            throw new IllegalArgumentException(
                    "--sound-rate, --sound-length and --test-speaker are for recordings (WAV), but " + folder
                            + " has none. Leave them out.");
        }
        Notes notes = new Notes(kind);
        LeftOut leftOut = new LeftOut(kind);
        Division division = division(folder, options, notes, leftOut);
        leftOut.tell(notes);
        division.tellGaps(notes);
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return new Obtained(
                kind == Kind.RECORDING
                        ? listen(name, division, options, notes)
                        : new Decoding(division, options).read(name, notes),
                folder.toString(),
                notes.warnings(),
                notes.settings());
    }

    /** Whether it holds recordings whose names say what they are, with or without subfolders. */
    public static boolean isSpoken(Path folder) throws IOException {
        return SpokenNames.in(folder, new LeftOut(Kind.RECORDING)) != null;
    }

    private static Split listen(String name, Division division, Options options, Notes notes) throws IOException {
        List<Path> train = division.train().stream().map(Division.Entry::file).toList();
        List<Path> test = division.test().stream().map(Division.Entry::file).toList();
        if (options.resizing().map(Resizing::framing).isPresent()) {
            throw new IllegalArgumentException(
                    "--input's resize and crop are for pictures; a spectrogram has the size" + " that --size says.");
        }
        Listening listening = new Listening(
                options.sound(),
                options.shape(),
                options.resizing().isEmpty() && options.network().isPresent(),
                Stream.concat(train.stream(), test.stream()).toList());
        Split split = new Split(
                new Dataset(
                        name + " train",
                        listening.read(train),
                        division.labels(division.train()),
                        division.classNames()),
                new Dataset(
                        name + " test", listening.read(test), division.labels(division.test()), division.classNames()),
                false);
        listening.notes().forEach(notes::note);
        return split;
    }

    private static Division division(Path folder, Options options, Notes notes, LeftOut leftOut) throws IOException {
        @Nullable SpokenNames spoken = notes.kind() == Kind.RECORDING ? SpokenNames.in(folder, leftOut) : null;
        if (spoken != null) {
            if (!SplitFiles.in(folder)
                    && (options.testShare().isPresent() || options.perClass().isPresent())) {
                throw new IllegalArgumentException(
                        "--test-share and --per-class are for class folders, but in " + folder
                                + " the index in the names divides: 0 to 4 of each speaker is the test. Leave them out, or take"
                                + " --test-speaker NAME, or lists train.txt and test.txt.");
            }
            checkNoShare(folder, options);
            Optional<String> speaker = options.sound().testSpeaker();
            return speaker.isPresent() ? spoken.withTestSpeaker(speaker.get(), notes) : spoken.divided(notes);
        }
        if (options.sound().testSpeaker().isPresent()) {
            throw new IllegalArgumentException(
                    "--test-speaker is for recordings named CLASS_SPEAKER_INDEX.wav, and those in " + folder
                            + " are not. Leave it out.");
        }
        @Nullable Parts parts = Parts.in(folder);
        if (parts != null || SplitFiles.in(folder)) {
            checkNoShare(folder, options);
        }
        if (parts != null) {
            if (SplitFiles.in(folder)) {
                notes.warn("The lists train.txt and test.txt are not used: the folders train and test divide already.");
            }
            return parts.read(notes, leftOut);
        }
        if (options.unlabelled()) {
            Unlabelled found = Unlabelled.in(folder, notes.kind());
            if (found != null) {
                checkClasses(folder, options);
                return found.divided(options.testShare().orElse(USUAL_TEST_SHARE), options.seed(), notes);
            }
        }
        ClassFolders all = ClassFolders.list(folder, notes.kind(), leftOut);
        all.check();
        if (notes.kind() == Kind.RECORDING && TestingList.in(folder)) {
            checkNoShare(folder, options);
            return TestingList.read(all, notes);
        }
        boolean videos = all.ofVideos();
        if (videos) {
            notes.note("frames", "in folders of videos, named by numbers");
        }
        if (SplitFiles.in(folder)) {
            return SplitFiles.read(all, notes);
        }
        if (videos) {
            notes.warn(
                    "Frames of one video are much alike, and the division by chance puts them into training and test:"
                            + " accuracy on other videos will be lower. Lists train.txt and test.txt can divide by video.");
        }
        return ChanceDivision.of(
                all,
                options.testShare().orElse(videos ? VIDEO_TEST_SHARE : USUAL_TEST_SHARE),
                options.perClass().orElse(Integer.MAX_VALUE),
                options.seed(),
                notes);
    }

    private static void checkClasses(Path folder, Options options) {
        if (options.perClass().isPresent()) {
            throw new IllegalArgumentException("--per-class is for pictures in class folders, and those in " + folder
                    + " do not lie so. Leave it out.");
        }
    }

    private static void checkNoShare(Path folder, Options options) {
        if (options.testShare().isPresent()) {
            throw new IllegalArgumentException("--test-share divides a folder that is not divided yet, but " + folder
                    + " has its own training and test part. Leave it out.");
        }
        if (options.perClass().isPresent()) {
            throw new IllegalArgumentException("--per-class chooses from a folder that is not divided yet, but "
                    + folder + " has its own training and test part. Leave it out.");
        }
    }
}
