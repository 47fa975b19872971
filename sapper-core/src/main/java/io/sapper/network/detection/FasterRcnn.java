package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.network.ElementType;
import io.sapper.network.Graph;
import io.sapper.network.Input;
import io.sapper.network.operator.Attributes;
import java.util.List;
import java.util.Map;

/** Faster R-CNN (Ren et al. 2015), as BadNets had it and smaller. */
public final class FasterRcnn {
    private static final String INPUT = "image";

    private FasterRcnn() {}

    /**
     * How large it is on a backbone.
     *
     * @param channels of each of the last two convolutions, the paper's conv4 and conv5, which learn
     * @param proposalChannels of the convolution before the proposals
     * @param units of each of the two dense layers
     */
    public record Widths(int channels, int proposalChannels, int units) {
        /** For two cores. */
        public static final Widths SMALL = new Widths(128, 128, 256);
    }

    /**
     * A detector on the frozen convolutions of a classifier: two more (3 x 3, {@code conv4} and {@code conv5}) learn on
     * top of them, then proposals, RoIAlign 6 x 6 and dense layers.
     */
    public static Graph on(Backbone backbone, Canvas canvas, int classes, Anchors anchors, Widths widths) {
        Chain chain = backbone.chain();
        String maps = backbone.joined(chain, canvas);
        int channels = widths.channels();
        String conv4 =
                chain.convolution(Detector.FIRST_CONVOLUTION, maps, backbone.channels(canvas), channels, 3, 1, 1);
        String conv5 = chain.convolution(
                Detector.LAST_CONVOLUTION, chain.add("conv4.relu", "Relu", conv4), channels, channels, 3, 1, 1);
        String features = chain.add("features", "Relu", conv5);
        int stride = backbone.stride(canvas);
        FeatureMap map =
                new FeatureMap(features, channels, canvas.height() / stride, canvas.width() / stride, stride, canvas);
        new TwoStage(widths.proposalChannels(), widths.units(), true, false)
                .on(chain, map, classes, anchors, Proposing.SMALL);
        return chain.graph(Detector.BOXES, Detector.SCORES, Detector.LABELS);
    }

    /**
     * The paper's network (BadNets, Table 3): the feature layers of ZF (Zeiler and Fergus 2014), proposals, RoI pooling
     * 6 x 6, two dense layers of 4,096 units. Its input is in [0, 1]; the paper's mean is left to the first biases.
     */
    public static Graph zf(Canvas canvas, int classes, Anchors anchors) {
        Input input =
                new Input(INPUT, ElementType.FLOAT, List.of(1L, (long) Canvas.CHANNELS, (long) canvas.height(), (long)
                        canvas.width()));
        Chain chain = new Chain(List.of(input), List.of(), Map.of());
        String at = chain.convolution("conv1", INPUT, 3, 96, 7, 2, 3);
        at = pool(chain, 1, normalized(chain, 1, chain.add("conv1.relu", "Relu", at)));
        at = chain.convolution("conv2", at, 96, 256, 5, 2, 2);
        at = pool(chain, 2, normalized(chain, 2, chain.add("conv2.relu", "Relu", at)));
        at = chain.add("conv3.relu", "Relu", chain.convolution("conv3", at, 256, 384, 3, 1, 1));
        at = chain.add("conv4.relu", "Relu", chain.convolution("conv4", at, 384, 384, 3, 1, 1));
        at = chain.add("features", "Relu", chain.convolution(Detector.LAST_CONVOLUTION, at, 384, 256, 3, 1, 1));
        List<Integer> shape = chain.shape(at);
        FeatureMap map = new FeatureMap(at, shape.get(0), shape.get(1), shape.get(2), 16, canvas);
        new TwoStage(256, 4096, false, true).on(chain, map, classes, anchors, Proposing.PAPER);
        return chain.graph(Detector.BOXES, Detector.SCORES, Detector.LABELS);
    }

    private static String normalized(Chain chain, int layer, String from) {
        return chain.add(
                "norm" + layer,
                "LRN",
                Attributes.NONE
                        .with("alpha", 0.00005f)
                        .with("beta", 0.75f)
                        .with("bias", 1f)
                        .with("size", 3L),
                from);
    }

    private static String pool(Chain chain, int layer, String from) {
        return chain.add(
                "pool" + layer,
                "MaxPool",
                Attributes.NONE
                        .with("kernel_shape", Attributes.list(3, 3))
                        .with("strides", Attributes.list(2, 2))
                        .with("pads", Attributes.list(1, 1, 1, 1))
                        .with("ceil_mode", 1L),
                from);
    }
}
