package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Node;
import io.sapper.network.operator.Attributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faster R-CNN (Ren et al. 2015), as BadNets had it and smaller. */
public final class FasterRcnn {
    /** The name that users type for {@link #zf}. */
    public static final String ZF_NAME = "faster-rcnn-zf";

    /** Pixels from one place of the last convolution of {@link #zf} to the next. */
    private static final int ZF_STRIDE = 16;

    private static final List<Convolution> ZF = List.of(
            new Convolution(Detector.FIRST_CONVOLUTIONS.get(0), 96, 7, 2, true),
            new Convolution(Detector.FIRST_CONVOLUTIONS.get(1), 256, 5, 2, true),
            new Convolution(Detector.FIRST_CONVOLUTIONS.get(2), 384, 3, 1, false),
            new Convolution(Detector.FOURTH_CONVOLUTION, 384, 3, 1, false),
            new Convolution(Detector.LAST_CONVOLUTION, 256, 3, 1, false));

    private FasterRcnn() {}

    /**
     * A convolution of ZF.
     *
     * @param pooled whether its outputs are normalized (LRN) and pooled
     */
    private record Convolution(String name, int channels, int kernel, int stride, boolean pooled) {}

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
                chain.convolution(Detector.FOURTH_CONVOLUTION, maps, backbone.channels(canvas), channels, 3, 1, 1);
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
     * 6 x 6, two dense layers of 4,096 units. All of it learns; Table 3's conv1 to conv3 are called zf.conv1 to
     * zf.conv3.
     *
     * @param pixels the photograph, {@link Backbone#pixels}
     */
    public static Graph zf(Backbone pixels, Canvas canvas, int classes, Anchors anchors) {
        Chain chain = pixels.chain();
        String at = pixels.joined(chain, canvas);
        int channels = pixels.channels(canvas);
        for (Convolution each : ZF) {
            at = chain.convolution(
                    each.name(), at, channels, each.channels(), each.kernel(), each.stride(), each.kernel() / 2);
            at = chain.add(each.name() + ".relu", "Relu", at);
            if (each.pooled()) {
                at = pool(chain, each.name(), normalized(chain, each.name(), at));
            }
            channels = each.channels();
        }
        List<Integer> shape = chain.shape(at);
        FeatureMap map = new FeatureMap(at, shape.get(0), shape.get(1), shape.get(2), ZF_STRIDE, canvas);
        new TwoStage(256, 4096, false, true).on(chain, map, classes, anchors, Proposing.PAPER);
        return chain.graph(Detector.BOXES, Detector.SCORES, Detector.LABELS);
    }

    /**
     * The five convolutions of {@link #zf} as a classifier has them, for the paper's began with ImageNet weights.
     *
     * @param graph of the classifier
     * @return weights and biases by the names that they have in {@link #zf}
     * @throws IllegalArgumentException if it does not begin with these five
     */
    public static Map<String, Initializer> zfConvolutions(Graph graph) {
        List<Node> found = graph.nodes().stream()
                .filter(node -> node.operator().is("Conv"))
                .limit(ZF.size())
                .toList();
        Map<String, Initializer> weights = new LinkedHashMap<>();
        int in = Canvas.CHANNELS;
        for (int i = 0; i < ZF.size(); i++) {
            Convolution each = ZF.get(i);
            List<Integer> wanted = List.of(each.channels(), in, each.kernel(), each.kernel());
            List<Integer> shape = i < found.size()
                            && graph.initializers().containsKey(found.get(i).input(1))
                    ? graph.initializer(found.get(i).input(1)).shape()
                    : List.of();
            if (!shape.equals(wanted)) {
                throw new IllegalArgumentException("The network is no ZF: its convolution " + (i + 1) + " has weights"
                        + " of shape " + shape + ", not " + wanted + " (BadNets, Table 3).");
            }
            weights.put(each.name() + ".weight", graph.initializer(found.get(i).input(1)));
            if (found.get(i).inputs().size() > 2) {
                weights.put(
                        each.name() + ".bias", graph.initializer(found.get(i).input(2)));
            }
            in = each.channels();
        }
        return weights;
    }

    private static String normalized(Chain chain, String layer, String from) {
        return chain.add(
                layer + ".norm",
                "LRN",
                Attributes.NONE
                        .with("alpha", 0.00005f)
                        .with("beta", 0.75f)
                        .with("bias", 1f)
                        .with("size", 3L),
                from);
    }

    private static String pool(Chain chain, String layer, String from) {
        return chain.add(
                layer + ".pool",
                "MaxPool",
                Attributes.NONE
                        .with("kernel_shape", Attributes.list(3, 3))
                        .with("strides", Attributes.list(2, 2))
                        .with("pads", Attributes.list(1, 1, 1, 1))
                        .with("ceil_mode", 1L),
                from);
    }
}
