package io.sapper.network;

import java.util.Arrays;
import java.util.List;

/**
 * The channels of a feature map that a layer, or any node, ends in: of a convolution the dimension behind the batch; of
 * everything else the last one, as dense layers have it that work at each place of a sequence.
 *
 * @param tensor the feature map, behind its activation
 * @param axis dimension of the channels, the batch being 0
 * @param count how many there are
 * @param dimensions of the tensor, with the batch
 */
public record Channels(String tensor, int axis, int count, int dimensions) {
    /**
     * Those of a node's feature map.
     *
     * @throws IllegalArgumentException if it has one number for each input only, or its shape is not known
     */
    public static Channels of(Graph graph, String node) {
        String tensor = graph.activation(node);
        List<Integer> shape = graph.shape(tensor);
        if (shape.isEmpty()) {
            throw new IllegalArgumentException(
                    "Node " + node + " makes one number for each input, so it has no channels to switch off.");
        }
        int axis = graph.isConvolution(graph.node(node)) ? 1 : shape.size();
        return new Channels(tensor, axis, shape.get(axis - 1), shape.size() + 1);
    }

    /** The shape of one number for each channel that is stretched over the feature map. */
    Integer[] shapeOfMask() {
        Integer[] shape = new Integer[dimensions];
        Arrays.fill(shape, 1);
        shape[axis] = count;
        return shape;
    }
}
