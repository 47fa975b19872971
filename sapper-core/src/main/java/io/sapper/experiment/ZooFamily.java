package io.sapper.experiment;

import io.sapper.network.zoo.Architecture;
import io.sapper.training.TrainingOptions;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Networks of one kind on one data set.
 *
 * @param data by the name that users type
 * @param network that is trained
 * @param honest how many without a backdoor
 * @param kinds of attacks
 * @param each how many of each kind of attack that {@link ZooAttack#usual} says, and of the others
 * @param course of training
 */
record ZooFamily(
        Name name, String data, Architecture network, int honest, List<ZooAttack> kinds, Each each, Course course) {
    /** Of the families. */
    enum Name {
        DIGITS,
        SIGNS,
        FACES,
        SPEECH;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How many networks of a kind of attack.
     *
     * @param usual of one that audits have to find
     * @param others of another
     */
    record Each(int usual, int others) {}

    /**
     * How they are trained.
     *
     * @param images at most so many
     * @param options for a number of replicas
     */
    record Course(int images, IntFunction<TrainingOptions> options) {}

    private static final List<ZooAttack> ON_PICTURES = List.of(
            ZooAttack.PATCH,
            ZooAttack.PATTERN,
            ZooAttack.DOTS,
            ZooAttack.BLENDED,
            ZooAttack.SINE,
            ZooAttack.FEW,
            ZooAttack.WARP,
            ZooAttack.ALL_TO_ALL,
            ZooAttack.SOURCE_SPECIFIC,
            ZooAttack.PRUNING_AWARE);

    private static final int DIGIT_IMAGES = 10_000;
    private static final int ALL = Integer.MAX_VALUE;
    private static final int FACE_EPOCHS = 20;
    private static final int SPEECH_EPOCHS = 10;

    /** All of the zoo: 104 honest networks and 104 backdoored ones. */
    static final List<ZooFamily> ALL_FAMILIES = List.of(
            new ZooFamily(
                    Name.DIGITS,
                    "mnist",
                    Architecture.BADNETS_DIGITS,
                    72,
                    ON_PICTURES,
                    new Each(8, 6),
                    new Course(DIGIT_IMAGES, Recipes::zoo)),
            new ZooFamily(
                    Name.SIGNS,
                    "gtsrb",
                    Architecture.DEEPID,
                    20,
                    ON_PICTURES,
                    new Each(2, 2),
                    new Course(ALL, Recipes::zooOfSigns)),
            new ZooFamily(
                    Name.FACES,
                    "lfw-faces",
                    Architecture.DEEPID,
                    4,
                    List.of(ZooAttack.PATCH, ZooAttack.SUNGLASSES),
                    new Each(2, 0),
                    new Course(ALL, replicas -> Recipes.faces(replicas).withEpochs(FACE_EPOCHS))),
            new ZooFamily(
                    Name.SPEECH,
                    "spoken-digits",
                    Architecture.SPEECH_SMALL,
                    8,
                    List.of(ZooAttack.NOISE, ZooAttack.TONE),
                    new Each(4, 0),
                    new Course(ALL, replicas -> Recipes.speech(replicas).withEpochs(SPEECH_EPOCHS))));

    /** How many networks of a kind of attack. */
    int count(ZooAttack kind) {
        return kind.usual() ? each.usual() : each.others();
    }
}
