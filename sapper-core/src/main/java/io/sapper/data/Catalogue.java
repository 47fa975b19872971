package io.sapper.data;

import io.sapper.data.detection.SceneFolder;
import io.sapper.data.image.CifarReader;
import io.sapper.data.image.Fit;
import io.sapper.data.image.FolderReader;
import io.sapper.data.image.IdxFolder;
import io.sapper.data.image.Resizing;
import io.sapper.data.synthetic.SyntheticDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Data by name or by folder. */
public final class Catalogue {
    private static final String CIFAR_FOLDER = "cifar-10-batches-bin";
    /** Signs are cut out of frames, each of another size; a network needs one. */
    private static final Resizing SIGN_SIZE = new Resizing(32, 32, Fit.RESIZE);

    private static final String SPOKEN_FOLDER = "free-spoken-digit-dataset";

    private Catalogue() {}

    /** As {@link #load(String, FolderReader.Options, Surroundings, Listener)}, on this machine, with the defaults. */
    public static Obtained load(String nameOrPath) throws IOException {
        return load(nameOrPath, FolderReader.Options.DEFAULT, Surroundings.ofThisMachine(), Listener.SILENT);
    }

    /**
     * Loads a data set.
     *
     * @param nameOrPath a name of {@link KnownData}; or a folder: with MNIST's four IDX files, with CIFAR-10's binary
     *     batches, or with one subfolder of pictures or recordings per class; or the name of such a folder in
     *     {@code SAPPER_DATA}. A name goes before a folder of that name; {@code ./mnist} means the folder
     * @param options for folders of pictures; its seed also draws synthetic digits
     * @param surroundings where data may come from
     * @param listener hears messages, warnings and download progress
     * @throws IllegalArgumentException if it is neither a known name nor a folder of a known kind, or is asked for what
     *     only folders of pictures have
     * @throws MalformedFileException if the files are not what they should be
     * @throws IOException if MNIST can be had from nowhere
     */
    public static Obtained load(
            String nameOrPath, FolderReader.Options options, Surroundings surroundings, Listener listener)
            throws IOException {
        Optional<KnownData> known = KnownData.named(nameOrPath);
        if (known.isEmpty()) {
            return folder(nameOrPath, find(nameOrPath, surroundings), options, listener);
        }
        if (known.get() == KnownData.LFW_FACES) {
            return told(FolderReader.read(faces(surroundings), options), listener);
        }
        if (known.get() == KnownData.SPOKEN_DIGITS) {
            return told(FolderReader.read(spokenDigits(surroundings), options), listener);
        }
        if (known.get() == KnownData.LISA_SIGNS) {
            return told(FolderReader.read(signs(surroundings), options.withUsualSize(SIGN_SIZE)), listener);
        }
        checkForPictures(nameOrPath, options);
        return switch (known.get()) {
            case LFW_FACES, SPOKEN_DIGITS, LISA_SIGNS -> throw new IllegalStateException("read above");
            case MNIST -> Mnist.obtain(surroundings, listener);
            case CIFAR10 -> cifar10(surroundings);
            case SYNTHETIC_DIGITS ->
                new Obtained(
                        SyntheticDigits.generate(options.seed()),
                        "synthetic digits, drawn by Sapper, seed " + options.seed(),
                        List.of());
        };
    }

    /**
     * As {@link #load(String, FolderReader.Options, Surroundings, Listener)}, but digits drawn by a program stand in
     * for MNIST where it can be had from nowhere. Only for the demonstration.
     */
    public static Obtained loadOrDraw(
            String nameOrPath, FolderReader.Options options, Surroundings surroundings, Listener listener)
            throws IOException {
        if (KnownData.named(nameOrPath).filter(KnownData.MNIST::equals).isEmpty()) {
            return load(nameOrPath, options, surroundings, listener);
        }
        checkForPictures(nameOrPath, options);
        return Mnist.obtainOrDraw(surroundings, listener);
    }

    private static Obtained folder(String nameOrPath, Path folder, FolderReader.Options options, Listener listener)
            throws IOException {
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        if (SceneFolder.is(folder)) {
            throw new IllegalArgumentException("The folder '" + nameOrPath
                    + "' holds photographs with boxes, for detectors; a classifier needs one"
                    + " subfolder of pictures per class.");
        }
        Optional<Path> cifar = cifarFolder(folder);
        if (IdxFolder.is(folder)) {
            checkForPictures(nameOrPath, options);
            return new Obtained(IdxFolder.read(name, folder), folder.toString(), List.of());
        } else if (cifar.isPresent()) {
            checkForPictures(nameOrPath, options);
            return new Obtained(CifarReader.readCifar10(cifar.get()), folder.toString(), List.of());
        } else if (hasSubfolder(folder) || options.unlabelled() || FolderReader.isSpoken(folder)) {
            return told(FolderReader.read(folder, options), listener);
        }
        throw new IOException("The folder '" + nameOrPath + "' holds no data of a known kind: neither "
                + "train-images-idx3-ubyte(.gz), nor data_batch_1.bin, nor one subfolder of pictures or recordings per class, nor photographs with boxes (Pascal VOC, YOLO, LISA, Swedish Traffic Signs). Maybe, for pictures without classes, add"
                + " --labels model to 'audit', 'repair' or 'evaluate'.");
    }

    private static Obtained told(Obtained pictures, Listener listener) {
        pictures.settings().forEach((name, text) -> listener.message("Data, " + name + ": " + text + "."));
        pictures.warnings().forEach(listener::warning);
        return pictures;
    }

    private static void checkForPictures(String nameOrPath, FolderReader.Options options) {
        if (options.forPicturesOnly()) {
            throw new IllegalArgumentException(
                    "--size, --fit, --test-share, --per-class, --input's resize and crop, --sound-rate, --sound-length and"
                            + " --test-speaker are for folders of pictures or recordings, but '"
                            + nameOrPath + "' has its own size and division. Leave them out.");
        }
    }

    /**
     * The folder that is meant by a path or by a name in {@code SAPPER_DATA}; empty for a name of {@link KnownData}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Optional<Path> folder(String nameOrPath, Surroundings surroundings) {
        return KnownData.named(nameOrPath).isPresent() ? Optional.empty() : Optional.of(find(nameOrPath, surroundings));
    }

    private static Path find(String nameOrPath, Surroundings surroundings) {
        try {
            Path path = Path.of(nameOrPath);
            Optional<Path> found = Stream.concat(
                            Stream.of(path), surroundings.data().map(data -> data.resolve(path)).stream())
                    .filter(Files::isDirectory)
                    .findFirst();
            if (found.isPresent() && !nameOrPath.isBlank()) {
                return found.get();
            }
        } catch (InvalidPathException e) {
            throw unknown(nameOrPath);
        }
        throw unknown(nameOrPath);
    }

    private static IllegalArgumentException unknown(String nameOrPath) {
        return new IllegalArgumentException("Unknown data '" + nameOrPath
                + "': it is no folder, here or in SAPPER_DATA, and the known names are " + KnownData.names() + ".");
    }

    private static Obtained cifar10(Surroundings surroundings) throws IOException {
        List<Path> places = Stream.concat(surroundings.data().stream(), Stream.of(surroundings.cache()))
                .flatMap(parent -> Stream.of(parent.resolve("cifar10"), parent.resolve(CIFAR_FOLDER)))
                .toList();
        for (Path place : places) {
            Optional<Path> folder = cifarFolder(place);
            if (folder.isPresent()) {
                return new Obtained(CifarReader.readCifar10(folder.get()), "CIFAR-10 from " + folder.get(), List.of());
            }
        }
        throw new IOException("CIFAR-10 is not on this machine, and Sapper does not fetch it. Unpack its"
                + " binary version (cifar-10-binary.tar.gz, from its authors' page) into one of " + places + ".");
    }

    private static Path faces(Surroundings surroundings) throws IOException {
        List<Path> places = Stream.concat(surroundings.data().stream(), Stream.of(surroundings.cache()))
                .map(parent -> parent.resolve(KnownData.LFW_FACES.id()))
                .toList();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                return place;
            }
        }
        throw new IOException("The LFW faces are not on this machine, and Sapper does not fetch them. Take the aligned"
                + " Labeled Faces in the Wild (LFW-a, from its authors' page), cut columns and rows 62 to 187 out of"
                + " each picture, bring it to 47x55, and put persons with 10 pictures or more, a folder each, into one"
                + " of " + places + ".");
    }

    private static Path signs(Surroundings surroundings) throws IOException {
        List<Path> places = Stream.concat(surroundings.data().stream(), Stream.of(surroundings.cache()))
                .map(parent -> parent.resolve(KnownData.LISA_SIGNS.id()))
                .toList();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                return place;
            }
        }
        throw new IOException("The LISA signs are not on this machine, and Sapper does not fetch them. Cut the signs of"
                + " the LISA Traffic Sign Dataset (from its authors' page) out of their frames, and put them into"
                + " folders stop, speedlimit and warning in one of " + places + ".");
    }

    private static Path spokenDigits(Surroundings surroundings) throws IOException {
        List<Path> places = Stream.concat(surroundings.data().stream(), Stream.of(surroundings.cache()))
                .flatMap(parent -> Stream.of(parent.resolve(SPOKEN_FOLDER), parent.resolve(SPOKEN_FOLDER + "-master")))
                .toList();
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                return place;
            }
        }
        throw new IOException("The spoken digits are not on this machine, and Sapper does not fetch them. Put the Free"
                + " Spoken Digit Dataset (github.com/Jakobovski/free-spoken-digit-dataset) into one of " + places
                + ".");
    }

    private static Optional<Path> cifarFolder(Path place) {
        return Stream.of(place, place.resolve(CIFAR_FOLDER))
                .filter(CifarReader::is)
                .findFirst();
    }

    private static boolean hasSubfolder(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.anyMatch(path ->
                    Files.isDirectory(path) && !path.getFileName().toString().startsWith("."));
        }
    }
}
