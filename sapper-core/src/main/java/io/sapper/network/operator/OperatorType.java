package io.sapper.network.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the operator table: how many inputs and outputs, which settings, what it computes, how large its results
 * get, which inputs are weights, and whether channels stay apart in it. Everything that reasons about networks asks
 * here.
 */
public final class OperatorType {
    /** Computes the outputs, in order; those that the node does not want may be left out at the end. */
    @FunctionalInterface
    public interface Kernel {
        List<Tensor> run(Call call);
    }

    /** Computes the only output. */
    @FunctionalInterface
    public interface OneOutput {
        Tensor run(Call call);
    }

    /**
     * How large the outputs get, known before anything is computed.
     *
     * @see Sizes
     */
    @FunctionalInterface
    public interface SizeRule {
        /**
         * The shape of each output.
         *
         * @throws IllegalArgumentException if the inputs do not fit; says how, to stand behind the node's name
         * @throws Known.NotKnown if that depends on what is not known yet
         */
        List<long[]> of(Known known);
    }

    private final String domain;
    private final String name;
    private final Kernel kernel;
    private final int leastInputs;
    private final int mostInputs;
    private final int mostOutputs;
    private final Set<String> attributes;
    private final Set<Integer> weights;
    private final Set<Integer> statistics;
    private final @Nullable SizeRule sizes;
    private final Set<Trait> traits;

    /** What else holds of an operator. */
    public enum Trait {
        /** A layer with weights of its own, as people count them: convolutions, dense layers. */
        LAYER,
        /**
         * Channel k of the output comes from channel k of the first input alone, and of zeros come zeros: pooling,
         * flattening, the activations that keep zero.
         */
        CHANNELWISE,
        /** A number of the output comes from the one number of the first input at its place. */
        POINTWISE,
        /** Hands its first input on in another arrangement or type: what reads its output reads its input. */
        VIEW,
        /** Has no gradient: what lies before it is not trained through it. */
        NO_GRADIENT
    }

    private OperatorType(Builder builder) {
        this.domain = builder.domain;
        this.name = builder.name;
        this.kernel = builder.kernel;
        this.leastInputs = builder.leastInputs;
        this.mostInputs = builder.mostInputs;
        this.mostOutputs = builder.mostOutputs;
        this.attributes = Set.copyOf(builder.attributes);
        this.weights = Set.copyOf(builder.weights);
        this.statistics = Set.copyOf(builder.statistics);
        this.sizes = builder.sizes;
        this.traits = Set.copyOf(builder.traits);
    }

    public String domain() {
        return domain;
    }

    public String name() {
        return name;
    }

    public Kernel kernel() {
        return kernel;
    }

    public int leastInputs() {
        return leastInputs;
    }

    /** {@code Integer.MAX_VALUE} for any number. */
    public int mostInputs() {
        return mostInputs;
    }

    public int mostOutputs() {
        return mostOutputs;
    }

    /** The settings that it knows; a node with another is refused. */
    public Set<String> attributes() {
        return attributes;
    }

    /** Positions of inputs that training changes where they are stored with the network. */
    public Set<Integer> weights() {
        return weights;
    }

    /** Positions of inputs that are statistics of the data. */
    public Set<Integer> statistics() {
        return statistics;
    }

    /** How large the results get; null where graphs inside the node decide. */
    public @Nullable SizeRule sizes() {
        return sizes;
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** Begins an entry of ONNX's own domain with one output. */
    static Builder type(String name, OneOutput kernel) {
        return new Builder("", name, call -> List.of(kernel.run(call)));
    }

    /** Begins an entry of ONNX's own domain with several outputs. */
    static Builder several(String name, int mostOutputs, Kernel kernel) {
        return new Builder("", name, kernel).outputs(mostOutputs);
    }

    /** Spells out an entry. */
    static final class Builder {
        private String domain;
        private final String name;
        private final Kernel kernel;
        private int leastInputs = 1;
        private int mostInputs = 1;
        private int mostOutputs = 1;
        private final Set<String> attributes = new TreeSet<>();
        private final Set<Integer> weights = new TreeSet<>();
        private final Set<Integer> statistics = new TreeSet<>();
        private @Nullable SizeRule sizes;
        private final Set<Trait> traits = new java.util.HashSet<>();

        private Builder(String domain, String name, Kernel kernel) {
            this.domain = domain;
            this.name = name;
            this.kernel = kernel;
        }

        Builder domain(String changed) {
            domain = changed;
            return this;
        }

        Builder inputs(int count) {
            return inputs(count, count);
        }

        Builder inputs(int least, int most) {
            leastInputs = least;
            mostInputs = most;
            return this;
        }

        Builder outputs(int most) {
            mostOutputs = most;
            return this;
        }

        Builder attributes(String... names) {
            attributes.addAll(Arrays.asList(names));
            return this;
        }

        Builder weights(Integer... positions) {
            weights.addAll(Arrays.asList(positions));
            return this;
        }

        Builder statistics(Integer... positions) {
            statistics.addAll(Arrays.asList(positions));
            return this;
        }

        Builder sizes(SizeRule rule) {
            sizes = rule;
            return this;
        }

        Builder traits(Trait... more) {
            traits.addAll(Arrays.asList(more));
            return this;
        }

        OperatorType build() {
            return new OperatorType(this);
        }
    }
}
