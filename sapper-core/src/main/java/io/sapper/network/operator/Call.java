package io.sapper.network.operator;

import io.sapper.network.Body;
import io.sapper.network.Tensors;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** One call of a kernel: the node's settings and its inputs as tensors. */
public final class Call {
    /** Runs a graph inside a node. */
    @FunctionalInterface
    public interface Bodies {
        /**
         * The outputs of a body, each a tensor of its own, in the caller's scope.
         *
         * @param inputs by position
         */
        List<Tensor> run(Body body, List<Tensor> inputs);
    }

    /** No input may be changed in place. */
    public static final int NONE = -1;

    private final Attributes attributes;
    private final List<@Nullable Tensor> inputs;
    private final int outputs;
    private final int overwrites;
    private final Bodies bodies;
    private final @Nullable Prepared prepared;

    /**
     * What a kernel works out of settings and sizes, kept from one call to the next with the same sizes; for one node
     * and one thread.
     */
    public static final class Prepared {
        private @Nullable Object kept;
    }

    /**
     * @param inputs by position; null where one is left out
     * @param outputs how many the node names
     * @param overwrites the input that may be changed in place, for nobody else reads it; {@link #NONE} if none may
     */
    public Call(Attributes attributes, List<@Nullable Tensor> inputs, int outputs, int overwrites, Bodies bodies) {
        this(attributes, inputs, outputs, overwrites, bodies, null);
    }

    /** As the other, of a node that is called again and again with inputs of the same sizes. */
    public Call(
            Attributes attributes,
            List<@Nullable Tensor> inputs,
            int outputs,
            int overwrites,
            Bodies bodies,
            @Nullable Prepared prepared) {
        this.attributes = attributes;
        this.inputs = inputs;
        this.outputs = outputs;
        this.overwrites = overwrites;
        this.bodies = bodies;
        this.prepared = prepared;
    }

    public Attributes attributes() {
        return attributes;
    }

    /** What depends on settings and sizes alone: worked out once for each node and its sizes. */
    <T> T prepared(Class<T> kind, Supplier<T> make) {
        if (prepared == null) {
            return make.get();
        }
        if (prepared.kept == null) {
            prepared.kept = make.get();
        }
        return kind.cast(prepared.kept);
    }

    /** How many inputs, with those left out in between. */
    public int count() {
        return inputs.size();
    }

    /** How many outputs the node names. */
    public int outputs() {
        return outputs;
    }

    /** Whether an input may be changed in place, and then be handed on as the output. */
    public boolean overwrites(int input) {
        return overwrites == input;
    }

    public boolean has(int input) {
        return orNull(input) != null;
    }

    public @Nullable Tensor orNull(int input) {
        return input < inputs.size() ? inputs.get(input) : null;
    }

    /** An input that must be there. */
    public Tensor in(int input) {
        Tensor found = orNull(input);
        if (found == null) {
            throw new IllegalArgumentException("its input " + input + " is missing");
        }
        return found;
    }

    /** All inputs that are there, in order. */
    public List<Tensor> all() {
        return inputs.stream().filter(tensor -> tensor != null).toList();
    }

    /** An input as libtorch wants an optional one. */
    public TensorOptional optional(int input) {
        Tensor found = orNull(input);
        return found == null ? new TensorOptional() : new TensorOptional(found);
    }

    /** The numbers of an input of whole numbers, row-major; {@code otherwise} where it is left out. */
    public long[] integers(int input, long... otherwise) {
        Tensor found = orNull(input);
        return found == null ? otherwise : integers(found);
    }

    /** The numbers of an input, row-major; {@code otherwise} where it is left out. */
    public double[] reals(int input, double... otherwise) {
        Tensor found = orNull(input);
        if (found == null) {
            return otherwise;
        }
        if (found.numel() == 0) { // has no address to read from
            return new double[0];
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor here = found.detach().cpu().to(ScalarType.Double).contiguous();
            double[] values = new double[Math.toIntExact(here.numel())];
            here.data_ptr_double().get(values);
            return values;
        }
    }

    /** The one number of an input; {@code otherwise} where it is left out. */
    public double number(int input, double otherwise) {
        double[] found = reals(input, otherwise);
        if (found.length != 1) {
            throw new IllegalArgumentException("its input " + input + " has " + found.length + " numbers, not one");
        }
        return found[0];
    }

    /** All numbers of a tensor of whole numbers, row-major. */
    static long[] integers(Tensor tensor) {
        return Tensors.toLongs(tensor);
    }

    /** Runs a graph inside the node. */
    public List<Tensor> run(Body body, List<Tensor> given) {
        return bodies.run(body, given);
    }
}
