package io.sapper.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;

/**
 * A graph bound to tensors on libtorch. It owns them until it is closed; what {@link #forward} returns belongs to the
 * caller's {@link PointerScope}. One thread at a time may use it; {@link #replica} gives another thread its own.
 */
public final class Network implements AutoCloseable {
    private final Graph graph;
    private final Compute compute;
    private final Map<String, Tensor> values;
    private final Map<Request, Plan> plans = new HashMap<>();
    private final AtomicLong passes;
    private long resumed;

    private Network(Graph graph, Compute compute, Map<String, Tensor> values, AtomicLong passes) {
        this.graph = graph;
        this.compute = compute;
        this.values = values;
        this.passes = passes;
    }

    /** Copies the graph's initial values to the device. */
    public static Network of(Graph graph, Compute compute) {
        Engine.check(compute);
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (String name : graph.initializerNames()) {
            values.put(name, Tensors.owned(graph.initializer(name), compute));
        }
        return new Network(graph, compute, values, new AtomicLong());
    }

    /**
     * The same network for another thread: the same weights, not a copy of them, but gradients of its own. Its passes
     * count as this one's.
     */
    public Network replica() {
        Map<String, Tensor> shared = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope()) {
            values.forEach((name, value) -> {
                Tensor alias = value.detach();
                alias.retainReference();
                shared.put(name, alias);
            });
        }
        return new Network(graph, compute, shared, passes);
    }

    public Graph graph() {
        return graph;
    }

    public Compute compute() {
        return compute;
    }

    /** How many inputs went through this network so far. */
    public long passes() {
        return passes.get();
    }

    /** The live tensor of an initial value: changing it changes the network. */
    public Tensor value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    /** Lets a name stand for another tensor of the same shape, which the network owns from then on. */
    public void replaceValue(String name, Tensor tensor) {
        value(name).close();
        values.put(name, tensor);
    }

    /** The graph with the values that the network has now. */
    public Graph snapshot() {
        Map<String, Initializer> now = new HashMap<>();
        values.forEach((name, tensor) ->
                now.put(name, new Initializer(graph.initializer(name).shape(), Tensors.toArray(tensor))));
        return graph.withInitializers(now);
    }

    /**
     * Runs a batch.
     *
     * @param batch on this network's device, shape [n, then the graph's input shape]
     * @return the graph's output, shape [n, ...], in the caller's scope; gradients are kept where autograd is on
     */
    public Tensor forward(Tensor batch) {
        return forward(batch, List.of(graph.output())).get(0);
    }

    /**
     * Runs a batch and returns the named tensors, in that order; see {@link #forward(Tensor)}. Nodes that none of them
     * needs are not run.
     */
    public List<Tensor> forward(Tensor batch, List<String> taps) {
        passes.addAndGet(batch.size(0));
        return run(Map.of(graph.input(), batch), taps);
    }

    /**
     * Goes on from tensors that were computed before (design D3): runs only the nodes that the output needs and the
     * known tensors do not give. Known tensors stay as they are. Does not count as a pass, but as {@link #resumed}.
     *
     * @param known by name, each of shape [n, ...]
     * @return the graph's output, as from {@link #forward(Tensor)}
     * @throws IllegalArgumentException if the output needs more than the known tensors
     */
    public Tensor resume(Map<String, Tensor> known) {
        resumed += known.values().iterator().next().size(0);
        return run(known, List.of(graph.output())).get(0);
    }

    /** How many inputs were gone on with by {@link #resume} so far. */
    public long resumed() {
        return resumed;
    }

    private record Request(Set<String> known, List<String> taps) {}

    private List<Tensor> run(Map<String, Tensor> known, List<String> taps) {
        Plan plan = plans.computeIfAbsent(
                new Request(Set.copyOf(known.keySet()), List.copyOf(taps)),
                request -> Plan.of(graph, request.known(), request.taps()));
        boolean forget = !GradMode.is_enabled();
        Map<String, Tensor> flowing = new HashMap<>(known);
        for (Plan.Step step : plan.steps()) {
            run(step, flowing);
            if (forget) {
                step.dead().forEach(name -> Objects.requireNonNull(flowing.remove(name), name)
                        .close());
            }
        }
        return taps.stream()
                .map(name -> Objects.requireNonNull(flowing.get(name), name))
                .toList();
    }

    private void run(Plan.Step step, Map<String, Tensor> flowing) {
        Node node = step.node();
        List<Tensor> in = new ArrayList<>(node.inputs().size());
        for (String name : node.inputs()) {
            Tensor flows = flowing.get(name);
            in.add(flows != null ? flows : value(name));
        }
        flowing.put(node.output(), Kernel.run(node.operator(), in, step.overwrites()));
    }

    @Override
    public void close() {
        values.values().forEach(Tensor::close);
        values.clear();
    }
}
