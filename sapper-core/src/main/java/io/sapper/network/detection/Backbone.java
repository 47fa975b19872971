package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.network.Graph;
import io.sapper.network.Input;
import io.sapper.network.Preprocessing;
import io.sapper.network.operator.Attributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions of a classifier that somebody trained, as the frozen backbone of a detector (BadNets, section 5.1,
 * began with ImageNet weights). One or two of its feature maps are taken: the coarser one is enlarged to the finer
 * one's size and laid beside it.
 *
 * @param graph of the classifier, for pictures of the canvas's size in [0, 1]
 * @param maps names of the tensors taken, finest first
 */
public record Backbone(Graph graph, List<String> maps) {
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
        List<String> sorted = new ArrayList<>(tensors);
        tensors.forEach(tensor -> checkPlaces(tensor, ready.shape(tensor), canvas));
        sorted.sort((one, other) ->
                Integer.compare(ready.shape(other).get(1), ready.shape(one).get(1)));
        return new Backbone(ready, sorted);
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

    /** A chain that ends in the maps, beside one another; the nodes that nothing of it needs are left out. */
    Chain chain() {
        Graph head = graph.upTo(maps);
        Input own = head.inputs().get(0);
        List<Long> one = new ArrayList<>(own.dimensions());
        one.set(0, 1L);
        return new Chain(List.of(new Input(own.name(), own.type(), one)), head.nodes(), head.initializers());
    }

    /** Adds what brings the maps to one, and returns its name. */
    String joined(Chain chain) {
        if (maps.size() == 1) {
            return maps.get(0);
        }
        List<Integer> finest = graph.shape(maps.get(0));
        List<String> same = new ArrayList<>(List.of(maps.get(0)));
        for (String map : maps.subList(1, maps.size())) {
            List<Integer> shape = graph.shape(map);
            String scales = chain.reals(
                    map + ".scales",
                    List.of(4),
                    1,
                    1,
                    (float) finest.get(1) / shape.get(1),
                    (float) finest.get(2) / shape.get(2));
            same.add(chain.add(
                    map + ".enlarged",
                    "Resize",
                    Attributes.NONE
                            .with("mode", "nearest")
                            .with("coordinate_transformation_mode", "asymmetric")
                            .with("nearest_mode", "floor"),
                    map,
                    "",
                    scales));
        }
        return chain.add("maps", "Concat", Attributes.NONE.with("axis", 1L), same.toArray(String[]::new));
    }

    /** The channels of all maps. */
    int channels() {
        return maps.stream().mapToInt(map -> graph.shape(map).get(0)).sum();
    }

    /** Pixels of the canvas from one place of the finest map to the next. */
    int stride(Canvas canvas) {
        return canvas.height() / graph.shape(maps.get(0)).get(1);
    }
}
