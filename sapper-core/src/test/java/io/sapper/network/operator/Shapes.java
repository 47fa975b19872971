package io.sapper.network.operator;

import org.bytedeco.pytorch.Tensor;

/** Inputs of which everything is known, for tests of rules. */
final class Shapes implements Known {
    private final Attributes attributes;
    private final Tensor[] inputs;

    Shapes(Attributes attributes, Tensor... inputs) {
        this.attributes = attributes;
        this.inputs = inputs;
    }

    @Override
    public Attributes attributes() {
        return attributes;
    }

    @Override
    public int count() {
        return inputs.length;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public boolean has(int input) {
        return input < inputs.length;
    }

    @Override
    public long[] shape(int input) {
        return inputs[input].shape();
    }

    @Override
    public long[] integers(int input) {
        return Call.integers(inputs[input]);
    }

    @Override
    public double[] reals(int input) {
        throw new NotKnown();
    }
}
