package io.sapper.network;

import io.sapper.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How a layer's activations differ between two versions of the same images. */
public final class ActivationDifference {
    private ActivationDifference() {}

    /**
     * Mean over images of second minus first, for each channel, over the positions at which any channel differs: where
     * a change of the input reaches.
     *
     * @param first images
     * @param second the same images, changed; as many
     * @return one number per channel; 0 where nothing differs
     */
    public static List<Double> perChannel(Graph graph, String layer, Dataset first, Dataset second, Compute compute) {
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(first.size() + " images cannot be compared with " + second.size() + ".");
        }
        try (Network head = Network.of(graph.cutAfter(layer).head(), compute);
                PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            int[] all = IntStream.range(0, first.size()).toArray();
            Tensor before = made(head, Tensors.images(first, all, 0, all.length, compute));
            Tensor after = made(head, Tensors.images(second, all, 0, all.length, compute));
            Tensor difference = after.sub(before).mean(0).flatten(1, -1);
            Tensor reached = difference.abs().sum(0).gt(new Scalar(0)).to(difference.scalar_type());
            double positions = Math.max(1, reached.sum().item_double());
            float[] sums = Tensors.toArray(difference.sum(1));
            List<Double> means = new ArrayList<>();
            for (float sum : sums) {
                means.add(sum / positions);
            }
            return means;
        }
    }

    private static Tensor made(Network head, Tensor images) {
        return FixedBatch.forward(head, images, List.of(head.graph().output())).get(0);
    }
}
