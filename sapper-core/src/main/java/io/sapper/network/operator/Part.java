package io.sapper.network.operator;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** An operator of the table as a part of another one. */
final class Part {
    private Part() {}

    private static OperatorType type(String name) {
        return Operators.of(Operator.of(name));
    }

    /** The only output of one of ONNX's own operators. */
    static Tensor run(String name, Attributes set, @Nullable Tensor... inputs) {
        Call call = new Call(set, Arrays.asList(inputs), 1, Call.NONE, (body, given) -> {
            throw new IllegalStateException(name + " runs no graph.");
        });
        return type(name).kernel().run(call).get(0);
    }

    /**
     * How large its output gets.
     *
     * @param positions where the whole operator has the inputs of the part
     */
    static List<long[]> sizes(String name, Known whole, int... positions) {
        OperatorType.SizeRule rule = type(name).sizes();
        if (rule == null) {
            throw new IllegalStateException(name + " has no rule of sizes.");
        }
        return rule.of(new Some(whole, positions));
    }

    /** Some of the inputs, in another order. */
    private static final class Some implements Known {
        private final Known whole;
        private final int[] positions;

        Some(Known whole, int[] positions) {
            this.whole = whole;
            this.positions = positions;
        }

        @Override
        public Attributes attributes() {
            return whole.attributes();
        }

        @Override
        public int count() {
            return positions.length;
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public boolean has(int input) {
            return input < positions.length && whole.has(positions[input]);
        }

        @Override
        public long[] shape(int input) {
            return whole.shape(positions[input]);
        }

        @Override
        public long[] integers(int input) {
            return whole.integers(positions[input]);
        }

        @Override
        public double[] reals(int input) {
            return whole.reals(positions[input]);
        }
    }
}
