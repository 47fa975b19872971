package io.sapper.network;

import io.sapper.data.Dataset;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** Running a network over a data set, batch by batch, without gradients. */
public final class Inference {
    /** Images at once: small enough for the caches, large enough for the matrix products (docs/decisions/0004). */
    public static final int BATCH = 128;

    /**
     * Numbers in the two largest tensors of a batch: 32 MB. Beyond what caches hold every operator waits for memory.
     */
    private static final long LARGEST_BATCH = 1L << 23;

    /** Stands for a class where an image's scores are not all finite: such scores name none. */
    public static final int NOT_FINITE = -1;

    private Inference() {}

    /** What is done with the outputs of one batch; the tensors live only during the call. */
    @FunctionalInterface
    public interface BatchOutput {
        /**
         * Takes one batch.
         *
         * @param from position in the data set of the batch's first image
         * @param tapped the tensors asked for, each of shape [batch, ...]
         */
        void accept(int from, List<Tensor> tapped);
    }

    /**
     * Sends every image through the network once, in order.
     *
     * @param taps the tensors to hand to the consumer, in that order
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public static void run(Network network, Dataset data, List<String> taps, BatchOutput consumer) {
        long fixed = network.graph().inputs().get(0).batch();
        runFilled(network, data, taps, (from, tapped) -> {
            long count = Math.min(fixed, data.size() - from);
            consumer.accept(
                    from,
                    fixed == Input.FREE
                            ? tapped
                            : tapped.stream()
                                    .map(tensor -> tensor.narrow(0, 0, count))
                                    .toList());
        });
    }

    /**
     * As {@link #run}; but what a network of a fixed batch makes of the last one, which is filled up with the batch's
     * first image, is handed on whole.
     */
    public static void runFilled(Network network, Dataset data, List<String> taps, BatchOutput consumer) {
        checkShape(network.graph(), data);
        int[] order = IntStream.range(0, data.size()).toArray();
        int batch = batch(network.graph());
        for (int from = 0; from < data.size(); from += batch) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("Measuring " + data.name() + " was interrupted.");
            }
            int count = Math.min(batch, data.size() - from);
            try (PointerScope scope = new PointerScope();
                    AutoGradMode off = new AutoGradMode(false)) {
                Tensor images = Tensors.images(data, order, from, count, network.compute());
                long fixed = network.graph().inputs().get(0).batch();
                consumer.accept(from, network.forward(FixedBatch.filled(images, fixed), taps));
            }
        }
    }

    /** How many images at once: fewer where they are large, all of a batch where the network fixes its size. */
    public static int batch(Graph graph) {
        long fixed = graph.inputs().get(0).batch();
        if (fixed != Input.FREE) {
            return Math.toIntExact(Math.max(1, fixed));
        }
        long largest = Math.max(1, graph.largestActivations());
        return (int) Math.max(1, Math.min(BATCH, LARGEST_BATCH / largest));
    }

    /**
     * The class with the highest score of each image, in order; the first of equals. {@link #NOT_FINITE} where a score
     * is not a finite number.
     */
    public static int[] predictions(Network network, Dataset data) {
        return predictions(network, data, done -> {});
    }

    /**
     * As {@link #predictions(Network, Dataset)}.
     *
     * @param seen hears after each batch how many images are done
     */
    public static int[] predictions(Network network, Dataset data, IntConsumer seen) {
        checkInput(network.graph(), data);
        return answers(network, data, seen);
    }

    /** As {@link #predictions(Network, Dataset)}, of data whose own classes may be others than the network's. */
    public static int[] answers(Network network, Dataset data) {
        return answers(network, data, done -> {});
    }

    private static int[] answers(Network network, Dataset data, IntConsumer seen) {
        ClassScores.check(network.graph());
        int[] predictions = new int[data.size()];
        List<String> scores = List.of(network.graph().output());
        run(network, data, scores, (from, tapped) -> {
            argmax(tapped.get(0), predictions, from);
            seen.accept(Math.min(from + batch(network.graph()), data.size()));
        });
        return predictions;
    }

    /**
     * Writes the position of each row's largest number to {@code target} from {@code offset} on; {@link #NOT_FINITE}
     * for a row with a number that is not finite.
     */
    public static void argmax(Tensor scores, int[] target, int offset) {
        int columns = Math.toIntExact(scores.size(1));
        float[] values = Tensors.toArray(scores);
        for (int row = 0; row * columns < values.length; row++) {
            target[offset + row] = best(values, row * columns, columns);
        }
    }

    private static int best(float[] values, int from, int count) {
        int best = 0;
        for (int column = 0; column < count; column++) {
            if (!Float.isFinite(values[from + column])) {
                return NOT_FINITE;
            }
            if (values[from + column] > values[from + best]) {
                best = column;
            }
        }
        return best;
    }

    /**
     * Throws {@code IllegalArgumentException}, with both sides, if the data are not what the network was made for.
     *
     * @throws io.sapper.network.operator.NotSupported if the network gives no class scores
     */
    public static void checkInput(Graph graph, Dataset data) {
        checkShape(graph, data);
        ClassScores.check(graph);
        if (graph.classCount() != data.classCount()) {
            throw new IllegalArgumentException("The network knows " + graph.classCount() + " classes, but "
                    + data.name() + " has " + data.classCount()
                    + ". Maybe --classes FILE brings them to the network's by name"
                    + (data.classCount() < graph.classCount() ? ", or pictures of some classes are missing." : "."));
        }
    }

    /** As {@link #checkInput}, for data whose classes are not known yet. */
    public static void checkShape(Graph graph, Dataset data) {
        List<Integer> given = List.of(
                data.shape().channels(), data.shape().height(), data.shape().width());
        if (!given.equals(graph.inputShape())) {
            throw new IllegalArgumentException("The network reads inputs of shape " + text(graph.inputShape())
                    + ", but " + data.name() + " has images of " + text(given) + ".");
        }
    }

    private static String text(List<Integer> shape) {
        return String.join("x", shape.stream().map(String::valueOf).toList());
    }
}
