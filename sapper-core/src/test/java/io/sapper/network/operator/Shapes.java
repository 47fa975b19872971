package io.sapper.network.operator;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** Inputs of which everything is known, for tests of rules. */
final class Shapes implements Known {
    private final Attributes attributes;
    private final Call call;
    private final int count;
    private final int outputs;

    Shapes(Attributes attributes, @Nullable Tensor... inputs) {
        this(1, attributes, inputs);
    }

    Shapes(int outputs, Attributes attributes, @Nullable Tensor... inputs) {
        this.attributes = attributes;
        this.count = inputs.length;
        this.outputs = outputs;
        this.call = new Call(attributes, Arrays.asList(inputs), outputs, Call.NONE, (body, given) -> List.of());
    }

    @Override
    public Attributes attributes() {
        return attributes;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public boolean has(int input) {
        return call.has(input);
    }

    @Override
    public long[] shape(int input) {
        return call.in(input).shape();
    }

    @Override
    public long[] integers(int input) {
        return Call.integers(call.in(input));
    }

    @Override
    public double[] reals(int input) {
        call.in(input);
        return call.reals(input);
    }
}
