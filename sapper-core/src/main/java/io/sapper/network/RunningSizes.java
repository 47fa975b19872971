package io.sapper.network;

import io.sapper.network.operator.Attributes;
import io.sapper.network.operator.Known;
import io.sapper.network.operator.OperatorType;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** The sizes of what a node makes, worked out from its inputs themselves, for one whose sizes depend on numbers. */
final class RunningSizes implements Known {
    private final Node node;
    private final List<@Nullable Tensor> in;

    private RunningSizes(Node node, List<@Nullable Tensor> in) {
        this.node = node;
        this.in = in;
    }

    /**
     * The bytes that it makes, at least.
     *
     * @throws MemoryLimit.TooLarge if it would make a tensor that is too large
     */
    static long check(Node node, List<@Nullable Tensor> in) {
        OperatorType.SizeRule rule = node.operator().type().sizes();
        if (rule == null) { // then it makes nothing larger than its inputs
            return 0;
        }
        long bytes = 0;
        try {
            for (long @Nullable [] shape : rule.of(new RunningSizes(node, in))) {
                if (shape != null) {
                    bytes += MemoryLimit.check(shape, 1);
                }
            }
        } catch (NotKnown e) {
            // as large as its computation finds: nothing that is set from outside
        }
        return bytes;
    }

    @Override
    public Attributes attributes() {
        return node.operator().attributes();
    }

    @Override
    public int count() {
        return in.size();
    }

    @Override
    public int outputs() {
        return node.outputs().size();
    }

    @Override
    public boolean has(int input) {
        return input < in.size() && in.get(input) != null;
    }

    private Tensor tensor(int input) {
        Tensor found = input < in.size() ? in.get(input) : null;
        if (found == null) {
            throw new IllegalArgumentException("its input " + input + " is missing");
        }
        return found;
    }

    @Override
    public long[] shape(int input) {
        return tensor(input).shape();
    }

    @Override
    public long[] integers(int input) {
        return Tensors.toLongs(tensor(input));
    }

    @Override
    public double[] reals(int input) {
        float[] found = Tensors.toArray(tensor(input).to(ScalarType.Float));
        double[] reals = new double[found.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = found[i];
        }
        return reals;
    }
}
