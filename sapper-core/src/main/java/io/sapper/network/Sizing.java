package io.sapper.network;

import io.sapper.network.operator.Call;
import io.sapper.network.operator.Known;
import io.sapper.network.operator.Known.NotKnown;
import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.Operator;
import io.sapper.network.operator.OperatorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The size of every tensor that flows, worked out from the inputs' before anything is computed. What depends on small
 * constants or on sizes alone (the arithmetic of shapes) is computed on the way, for later sizes depend on it.
 */
final class Sizing {
    /** Constants of more elements are no arithmetic of shapes, and are not computed here. */
    private static final long LARGEST_CONSTANT = 1 << 12;

    private final @Nullable Sizing around;
    private final Map<String, Initializer> stored;
    private final Set<String> trained;
    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<String, Long> bytes = new HashMap<>();
    private final Map<String, Initializer> constants = new HashMap<>();

    private Sizing(@Nullable Sizing around, Map<String, Initializer> stored, Set<String> trained) {
        this.around = around;
        this.stored = stored;
        this.trained = trained;
    }

    /**
     * Works it out.
     *
     * @param given sizes of the inputs
     * @param trained initial values that may change, so that nothing is computed of them beforehand
     * @throws IllegalArgumentException if something does not fit; names the node
     */
    static Sizing of(
            Map<String, long[]> given, List<Node> nodes, Map<String, Initializer> stored, Set<String> trained) {
        Sizing sizing = new Sizing(null, stored, trained);
        given.forEach((name, shape) -> sizing.put(name, shape, ElementType.FLOAT.bytes()));
        sizing.addAll(nodes);
        return sizing;
    }

    /**
     * As {@link #of}, of a graph inside a node, which may read what is around it.
     *
     * @param given sizes of what the node hands in, as far as they are known
     */
    Sizing inside(Body body, Map<String, long[]> given) {
        Sizing inside = new Sizing(this, stored, trained);
        given.forEach((name, shape) -> inside.put(name, shape, 1));
        inside.addAll(body.nodes());
        return inside;
    }

    private void addAll(List<Node> nodes) {
        for (Node node : nodes) {
            String place = "Node " + node.name() + " (" + node.operator().text() + "): ";
            try {
                add(node);
            } catch (NotSupported e) {
                throw e.at(place);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new IllegalArgumentException(place + e.getMessage(), e);
            }
        }
        Living.check(nodes, bytes);
    }

    /** Keeps the size of a tensor, if there may be one so large. */
    private void put(String name, long[] shape, int elementBytes) {
        bytes.put(name, MemoryLimit.check(shape, elementBytes));
        shapes.put(name, shape);
    }

    /** Sizes of a tensor that flows; null where they depend on more than sizes. */
    long @Nullable [] shape(String tensor) {
        long[] found = flowing(tensor);
        return found == null ? null : found.clone();
    }

    private long @Nullable [] flowing(String tensor) {
        long[] found = shapes.get(tensor);
        return found != null || around == null ? found : around.flowing(tensor);
    }

    /** Sizes of a tensor that flows or is stored; null where they depend on more than sizes. */
    long @Nullable [] anyShapeOrNull(String tensor) {
        long[] found = flowing(tensor);
        Initializer value = found == null ? stored.get(tensor) : null;
        return value == null ? found : sizes(value);
    }

    /** The numbers of a tensor that is stored, or known beforehand; null where they are neither. */
    @Nullable
    Initializer value(String tensor) {
        return constants.getOrDefault(tensor, stored.get(tensor));
    }

    /** Tensors whose numbers are known beforehand, without those that are stored. */
    Map<String, Initializer> constants() {
        return constants;
    }

    private void add(Node node) {
        OperatorType type = node.operator().type();
        List<long @Nullable []> found;
        if (!node.operator().attributes().bodies().isEmpty()) {
            keep(node, InnerSizes.of(node, this));
            return;
        }
        try {
            if (computable(node, type)) {
                compute(node);
                return;
            }
            found = new ArrayList<>(sizes(node, type));
        } catch (NotKnown e) {
            return;
        }
        keep(node, found);
    }

    private void keep(Node node, List<long @Nullable []> found) {
        for (int i = 0; i < found.size(); i++) {
            long[] shape = found.get(i);
            if (shape != null && i < node.outputs().size()) {
                put(node.outputs().get(i), shape, leastBytes(node));
            } else if (shape != null) {
                MemoryLimit.check(shape, leastBytes(node)); // made on the way
            }
        }
    }

    /** Bytes of an element that a node makes, where its type is not known beforehand: as few as it can be. */
    private static int leastBytes(Node node) {
        return node.operator().is("Cast", "QuantizeLinear", "DynamicQuantizeLinear", "Equal", "Less", "Greater", "Not")
                ? 1
                : ElementType.FLOAT.bytes();
    }

    private List<long[]> sizes(Node node, OperatorType type) {
        if (node.operator().is("Shape", "Size")) {
            Initializer made = ofShape(node, known(node).shape(0));
            constants.put(node.output(), made);
            return List.of(made.shape().stream().mapToLong(Integer::longValue).toArray());
        }
        OperatorType.SizeRule rule = type.sizes();
        if (rule == null) {
            throw new NotKnown();
        }
        return rule.of(known(node));
    }

    /** The sizes of a tensor as numbers. */
    private static Initializer ofShape(Node node, long[] shape) {
        Operator operator = node.operator();
        if (operator.is("Size")) {
            long count = 1;
            for (long size : shape) {
                count = Math.multiplyExact(count, size);
            }
            return Initializer.of(List.of(), count);
        }
        int start = clamp(operator.attributes().integer("start", 0), shape.length);
        int end = clamp(operator.attributes().integer("end", shape.length), shape.length);
        long[] part = java.util.Arrays.copyOfRange(shape, start, Math.max(start, end));
        return Initializer.of(List.of(part.length), part);
    }

    private static int clamp(long at, int rank) {
        return (int) Math.max(0, Math.min(rank, at < 0 ? at + rank : at));
    }

    /** Whether all that a node reads is a small constant. */
    private boolean computable(Node node, OperatorType type) {
        long elements = 0;
        for (String name : node.reads()) {
            Initializer value = constant(name);
            if (value == null) {
                return false;
            }
            elements += value.size();
        }
        if (elements > LARGEST_CONSTANT) {
            return false;
        }
        OperatorType.SizeRule rule = type.sizes();
        if (rule == null) {
            return true;
        }
        for (long[] shape : rule.of(known(node))) {
            elements += MemoryLimit.check(shape, 1); // says so where it is too large, and never overflows
        }
        return elements <= LARGEST_CONSTANT;
    }

    private void compute(Node node) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            List<@Nullable Tensor> in = new ArrayList<>();
            for (String name : node.inputs()) {
                in.add(name.isEmpty() ? null : Tensors.owned(needed(name), Compute.CPU));
            }
            List<Tensor> made = Kernels.run(
                    node,
                    new Call(node.operator().attributes(), in, node.outputs().size(), Call.NONE, Kernels.NO_BODIES));
            for (int i = 0; i < node.outputs().size() && i < made.size(); i++) {
                Initializer value = Tensors.toInitializer(made.get(i));
                constants.put(node.outputs().get(i), value);
                put(node.outputs().get(i), sizes(value), value.type().bytes());
            }
            in.forEach(tensor -> {
                if (tensor != null) {
                    tensor.close();
                }
            });
        }
    }

    private Initializer needed(String name) {
        Initializer value = constant(name);
        if (value == null) {
            throw new NotKnown();
        }
        return value;
    }

    /** The numbers of a tensor, where they are known beforehand and nothing trains them. */
    @Nullable
    Initializer constant(String name) {
        for (Sizing at = this; at != null; at = at.around) {
            Initializer found = at.constants.get(name);
            if (found != null) {
                return found;
            }
        }
        return trained.contains(name) ? null : stored.get(name);
    }

    /** Keeps numbers that are known beforehand, if they are few enough to be arithmetic of shapes. */
    void keepConstant(String name, Initializer value) {
        if (value.size() <= LARGEST_CONSTANT) {
            constants.put(name, value);
        }
    }

    private static long[] sizes(Initializer value) {
        return value.shape().stream().mapToLong(Integer::longValue).toArray();
    }

    /** Sizes of anything by name. */
    private long[] anyShape(String name) {
        long[] found = anyShapeOrNull(name);
        if (found == null) {
            throw new NotKnown();
        }
        return found;
    }

    private Known known(Node node) {
        return new OfNode(node);
    }

    private final class OfNode implements Known {
        private final Node node;

        OfNode(Node node) {
            this.node = node;
        }

        @Override
        public io.sapper.network.operator.Attributes attributes() {
            return node.operator().attributes();
        }

        @Override
        public int count() {
            return node.inputs().size();
        }

        @Override
        public int outputs() {
            return node.outputs().size();
        }

        @Override
        public boolean has(int input) {
            return !node.input(input).isEmpty();
        }

        private String name(int input) {
            if (!has(input)) {
                throw new IllegalArgumentException("its input " + input + " is missing");
            }
            return node.input(input);
        }

        @Override
        public long[] shape(int input) {
            return anyShape(name(input));
        }

        @Override
        public long[] integers(int input) {
            return needed(name(input)).integers();
        }

        @Override
        public double[] reals(int input) {
            Initializer value = needed(name(input));
            double[] reals = new double[value.size()];
            for (int i = 0; i < reals.length; i++) {
                reals[i] = value.real(i);
            }
            return reals;
        }
    }
}
