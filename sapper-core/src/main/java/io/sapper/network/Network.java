package io.sapper.network;

import io.sapper.network.operator.Call;
import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.OperatorType;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A graph bound to tensors on libtorch. It owns them until it is closed; what {@link #forward} returns belongs to the
 * caller's {@link PointerScope}. One thread at a time may use it; {@link #replica} gives another thread its own.
 */
public final class Network implements AutoCloseable {
    /** Of all graphs inside nodes, in one pass; a loop of more would seem to hang. */
    private static final long MOST_BODY_RUNS = 1_000_000;

    private final Graph graph;
    private final Compute compute;
    private final Map<String, Tensor> values;
    private final Map<String, String> running;
    private final Map<Course.Request, Course> courses = new HashMap<>();
    private final AtomicLong passes;
    private long resumed;
    private Course.@Nullable Request lastRequest;
    private @Nullable Course lastCourse;
    private long bodyRuns;
    private boolean channelsLast;
    private Unforeseen living = new Unforeseen();
    private @Nullable RandomGenerator leavesOut;

    private Network(
            Graph graph, Compute compute, Map<String, Tensor> values, Map<String, String> running, AtomicLong passes) {
        this.graph = graph;
        this.compute = compute;
        this.values = values;
        this.running = running;
        this.passes = passes;
    }

    /** Copies the graph's initial values to the device. */
    public static Network of(Graph graph, Compute compute) {
        return of(graph, Map.of(), compute);
    }

    /** A network to be tuned; it knows which statistics follow the batches. */
    public static Network of(Tunable tunable, Compute compute) {
        return of(tunable.graph(), tunable.running(), compute);
    }

    private static Network of(Graph graph, Map<String, String> running, Compute compute) {
        Engine.check(compute);
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (String name : graph.initializerNames()) {
            values.put(name, Tensors.owned(graph.initializer(name), compute));
        }
        return new Network(graph, compute, values, running, new AtomicLong());
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
        return new Network(graph, compute, shared, running, passes);
    }

    public Graph graph() {
        return graph;
    }

    public Compute compute() {
        return compute;
    }

    /** Tensors that a batch makes, and the initial values whose next state they are; none unless it is being tuned. */
    public Map<String, String> running() {
        return running;
    }

    /** From now on, Dropout nodes leave out what this draws; null: nothing, as ever but in training. */
    public void leaveOut(@Nullable RandomGenerator random) {
        leavesOut = random;
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
        values.forEach((name, tensor) -> now.put(name, stored(name, tensor)));
        return graph.withInitializers(now);
    }

    /** What a network has now; the very value that it had, where that has not changed: its bytes stay. */
    private Initializer stored(String name, Tensor tensor) {
        Initializer before = graph.initializer(name);
        return graph.trainable().contains(name) || running.containsValue(name)
                ? before.updated(Tensors.toArray(tensor))
                : before;
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
     * @param known by name; the first of shape [n, ...]
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

    /** As {@link #forward(Tensor, List)}, of a network with several inputs: each by name. */
    public List<Tensor> forward(Map<String, Tensor> given, List<String> taps) {
        return run(given, taps);
    }

    private List<Tensor> run(Map<String, Tensor> known, List<String> taps) {
        Course course = course(known, taps);
        boolean forget = !GradMode.is_enabled();
        bodyRuns = 0;
        living = new Unforeseen();
        Map<String, Tensor> flowing = new HashMap<>(course.constants());
        if (!channelsLast && ChannelsLast.pays(known.values())) {
            channelsLast = true;
            ChannelsLast.layOwned(values);
        }
        known.forEach((name, tensor) -> flowing.put(name, channelsLast ? ChannelsLast.lay(tensor) : tensor));
        for (Plan.Step step : course.plan().steps()) {
            boolean unsized = course.unsized().contains(step.node().name());
            run(step.node(), step.kernel(), step.overwrites(), unsized ? null : step.prepared(), flowing);
            if (forget) {
                forget(step, flowing);
                step.dead().forEach(living::remove);
            }
        }
        return taps.stream().map(name -> tensor(name, flowing)).toList();
    }

    /** The course of the last run is the next one's too, as a rule: then nothing is looked up. */
    private Course course(Map<String, Tensor> known, List<String> taps) {
        Course.Request request = Course.Request.of(known, taps);
        if (!request.equals(lastRequest) || lastCourse == null) {
            lastCourse = courses.computeIfAbsent(request, wanted -> Course.of(graph, wanted, compute));
            lastRequest = request;
        }
        return lastCourse;
    }

    /** Frees what nobody reads from here on. What was changed in place goes on as the very same tensor. */
    @SuppressWarnings("ReferenceEquality")
    private static void forget(Plan.Step step, Map<String, Tensor> flowing) {
        Tensor made = flowing.get(step.node().output());
        for (String name : step.dead()) {
            Tensor dead = flowing.remove(name);
            if (dead != null && dead != made) {
                dead.close();
            }
        }
    }

    /** @param prepared what the kernel keeps; null where sizes are not known before it runs */
    private void run(
            Node node,
            OperatorType.Kernel kernel,
            int overwrites,
            Call.@Nullable Prepared prepared,
            Map<String, Tensor> flowing) {
        List<@Nullable Tensor> in = new ArrayList<>(node.inputs().size());
        for (String name : node.inputs()) {
            in.add(name.isEmpty() ? null : tensor(name, flowing));
        }
        List<Tensor> made;
        try {
            if (prepared == null) {
                living.check(RunningSizes.check(node, in));
            }
            RandomGenerator random = leavesOut;
            made = random != null && Dropout.is(node)
                    ? Dropout.run(node, in, compute, random)
                    : Kernels.run(
                            kernel,
                            new Call(
                                    node.operator().attributes(),
                                    in,
                                    node.outputs().size(),
                                    overwrites,
                                    (body, inputs) -> run(body, inputs, flowing),
                                    prepared));
        } catch (NotSupported e) {
            throw e.at("Node " + node.name() + " (" + node.operator().text() + "): ");
        } catch (IllegalArgumentException e) {
            throw new Contradiction(node, e);
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            String name = node.outputs().get(i);
            if (!name.isEmpty()) {
                flowing.put(name, made.get(i));
            }
            if (prepared == null && !name.isEmpty() && !node.operator().type().is(Trait.VIEW)) {
                living.add(name, made.get(i).nbytes());
            }
        }
    }

    /** Runs a graph inside a node; what it makes on the way is freed, and its outputs go to the caller's scope. */
    private List<Tensor> run(Body body, List<Tensor> inputs, Map<String, Tensor> around) {
        Unforeseen outer = living;
        living = new Unforeseen(outer);
        List<Tensor> outputs;
        try (PointerScope scope = new PointerScope()) {
            outputs = inside(body, inputs, around).stream().map(Tensor::alias).toList(); // it may be a tensor around it
            outputs.forEach(Tensor::retainReference);
        }
        living = outer;
        PointerScope callers = PointerScope.getInnerScope();
        for (Tensor output : outputs) {
            if (callers != null) {
                callers.attach(output);
                output.releaseReference();
            }
        }
        return outputs;
    }

    private List<Tensor> inside(Body body, List<Tensor> inputs, Map<String, Tensor> around) {
        if (++bodyRuns > MOST_BODY_RUNS) {
            throw new NotSupported("its loops run more than " + MOST_BODY_RUNS + " times");
        }
        Map<String, Tensor> flowing = new HashMap<>(around);
        for (int i = 0; i < body.inputs().size(); i++) {
            flowing.put(body.inputs().get(i), inputs.get(i));
        }
        body.nodes().forEach(node -> run(node, node.operator().type().kernel(), Call.NONE, null, flowing));
        return body.outputs().stream().map(name -> tensor(name, flowing)).toList();
    }

    private Tensor tensor(String name, Map<String, Tensor> flowing) {
        Tensor flows = flowing.get(name);
        return flows != null ? flows : value(name);
    }

    @Override
    public void close() {
        courses.values().forEach(Course::close);
        courses.clear();
        lastCourse = null;
        values.values().forEach(Tensor::close);
        values.clear();
    }
}
