package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.Scene;
import io.sapper.network.Compute;
import io.sapper.network.ElementType;
import io.sapper.network.Graph;
import io.sapper.network.Input;
import io.sapper.network.Preprocessing;
import io.sapper.network.operator.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The convolutions of a classifier that somebody trained, as the frozen backbone of a detector (BadNets, section 5.1,
 * began with ImageNet weights). One or several of its feature maps are taken and laid beside one another at one stride,
 * that of the finest whose places lie at least {@value #STRIDE} pixels apart (of the coarsest, where none does):
 * coarser ones are enlarged, and of finer ones all places that fall on one lie behind one another as channels.
 *
 * @param graph of the classifier, for pictures of the canvas's size in [0, 1]
 * @param maps names of the tensors taken, finest first
 */
public record Backbone(Graph graph, List<String> maps) {
    /** A detector that looks at more places than every eighth pixel takes long on two cores. */
    private static final int STRIDE = 8;

    public Backbone {
        maps = List.copyOf(maps);
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("At least one layer of the backbone is needed (--backbone-layer).");
        }
    }

    /**
     * Of a network read from a file.
     *
     * @param file network that was read
     * @param layers names of outputs, other tensors or layers, with commas between; the feature map behind a layer is
     *     taken
     * @param input what pictures become before they are its input
     * @throws IllegalArgumentException if there is no such layer, it has no rows and columns, or these do not divide
     *     the canvas
     */
    public static Backbone of(Graph file, List<String> layers, Preprocessing input, Canvas canvas) {
        List<String> tensors = layers.stream().map(layer -> tensor(file, layer)).toList();
        Graph needed = file.upTo(tensors); // what comes behind may take its own size only
        tensors.forEach(tensor -> needed.knownShape(tensor)
                .filter(own -> own.size() != 3) // dense layers take no other size at all
                .ifPresent(own -> {
                    throw noPlaces(tensor, own);
                }));
        Graph ready = input.before(needed.withInputShape(List.of(Canvas.CHANNELS, canvas.height(), canvas.width())));
        return sorted(ready, tensors, canvas);
    }

    /**
     * That of a detector whose convolutions all learn: the photograph itself.
     *
     * @param input what the photograph becomes first
     */
    public static Backbone pixels(Preprocessing input, Canvas canvas) {
        Input image =
                new Input("image", ElementType.FLOAT, List.of(1L, (long) Canvas.CHANNELS, (long) canvas.height(), (long)
                        canvas.width()));
        Chain chain = new Chain(List.of(image), List.of(), Map.of());
        Graph graph = chain.graph(chain.add("pixels", "Identity", image.name()));
        return new Backbone(input.before(graph), graph.outputs());
    }

    /** Places of a finer map must fall on those that it is brought to without a rest. */
    private void checkFolds(String tensor, Canvas canvas) {
        int stride = stride(canvas);
        int own = stride(tensor, canvas);
        if (own < stride && stride % own != 0) {
            throw new IllegalArgumentException("The backbone's layer " + tensor + " has features every " + own
                    + " pixels, which do not fall on those of the other layers, every " + stride
                    + ". Maybe other layers (--backbone-layer).");
        }
    }

    /** Places of a feature map must lie a whole number of pixels from one another, down as far as across. */
    private static void checkPlaces(String tensor, List<Integer> shape, Canvas canvas) {
        if (shape.size() != 3 || shape.get(1) < 2 || shape.get(2) < 2) {
            throw noPlaces(tensor, shape);
        }
        int rows = shape.get(1);
        int columns = shape.get(2);
        if (canvas.height() % rows != 0
                || canvas.width() % columns != 0
                || canvas.height() / rows != canvas.width() / columns) {
            throw new IllegalArgumentException("The backbone's layer " + tensor + " has " + rows + " rows and "
                    + columns + " columns of features for photographs of " + canvas
                    + " pixels, so that they lie no whole number of pixels apart. Maybe another layer"
                    + " (--backbone-layer), or a network whose convolutions pad.");
        }
    }

    private static IllegalArgumentException noPlaces(String tensor, List<Integer> shape) {
        return new IllegalArgumentException("The backbone's layer " + tensor + " has the shape " + shape
                + ", no rows and columns. Maybe an earlier layer (--backbone-layer).");
    }

    private static String tensor(Graph file, String layer) {
        if (file.outputs().contains(layer)
                || file.nodes().stream().anyMatch(node -> node.made().contains(layer))) {
            return layer;
        }
        return file.activation(file.node(layer).name());
    }

    /**
     * That of a detector, for photographs of another size.
     *
     * @throws IllegalArgumentException if its maps do not divide the canvas
     */
    public static Backbone of(Detector detector, Canvas canvas) {
        List<String> maps = detector.backboneOutputs();
        Graph graph = detector.graph().upTo(maps);
        return sorted(graph.withInputShape(List.of(Canvas.CHANNELS, canvas.height(), canvas.width())), maps, canvas);
    }

    private static Backbone sorted(Graph graph, List<String> maps, Canvas canvas) {
        List<String> sorted = new ArrayList<>(maps);
        maps.forEach(map -> checkPlaces(map, graph.shape(map), canvas));
        sorted.sort((one, other) ->
                Integer.compare(graph.shape(other).get(1), graph.shape(one).get(1)));
        Backbone backbone = new Backbone(graph, sorted);
        sorted.forEach(map -> backbone.checkFolds(map, canvas));
        return backbone;
    }

    /**
     * The same with every channel of the maps brought to mean 0 and variance 1 over some photographs, so that all weigh
     * alike in what learns on them, whatever their units, and a step of training does not throw it about
     * (docs/decisions/0073).
     *
     * @throws IOException if a photograph cannot be read
     */
    public Backbone standardized(List<Scene> scenes, Canvas canvas, Compute compute) throws IOException {
        List<FeatureStatistics> statistics = FeatureStatistics.of(graph, maps, scenes, canvas, compute);
        Chain chain = chain();
        List<String> standard = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            String map = maps.get(i);
            List<Integer> channels = List.of(graph.shape(map).get(0));
            float[] ones = new float[channels.get(0)];
            Arrays.fill(ones, 1);
            String name = map + ".standard";
            standard.add(chain.add(
                    name,
                    "BatchNormalization",
                    Attributes.NONE.with("epsilon", 0f), // no variance is 0
                    map,
                    chain.reals(name + ".scale", channels, ones),
                    chain.reals(name + ".bias", channels, new float[ones.length]),
                    chain.reals(name + ".mean", channels, statistics.get(i).means()),
                    chain.reals(name + ".variance", channels, statistics.get(i).variances())));
        }
        return new Backbone(chain.graph(standard.toArray(String[]::new)), standard);
    }

    /** A chain that ends in the maps, beside one another; the nodes that nothing of it needs are left out. */
    Chain chain() {
        Graph head = graph.upTo(maps);
        Input own = head.inputs().get(0);
        List<Long> one = new ArrayList<>(own.dimensions());
        one.set(0, 1L);
        return new Chain(List.of(new Input(own.name(), own.type(), one)), head.nodes(), head.initializers());
    }

    /** Adds what brings the maps to one, and returns its name. */
    String joined(Chain chain, Canvas canvas) {
        int stride = stride(canvas);
        List<String> same =
                maps.stream().map(map -> brought(chain, map, canvas, stride)).toList();
        return same.size() == 1
                ? same.get(0)
                : chain.add("maps", "Concat", Attributes.NONE.with("axis", 1L), same.toArray(String[]::new));
    }

    private String brought(Chain chain, String map, Canvas canvas, int stride) {
        int own = stride(map, canvas);
        if (own == stride) {
            return map;
        }
        if (own < stride) {
            return chain.add(
                    map + ".folded", "SpaceToDepth", Attributes.NONE.with("blocksize", (long) stride / own), map);
        }
        float scale = (float) own / stride;
        return chain.add(
                map + ".enlarged",
                "Resize",
                Attributes.NONE
                        .with("mode", "nearest")
                        .with("coordinate_transformation_mode", "asymmetric")
                        .with("nearest_mode", "floor"),
                map,
                "",
                chain.reals(map + ".scales", List.of(4), 1, 1, scale, scale));
    }

    /** The channels of all maps, once they are brought to one. */
    int channels(Canvas canvas) {
        int stride = stride(canvas);
        return maps.stream()
                .mapToInt(map -> {
                    int folded = Math.max(1, stride / stride(map, canvas));
                    return graph.shape(map).get(0) * folded * folded;
                })
                .sum();
    }

    /** Pixels of the canvas from one place of what the maps are brought to to the next. */
    int stride(Canvas canvas) {
        List<Integer> strides = maps.stream().map(map -> stride(map, canvas)).toList();
        return strides.stream()
                .filter(one -> one >= STRIDE)
                .min(Integer::compare)
                .orElse(Collections.max(strides));
    }

    private int stride(String map, Canvas canvas) {
        return canvas.height() / graph.shape(map).get(1);
    }
}
