package io.sapper.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The data sets that Sapper knows by name. */
public enum KnownData {
    /** Fetched if need be; see {@link Mnist}. */
    MNIST("mnist", "60,000 + 10,000 handwritten digits, 1x28x28; fetched"),
    /** Never fetched: the user puts it into {@code SAPPER_DATA} or the cache. */
    CIFAR10("cifar10", "50,000 + 10,000 pictures, 3x32x32; never fetched"),
    /** Never fetched; see {@link Catalogue}. */
    LFW_FACES("lfw-faces", "4,324 grey faces of 158 persons, 1x55x47; never fetched"),
    /** Never fetched: the user puts it into {@code SAPPER_DATA} or the cache. */
    SPOKEN_DIGITS("spoken-digits", "2,700 + 300 recordings of spoken digits (FSDD); never fetched"),
    /** Never fetched: the user puts it into {@code SAPPER_DATA} or the cache; see {@link Catalogue}. */
    LISA_SIGNS("lisa-signs", "crops of U.S. traffic signs (LISA), 3x32x32 or --size; never fetched"),
    /** Drawn; see {@link io.sapper.data.synthetic.SyntheticDigits}. */
    SYNTHETIC_DIGITS("synthetic-digits", "20,000 + 4,000 digits drawn by a program, 1x28x28");

    private final String id;
    private final String description;

    KnownData(String id, String description) {
        this.id = id;
        this.description = description;
    }

    /** Its name in commands and files. */
    public String id() {
        return id;
    }

    /** One line for lists. */
    public String description() {
        return description;
    }

    /** The data set of this name, if there is one. */
    public static Optional<KnownData> named(String id) {
        return Arrays.stream(values()).filter(data -> data.id.equals(id)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(KnownData::id).collect(Collectors.joining(", "));
    }
}
