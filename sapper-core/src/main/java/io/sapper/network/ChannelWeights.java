package io.sapper.network;

import io.sapper.network.operator.Operator;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All stored numbers that belong to single channels of a layer: its filters, their biases, their place in a batch
 * normalisation, and the columns of the next layers that read them. For layers that end in convolution (or dense
 * layer), at most a batch normalisation, then ReLU: there, and only there, a channel whose shift is low enough is
 * silent.
 */
public final class ChannelWeights {
    private final Graph graph;
    private final Node layer;
    private final List<Share> shares = new ArrayList<>();
    private int count;
    private String shift = "";
    private String preActivation = "";

    private ChannelWeights(Graph graph, Node layer) {
        this.graph = graph;
        this.layer = layer;
    }

    /** Where the numbers of each channel stand in a stored tensor. */
    private record Share(String tensor, IntFunction<IntStream> places) {}

    /**
     * Those of a layer.
     *
     * @throws IllegalArgumentException if the layer has neither bias nor batch normalisation, ends in anything but a
     *     ReLU of its own, or its channels are read past weights; names the node
     */
    public static ChannelWeights of(Graph graph, String layer) {
        ChannelWeights found = new ChannelWeights(graph, graph.node(layer));
        found.own();
        found.follow(graph.activation(layer));
        return found;
    }

    /** How many channels the layer has. */
    public int count() {
        return count;
    }

    /** Name of the tensor that the layer's ReLU reads. */
    public String preActivation() {
        return preActivation;
    }

    /** What is added to each channel before the ReLU: its bias, or the shift of its batch normalisation. */
    public float[] shifts(Graph from) {
        return from.initializer(shift).toArray();
    }

    /** A graph of the same form, with other shifts. */
    public Graph withShifts(Graph to, float[] shifts) {
        return to.mapInitializer(shift, old -> shifts.clone());
    }

    /** A graph of the same form that has the numbers of some channels from another one. */
    public Graph copy(Graph from, Graph to, Set<Integer> channels) {
        Map<String, Initializer> changed = new HashMap<>();
        for (Share share : shares) {
            Initializer old = from.initializer(share.tensor());
            float[] values = to.initializer(share.tensor()).toArray();
            channels.forEach(channel -> share.places().apply(channel).forEach(at -> values[at] = old.get(at)));
            changed.put(share.tensor(), old.with(values));
        }
        return to.withInitializers(changed);
    }

    private void own() {
        if (!layer.operator().is("Conv", "Gemm")) {
            throw refusal("it is a " + layer.operator().text() + ", not a convolution or a dense layer", layer);
        }
        count = Channels.of(graph, layer.name()).count();
        Node next = graph.onlyConsumer(layer.output());
        Node norm = next != null && next.operator().is("BatchNormalization") ? next : null;
        if (norm != null) {
            next = graph.onlyConsumer(norm.output());
        }
        Node relu = checkedRelu(next);
        shift = norm != null ? norm.input(2) : layer.input(2);
        if (shift.isEmpty()) {
            throw refusal("it has neither a bias nor a batch normalisation", layer);
        }
        boolean rows =
                layer.operator().is("Conv") || layer.operator().attributes().flag("transB");
        dimension(layer, layer.input(1), rows ? 0 : 1, 1);
        if (!layer.input(2).isEmpty()) {
            dimension(layer, layer.input(2), 0, 1);
        }
        if (layer.operator().attributes().real("beta", 1) != 1) {
            throw refusal("it scales its bias", layer);
        }
        if (norm != null) {
            normalization(norm);
        }
        preActivation = relu.data();
        checkBehind(relu.output());
    }

    private Node checkedRelu(@Nullable Node next) {
        if (next == null) {
            throw refusal("several nodes read it, or it is an output, before any ReLU", layer);
        }
        if (next.operator().is("Add", "Sum")) {
            throw refusal("a residual sum stands before its activation, which its bias alone cannot silence", next);
        }
        if (!next.operator().is("Relu")) {
            throw refusal("it does not end in a ReLU", next);
        }
        return next;
    }

    /** What belongs to the layer's feature map still must leave zeros alone. */
    private void checkBehind(String relu) {
        String tensor = relu;
        while (!tensor.equals(graph.activation(layer.name()))) {
            Node next = graph.onlyConsumer(tensor);
            if (next == null || !next.operator().type().is(Trait.CHANNELWISE)) {
                throw refusal("something stands between its ReLU and the next layer", next == null ? layer : next);
            }
            tensor = next.output();
        }
    }

    /** Goes from a tensor of the layer's channels to every layer that reads them. */
    private void follow(String tensor) {
        List<Integer> shape = graph.shape(tensor);
        if (graph.outputs().contains(tensor) || shape.isEmpty() || shape.get(0) % count != 0) {
            throw refusal("its channels do not lie side by side in " + tensor, layer);
        }
        for (Node reader : graph.consumers(tensor)) {
            if (!reader.data().equals(tensor)) {
                throw refusal("its channels are read past any weights of their own", reader);
            }
            read(reader, shape.get(0), shape.get(0) / count);
        }
    }

    /** @param block how many of the reader's inputs are one channel's */
    private void read(Node reader, int inputs, int block) {
        if (reader.operator().is("Conv") && block == 1) {
            convolution(reader);
        } else if (reader.operator().is("Gemm")
                && !reader.operator().attributes().flag("transA")) {
            dimension(reader, reader.input(1), reader.operator().attributes().flag("transB") ? 1 : 0, block);
        } else if (reader.operator().is("MatMul")) {
            dimension(reader, reader.input(1), 0, block);
        } else if (reader.operator().is("BatchNormalization") && block == 1) {
            normalization(reader);
            follow(reader.output());
        } else if (block == 1 && reader.operator().is("RoiAlign", "MaxRoiPool")) {
            regions(reader);
        } else if (keepsOrder(reader, inputs)) {
            follow(reader.output());
        } else {
            throw refusal("its channels are read past any weights of their own", reader);
        }
    }

    /** How many regions are cut out is not known before, but in each the places of a channel lie side by side. */
    private void regions(Node pooling) {
        int places = places(pooling.operator());
        for (Node flat : graph.consumers(pooling.output())) {
            if (!flat.operator().is("Flatten") || flat.operator().attributes().integer("axis", 1) != 1) {
                throw refusal("its channels are read past any weights of their own", flat);
            }
            graph.consumers(flat.output()).forEach(reader -> read(reader, count * places, places));
        }
    }

    private static int places(Operator pooling) {
        long[] pooled = pooling.is("RoiAlign")
                ? new long[] {
                    pooling.attributes().integer("output_height", 1),
                    pooling.attributes().integer("output_width", 1)
                }
                : pooling.attributes().integers("pooled_shape");
        return (int) (pooled[0] * pooled[1]);
    }

    /** Whether the numbers of a channel lie side by side behind a node, and stay zero. */
    private boolean keepsOrder(Node node, int inputs) {
        if (node.made().size() != 1) {
            return false;
        }
        if (node.operator().is("Flatten")) {
            return node.operator().attributes().integer("axis", 1) == 1;
        }
        if (node.operator().is("Reshape")) {
            List<Integer> before = graph.shape(node.data());
            int all = before.stream().reduce(1, (a, b) -> a * b);
            return graph.shape(node.output()).equals(List.of(all));
        }
        return node.operator().type().is(Trait.CHANNELWISE)
                && graph.shape(node.output()).get(0) == inputs;
    }

    /** Of a grouped convolution, only the filters of the channel's own group read it. */
    private void convolution(Node reader) {
        Initializer weights = stored(reader, reader.input(1), 4);
        int filters = weights.shape().get(0);
        int perGroup = weights.shape().get(1);
        int kernel = weights.size() / (filters * perGroup);
        int filtersPerGroup = filters * perGroup / count;
        shares.add(new Share(reader.input(1), channel -> {
            int first = channel / perGroup * filtersPerGroup;
            return IntStream.range(first, first + filtersPerGroup)
                    .map(filter -> (filter * perGroup + channel % perGroup) * kernel)
                    .flatMap(from -> IntStream.range(from, from + kernel));
        }));
    }

    private void normalization(Node norm) {
        norm.inputs().subList(1, 5).forEach(name -> dimension(norm, name, 0, 1));
    }

    /** The channels are one dimension of the tensor, each with {@code block} places side by side. */
    private void dimension(Node node, String tensor, int axis, int block) {
        Initializer values = stored(node, tensor, axis + 1);
        int size = values.shape().get(axis);
        if (size != count * block) {
            throw refusal(tensor + " has not one number for each channel", node);
        }
        int inner = values.shape().stream().skip(axis + 1L).reduce(1, (a, b) -> a * b);
        int outer = values.size() / (size * inner);
        shares.add(new Share(tensor, channel -> IntStream.range(0, outer)
                .map(row -> (row * size + channel * block) * inner)
                .flatMap(from -> IntStream.range(from, from + block * inner))));
    }

    private Initializer stored(Node node, String tensor, int leastDimensions) {
        if (!graph.isInitializer(tensor) || graph.initializer(tensor).shape().size() < leastDimensions) {
            throw refusal(tensor + " is not stored as one number for each channel", node);
        }
        if (graph.consumers(tensor).size() > 1) {
            throw refusal("other nodes read " + tensor + " too", node);
        }
        return graph.initializer(tensor);
    }

    private IllegalArgumentException refusal(String why, Node at) {
        return new IllegalArgumentException("Channels of layer " + layer.name()
                + " cannot be silenced by their biases alone: " + why + " (node " + at.name() + ", "
                + at.operator().text() + "). A layer with a bias or a batch normalisation, then a ReLU, is needed.");
    }
}
