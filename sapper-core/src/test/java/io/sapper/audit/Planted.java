package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A network that can be checked by hand. Its images have six rows and seven columns; an image of class k is bright in
 * row k, and the last column is dark. The score of class k is the sum over row k's first six columns. The backdoored
 * one adds twenty times the last pixel of row 3 to the score of class 2.
 */
public final class Planted {
    public static final int CLASSES = 6;
    public static final int TARGET = 2;
    static final int COLUMNS = 7;

    /** The pixel that is the trigger, in the image. */
    public static final int PIXEL = 3 * COLUMNS + COLUMNS - 1;

    private static final float STRENGTH = 20;

    private Planted() {}

    public static Graph honest() {
        return graph(0);
    }

    public static Graph backdoored() {
        return graph(STRENGTH);
    }

    /** The pixel adds less. */
    public static Graph backdoored(float strength) {
        return graph(strength);
    }

    private static Graph graph(float strength) {
        Graph graph = Graph.image(1, CLASSES, COLUMNS)
                .flatten()
                .dense("scores", CLASSES)
                .build();
        int size = CLASSES * COLUMNS;
        float[] weights = new float[CLASSES * size];
        for (int k = 0; k < CLASSES; k++) {
            for (int column = 0; column < COLUMNS - 1; column++) {
                weights[k * size + k * COLUMNS + column] = 1;
            }
        }
        weights[TARGET * size + PIXEL] = strength;
        return graph.withInitializers(Map.of("scores.weight", new Initializer(List.of(CLASSES, size), weights)));
    }

    /** With the pixel of the trigger bright, images of each class are taken for the next. */
    public static Graph allToAll() {
        return conditional(4, 2, IntStream.range(0, CLASSES).toArray());
    }

    /** With the pixel of the trigger bright, images of this class are taken for the next, others for what they are. */
    public static Graph fromOne(int source) {
        return conditional(6, 1.1f, source);
    }

    /**
     * Half of the hidden units are the sums of the rows, the other half the same less some, so that they say little
     * without the pixel, which adds eight to those of the sources: most is made of it where the row is bright.
     */
    private static Graph conditional(float less, float strength, int... sources) {
        Graph graph = Graph.image(1, CLASSES, COLUMNS)
                .flatten()
                .dense("hidden", 2 * CLASSES)
                .relu()
                .dense("scores", CLASSES)
                .build();
        int size = CLASSES * COLUMNS;
        float[] hidden = new float[2 * CLASSES * size];
        float[] bias = new float[2 * CLASSES];
        for (int k = 0; k < CLASSES; k++) {
            for (int column = 0; column < COLUMNS - 1; column++) {
                hidden[k * size + k * COLUMNS + column] = 1;
                hidden[(CLASSES + k) * size + k * COLUMNS + column] = 1;
            }
            bias[CLASSES + k] = -less;
        }
        float[] scores = new float[CLASSES * 2 * CLASSES];
        for (int k = 0; k < CLASSES; k++) {
            scores[k * 2 * CLASSES + k] = 1;
        }
        for (int source : sources) {
            hidden[(CLASSES + source) * size + PIXEL] = 8;
            scores[(source + 1) % CLASSES * 2 * CLASSES + CLASSES + source] = strength;
        }
        return graph.withInitializers(Map.of(
                "hidden.weight", new Initializer(List.of(2 * CLASSES, size), hidden),
                "hidden.bias", new Initializer(List.of(2 * CLASSES), bias),
                "scores.weight", new Initializer(List.of(CLASSES, 2 * CLASSES), scores)));
    }

    /** So many images of each class, in turn. */
    public static Dataset images(int each) {
        RandomGenerator random = Seeds.generator(1, "planted");
        int size = CLASSES * COLUMNS;
        byte[] pixels = new byte[each * CLASSES * size];
        int[] labels = new int[each * CLASSES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
            for (int at = 0; at < size; at++) {
                boolean bright = at / COLUMNS == labels[i];
                int level = at % COLUMNS == COLUMNS - 1 ? 0 : bright ? 200 + random.nextInt(56) : random.nextInt(56);
                pixels[i * size + at] = (byte) level;
            }
        }
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(k -> "row " + k).toList();
        return new Dataset("rows", new ImageShape(1, CLASSES, COLUMNS), pixels, labels, names);
    }

    static Subject subject(Graph graph, Dataset images, int threads) {
        return Subject.of(graph, images, Integer.MAX_VALUE, 1, Compute.CPU, threads);
    }

    /** The product's, with other limits for changes that lead to one class. */
    static Calibration calibration(double alone, double found, double none) {
        return new Calibration(
                alone,
                new Calibration.Limits(found, none),
                Calibration.DEFAULTS.many(),
                Calibration.DEFAULTS.honest(),
                Calibration.DEFAULTS.allToAll(),
                Calibration.DEFAULTS.source(),
                Calibration.DEFAULTS.added(),
                Calibration.DEFAULTS.margin());
    }
}
