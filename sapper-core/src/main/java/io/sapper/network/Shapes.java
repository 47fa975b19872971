package io.sapper.network;

import io.sapper.network.Operator.AveragePool;
import io.sapper.network.Operator.BatchNormalization;
import io.sapper.network.Operator.Conv;
import io.sapper.network.Operator.Flatten;
import io.sapper.network.Operator.Gemm;
import io.sapper.network.Operator.GlobalAveragePool;
import io.sapper.network.Operator.MaxPool;
import io.sapper.network.Operator.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shape of every tensor that flows, without the batch, worked out from the input's. */
final class Shapes {
    private Shapes() {}

    static Map<String, List<Integer>> infer(Graph graph) {
        Map<String, List<Integer>> shapes = new HashMap<>();
        shapes.put(graph.input(), graph.inputShape());
        for (Node node : graph.nodes()) {
            try {
                List<Integer> previous = shapes.put(node.output(), output(graph, node, shapes));
                require(previous == null, "makes " + node.output() + ", which is there already");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "Node " + node.name() + " (" + node.operator().onnxName() + "): " + e.getMessage(), e);
            }
        }
        return shapes;
    }

    private static List<Integer> output(Graph graph, Node node, Map<String, List<Integer>> shapes) {
        for (String name : node.inputs()) {
            require(shapes.containsKey(name) || graph.isInitializer(name), "reads " + name + ", which nothing made");
        }
        require(shapes.containsKey(node.data()), "its first input must be data that flows, not an initial value");
        List<Integer> in = flowing(shapes, node.data());
        Operator operator = node.operator();
        if (operator instanceof Conv conv) {
            return convolution(graph, node, conv, in);
        } else if (operator instanceof Gemm) {
            return dense(graph, node, in);
        } else if (operator instanceof MaxPool pool) {
            return window(pool.window(), in, in.get(0));
        } else if (operator instanceof AveragePool pool) {
            return window(pool.window(), in, in.get(0));
        } else if (operator instanceof GlobalAveragePool) {
            requireImage(in);
            return List.of(in.get(0), 1, 1);
        } else if (operator instanceof Flatten) {
            return List.of(in.stream().reduce(1, Math::multiplyExact));
        } else if (operator instanceof BatchNormalization) {
            return normalised(graph, node, in);
        } else if (operator instanceof Operator.Softmax) {
            require(in.size() == 1, "is supported only over a vector of scores, not over shape " + in);
        } else if (operator instanceof Operator.Add || operator instanceof Operator.Mul) {
            return broadcast(in, second(graph, node, shapes));
        }
        return in;
    }

    private static List<Integer> convolution(Graph graph, Node node, Conv conv, List<Integer> in) {
        require(node.inputs().size() == 2 || node.inputs().size() == 3, "takes data, weights and optionally a bias");
        List<Integer> weights = parameter(graph, node, 1, 4);
        Window window = conv.window();
        require(
                weights.get(2) == window.height() && weights.get(3) == window.width(),
                "weights " + weights + " are not of kernel " + window.height() + "x" + window.width());
        requireImage(in);
        require(
                in.get(0) == weights.get(1) * conv.groups() && weights.get(0) % conv.groups() == 0,
                "weights " + weights + " in " + conv.groups() + " group(s) do not fit " + in.get(0)
                        + " input channels");
        requireBias(graph, node, weights.get(0));
        return window(window, in, weights.get(0));
    }

    private static List<Integer> dense(Graph graph, Node node, List<Integer> in) {
        require(node.inputs().size() == 2 || node.inputs().size() == 3, "takes data, weights and optionally a bias");
        List<Integer> weights = parameter(graph, node, 1, 2);
        require(
                in.size() == 1 && in.get(0).equals(weights.get(1)),
                "weights " + weights + " do not fit an input of shape " + in);
        requireBias(graph, node, weights.get(0));
        return List.of(weights.get(0));
    }

    private static List<Integer> normalised(Graph graph, Node node, List<Integer> in) {
        require(node.inputs().size() == 5, "takes data, scale, bias, mean and variance");
        for (int i = 1; i < 5; i++) {
            require(parameter(graph, node, i, 1).get(0).equals(in.get(0)), "its parameters are not one per channel");
        }
        return in;
    }

    private static void requireBias(Graph graph, Node node, int size) {
        if (node.inputs().size() == 3) {
            require(parameter(graph, node, 2, 1).get(0) == size, "its bias does not have " + size + " numbers");
        }
    }

    private static List<Integer> parameter(Graph graph, Node node, int index, int dimensions) {
        String name = node.inputs().get(index);
        require(graph.isInitializer(name), name + " must be an initial value");
        List<Integer> shape = graph.initializer(name).shape();
        require(
                shape.size() == dimensions,
                name + " has shape " + shape + " instead of " + dimensions + " dimension(s)");
        return shape;
    }

    private static List<Integer> second(Graph graph, Node node, Map<String, List<Integer>> shapes) {
        require(node.inputs().size() == 2, "takes two inputs");
        String name = node.inputs().get(1);
        if (!graph.isInitializer(name)) {
            return flowing(shapes, name);
        }
        List<Integer> shape = graph.initializer(name).shape();
        boolean hasBatch = shape.size() > 1 && shape.get(0) == 1;
        return hasBatch ? shape.subList(1, shape.size()) : shape;
    }

    private static List<Integer> broadcast(List<Integer> a, List<Integer> b) {
        int size = Math.max(a.size(), b.size());
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int fromA = i < size - a.size() ? 1 : a.get(i - size + a.size());
            int fromB = i < size - b.size() ? 1 : b.get(i - size + b.size());
            require(fromA == fromB || Set.of(fromA, fromB).contains(1), "shapes " + a + " and " + b + " do not fit");
            result.add(Math.max(fromA, fromB));
        }
        return result;
    }

    private static List<Integer> window(Window window, List<Integer> in, int channels) {
        requireImage(in);
        return List.of(channels, window.outputHeight(in.get(1)), window.outputWidth(in.get(2)));
    }

    private static List<Integer> flowing(Map<String, List<Integer>> shapes, String name) {
        List<Integer> shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("reads " + name + ", which nothing made");
        }
        return shape;
    }

    private static void requireImage(List<Integer> in) {
        require(in.size() == 3, "needs channels, rows and columns, not shape " + in);
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    static long multiplyAdds(Graph graph, Node node) {
        if (!Graph.isLayer(node)) {
            return 0;
        }
        List<Integer> out = graph.shape(node.output());
        long positions = out.size() == 3 ? (long) out.get(1) * out.get(2) : 1;
        return positions * graph.initializer(node.inputs().get(1)).size();
    }
}
