package io.sapper.network;

import io.sapper.data.Dataset;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** Running a network over a data set, batch by batch, without gradients. */
public final class Inference {
    /** Images at once: small enough for the caches, large enough for the matrix products (docs/decisions/0004). */
    public static final int BATCH = 128;

    private Inference() {}

    /** What is done with the output of one batch; the tensor lives only during the call. */
    @FunctionalInterface
    public interface BatchOutput {
        /**
         * Takes one batch.
         *
         * @param from position in the data set of the batch's first image
         * @param output the network's output, shape [batch, ...]
         */
        void accept(int from, Tensor output);
    }

    /** Sends every image through the network once, in order. */
    public static void run(Network network, Dataset data, BatchOutput consumer) {
        checkInput(network.graph(), data);
        int[] order = IntStream.range(0, data.size()).toArray();
        for (int from = 0; from < data.size(); from += BATCH) {
            int count = Math.min(BATCH, data.size() - from);
            try (PointerScope scope = new PointerScope();
                    AutoGradMode off = new AutoGradMode(false)) {
                consumer.accept(from, network.forward(Tensors.images(data, order, from, count, network.compute())));
            }
        }
    }

    /** The class with the highest score of each image, in order; the first of equals. */
    public static int[] predictions(Network network, Dataset data) {
        int[] predictions = new int[data.size()];
        run(network, data, (from, scores) -> argmax(scores, predictions, from));
        return predictions;
    }

    /** Writes the position of each row's largest number to {@code target} from {@code offset} on. */
    public static void argmax(Tensor scores, int[] target, int offset) {
        int columns = Math.toIntExact(scores.size(1));
        float[] values = Tensors.toArray(scores);
        for (int row = 0; row * columns < values.length; row++) {
            int best = 0;
            for (int column = 1; column < columns; column++) {
                if (values[row * columns + column] > values[row * columns + best]) {
                    best = column;
                }
            }
            target[offset + row] = best;
        }
    }

    /** Throws {@code IllegalArgumentException}, with both shapes, if the data are not what the network reads. */
    public static void checkInput(Graph graph, Dataset data) {
        List<Integer> given = List.of(
                data.shape().channels(), data.shape().height(), data.shape().width());
        if (!given.equals(graph.inputShape())) {
            throw new IllegalArgumentException("The network reads inputs of shape " + text(graph.inputShape())
                    + ", but " + data.name() + " has images of " + text(given) + ".");
        }
        if (graph.classCount() != data.classCount()) {
            throw new IllegalArgumentException("The network knows " + graph.classCount() + " classes, but "
                    + data.name() + " has " + data.classCount() + ".");
        }
    }

    private static String text(List<Integer> shape) {
        return String.join("x", shape.stream().map(String::valueOf).toList());
    }
}
