package io.sapper.network.detection;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.Scene;
import io.sapper.network.ChannelMaxima;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** Running a detector over photographs, one by one, without gradients. */
public final class Detecting {
    private static final List<String> OUTPUTS = List.of(Detector.BOXES, Detector.SCORES, Detector.LABELS);
    /** Proposals over which channels are ranked: all of them together cover most of a photograph. */
    private static final int SUREST = 10;

    private Detecting() {}

    /**
     * What a whole detector finds in one photograph, the surest first; boxes in pixels of the photograph.
     *
     * @param network the detector from its input on
     * @param pixels the photograph on the canvas
     */
    public static List<Detection> of(Network network, byte[] pixels, Scene scene, Canvas canvas) {
        try (PointerScope scope = new PointerScope()) {
            Tensor image = Photograph.tensor(pixels, canvas, network.compute());
            return of(network, Map.of(network.graph().input(), image), scene, canvas);
        }
    }

    /**
     * What the detector finds in one photograph, the surest first; boxes in pixels of the photograph.
     *
     * @param given features that were computed before
     */
    public static List<Detection> of(Network network, Map<String, Tensor> given, Scene scene, Canvas canvas) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            List<Tensor> made = network.forward(given, OUTPUTS);
            float[] boxes = Tensors.toArray(made.get(0));
            float[] scores = Tensors.toArray(made.get(1));
            long[] labels = Tensors.toLongs(made.get(2));
            List<Detection> found = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                Box there = new Box(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
                found.add(new Detection(canvas.from(scene, there), (int) labels[i], scores[i]));
            }
            found.sort(Comparator.comparingDouble((Detection one) -> -one.score()));
            return List.copyOf(found);
        }
    }

    /**
     * The boxes that the first stage proposes in one photograph, the surest first; in pixels of the canvas.
     *
     * @param given features that were computed before
     */
    public static List<Box> proposals(Network network, Map<String, Tensor> given) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            float[] corners = Tensors.toArray(
                    network.forward(given, List.of(Detector.PROPOSALS)).get(0));
            List<Box> boxes = new ArrayList<>();
            for (int i = 0; i < corners.length; i += 4) {
                boxes.add(new Box(corners[i], corners[i + 1], corners[i + 2], corners[i + 3]));
            }
            return List.copyOf(boxes);
        }
    }

    /** The mean over all places of each channel of the feature map, of one photograph. */
    public static double[] channelMeans(Network network, Map<String, Tensor> given, String features) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            return wide(network.forward(given, List.of(features)).get(0).mean(0, 2, 3));
        }
    }

    /**
     * The mean of each channel over the surest proposals of one photograph and the places that each is pooled to; empty
     * where nothing is proposed.
     */
    static double[] regionMeans(Network network, Map<String, Tensor> given) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor pooled = network.forward(given, List.of(Detector.POOLED)).get(0);
            long count = Math.min(SUREST, pooled.size(0));
            return count == 0 ? new double[0] : wide(pooled.narrow(0, 0, count).mean(0, 2, 3));
        }
    }

    /** The largest number that each channel of a tensor reaches in one photograph. */
    static float[] maxima(Network network, Map<String, Tensor> given, String tensor) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            return ChannelMaxima.of(network.forward(given, List.of(tensor)).get(0));
        }
    }

    /** What is found in one photograph in each state of pruning; the feature map is made once. */
    static List<List<Detection>> asPruned(
            Network network,
            Map<String, Tensor> given,
            Scene scene,
            Detector detector,
            List<Integer> order,
            List<Integer> states) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor left =
                    network.forward(given, List.of(detector.features())).get(0).clone();
            List<List<Detection>> found = new ArrayList<>();
            int pruned = 0;
            for (int state : states) {
                while (pruned < state) {
                    left.narrow(1, order.get(pruned++), 1).zero_();
                }
                found.add(of(network, Map.of(detector.features(), left), scene, detector.canvas()));
            }
            return found;
        }
    }

    private static double[] wide(Tensor values) {
        float[] narrow = Tensors.toArray(values);
        double[] wide = new double[narrow.length];
        Arrays.setAll(wide, i -> narrow[i]);
        return wide;
    }
}
