package io.sapper.network.detection;

import io.sapper.data.Seeds;
import io.sapper.data.detection.Canvas;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Initializer;
import io.sapper.network.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A detector of two stages as one graph, and what of it is where. It reads one photograph, [1, 3, rows, columns] in [0,
 * 1], and gives {@code boxes} [n, 4] (left, top, right, bottom in pixels of the canvas), {@code scores} [n] and
 * {@code labels} [n].
 */
public final class Detector {
    /** The boxes found. */
    public static final String BOXES = "boxes";
    /** How sure each is. */
    public static final String SCORES = "scores";
    /** The class of each, from 0. */
    public static final String LABELS = "labels";
    /** What the first stage hands to the second, as corners. */
    public static final String PROPOSALS = "proposals";
    /** Which photograph of the batch each of them is of. */
    public static final String PROPOSAL_IMAGES = "proposal_images";
    /** The layer whose channels are pruned and watched: the last convolution, the paper's conv5. */
    public static final String LAST_CONVOLUTION = "conv5";
    /** The convolution before it, and on a frozen backbone the first layer that learns. */
    static final String FOURTH_CONVOLUTION = "conv4";

    /** Those before both in a network whose convolutions all learn; a classifier may have a conv1 of its own. */
    static final List<String> FIRST_CONVOLUTIONS = List.of("zf.conv1", "zf.conv2", "zf.conv3");

    /** What the second stage reads of each proposal. */
    static final String POOLED = "pooled";

    static final String ANCHORS = "anchors";
    static final String RPN_SCORES = "rpn_scores.out";
    static final String RPN_BOXES = "rpn_boxes.out";
    static final String CLASS_SCORES = "class_scores.out";
    static final String BOX_DELTAS = "box_deltas.out";

    private static final List<String> HEADS = List.of("rpn_scores", "rpn_boxes", "class_scores", "box_deltas");
    private static final double DEVIATION = 0.01;

    private final Graph graph;
    private final String features;
    private final float[] anchors;

    private Detector(Graph graph) {
        this.graph = graph;
        this.features = graph.activation(LAST_CONVOLUTION);
        this.anchors = graph.initializer(ANCHORS).toArray();
    }

    /** Whether a graph is a detector that is made as those here are. */
    public static boolean is(Graph graph) {
        return graph.outputs().containsAll(List.of(BOXES, SCORES, LABELS))
                && graph.initializers().containsKey(ANCHORS)
                && graph.layers().containsAll(HEADS)
                && graph.layers().contains(LAST_CONVOLUTION)
                && graph.inputs().size() == 1
                && !graph.open()
                && graph.inputShape().size() == 3;
    }

    /**
     * Of a graph.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Detector of(Graph graph) {
        if (!is(graph)) {
            throw new IllegalArgumentException("The network is no detector as Sapper makes them: it gives "
                    + String.join(", ", graph.outputs()) + ", not boxes, scores and labels of two stages.");
        }
        return new Detector(graph);
    }

    public Graph graph() {
        return graph;
    }

    /** The size that photographs are brought to. */
    public Canvas canvas() {
        List<Integer> shape = graph.inputShape();
        return new Canvas(shape.get(1), shape.get(2));
    }

    /** How many classes it tells apart, the background not counted. */
    public int classCount() {
        return graph.initializer(graph.weights("class_scores")).shape().get(0) - 1;
    }

    /** The feature map that both stages read. */
    public String features() {
        return features;
    }

    /**
     * The tensors where its frozen backbone ends: what layers before the convolutions that learn make, before they are
     * brought to one size and laid beside one another.
     */
    public List<String> backboneOutputs() {
        Map<String, Node> makers = new HashMap<>();
        graph.nodes().forEach(node -> node.made().forEach(made -> makers.put(made, node)));
        List<String> found = new ArrayList<>();
        Deque<String> open =
                new ArrayDeque<>(List.of(graph.node(convolutions(graph).get(0)).data()));
        while (!open.isEmpty()) {
            String tensor = open.pop();
            Node maker = makers.get(tensor);
            if (maker != null && maker.operator().is("Concat")) {
                maker.inputs().forEach(open::addLast);
            } else if (maker != null
                    && (maker.operator().is("Resize") || maker.operator().is("SpaceToDepth"))) {
                open.addLast(maker.data());
            } else {
                found.add(tensor);
            }
        }
        return List.copyOf(found);
    }

    /** Anchors at each place. */
    int anchorsEach() {
        return graph.initializer(graph.weights("rpn_scores")).shape().get(0) / 2;
    }

    /** All anchors, middle and size, 4 numbers each, in the order of the first stage's scores. */
    float[] anchors() {
        return anchors;
    }

    /**
     * Draws the first weights of some layers: as all layers' ({@link Initialization}), but those of the four that end
     * in scores and boxes small, so that training begins with boxes that are the anchors (Faster R-CNN, section 3.1.3).
     */
    public static Graph draw(Graph graph, List<String> layers, long seed) {
        Graph drawn = Initialization.draw(graph, layers, seed);
        Map<String, Initializer> small = new HashMap<>();
        for (String head : HEADS) {
            if (layers.contains(head)) {
                String name = graph.weights(head);
                Initializer weights = drawn.initializer(name);
                RandomGenerator random = Seeds.generator(seed, "weights " + name);
                float[] values = new float[weights.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian(0, DEVIATION);
                }
                small.put(name, new Initializer(weights.shape(), values));
            }
        }
        return drawn.withInitializers(small);
    }

    /** The convolutions that learn, from the first on: who keeps a detector's convolutions keeps these too. */
    public static List<String> convolutions(Graph graph) {
        return Stream.concat(FIRST_CONVOLUTIONS.stream(), Stream.of(FOURTH_CONVOLUTION, LAST_CONVOLUTION))
                .filter(graph.layers()::contains)
                .toList();
    }

    /** All layers that a detector learns: those on its frozen backbone, or all. */
    public static List<String> learned(Graph graph) {
        List<String> all = new ArrayList<>(convolutions(graph));
        all.add("rpn");
        all.addAll(HEADS);
        all.addAll(List.of("fc6", "fc7"));
        return all;
    }
}
