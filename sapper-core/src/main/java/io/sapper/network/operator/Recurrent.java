package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.Sizes.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Networks with memory: step by step through sequences, forward, backward or both. */
final class Recurrent {
    private static final String[] ATTRIBUTES = {
        "activation_alpha", "activation_beta", "activations", "clip", "direction", "hidden_size", "layout"
    };

    private Recurrent() {}

    static List<OperatorType> types() {
        return List.of(
                several("LSTM", 3, call -> run(call, 4, Memory.of(call)))
                        .inputs(3, 8)
                        .attributes(ATTRIBUTES)
                        .attributes("input_forget")
                        .weights(1, 2, 3, 7)
                        .sizes(known -> sizes(known, 4))
                        .build(),
                several("GRU", 2, call -> run(call, 3, GatedUnit.of(call)))
                        .inputs(3, 6)
                        .attributes(ATTRIBUTES)
                        .attributes("linear_before_reset")
                        .weights(1, 2, 3)
                        .sizes(known -> sizes(known, 3))
                        .build(),
                several("RNN", 2, call -> run(call, 1, Plain.of(call)))
                        .inputs(3, 6)
                        .attributes(ATTRIBUTES)
                        .weights(1, 2, 3)
                        .sizes(known -> sizes(known, 1))
                        .build());
    }

    /** What one step computes. */
    interface Cell {
        /**
         * One step.
         *
         * @param direction 0, or 1 for the second of both
         * @param projected the step's input times the weights, shape [batch, gates times hidden]
         * @param bias of what comes from the step before, shape [gates times hidden]; zeros where there is none
         * @param recurrent weights of what comes from the step before
         * @param state what is remembered, each of shape [batch, hidden]; the first is the output
         */
        List<Tensor> step(int direction, Tensor projected, Tensor bias, Tensor recurrent, List<Tensor> state);
    }

    private static int directions(Attributes attributes) {
        String direction = attributes.text("direction", "forward");
        require(
                List.of("forward", "reverse", "bidirectional").contains(direction),
                "direction " + direction + " is not known");
        return direction.equals("bidirectional") ? 2 : 1;
    }

    private static List<long[]> sizes(Known known, int gates) {
        long[] x = known.shape(0);
        long[] recurrent = known.shape(2);
        int directions = directions(known.attributes());
        require(x.length == 3, "needs steps, sequences and numbers, not shape " + Sizes.text(x));
        require(recurrent.length == 3, "weights " + Sizes.text(recurrent) + " are not of three dimensions");
        long hidden = known.attributes().integer("hidden_size", recurrent[2]);
        boolean batchFirst = known.attributes().flag("layout");
        long steps = x[batchFirst ? 1 : 0];
        long batch = x[batchFirst ? 0 : 1];
        require(steps >= 1, "a sequence of no steps");
        check(known, 1, "weights", directions, gates * hidden, x[2]);
        check(known, 2, "weights", directions, gates * hidden, hidden);
        check(known, 3, "bias", directions, 2 * gates * hidden);
        check(known, 4, "lengths", batch);
        long[] state = batchFirst ? new long[] {batch, directions, hidden} : new long[] {directions, batch, hidden};
        check(known, 5, "the first state", state);
        check(known, 6, "the first cell state", state);
        check(known, 7, "peepholes", directions, 3 * hidden);
        long[] all = batchFirst
                ? new long[] {batch, steps, directions, hidden}
                : new long[] {steps, directions, batch, hidden};
        return List.of(all, state, state).subList(0, Math.min(gates == 4 ? 3 : 2, Math.max(1, known.outputs())));
    }

    private static void check(Known known, int input, String name, long... shape) {
        require(
                input >= known.count() || !known.has(input) || Arrays.equals(known.shape(input), shape),
                name + " of shape " + (input < known.count() && known.has(input) ? Sizes.text(known.shape(input)) : "")
                        + " do not fit: " + Sizes.text(shape) + " is needed");
    }

    private static List<Tensor> run(Call call, int gates, Cell cell) {
        boolean batchFirst = call.attributes().flag("layout");
        Tensor x = batchFirst ? call.in(0).transpose(0, 1) : call.in(0);
        int directions = directions(call.attributes());
        int states = gates == 4 ? 2 : 1;
        List<Tensor> outputs = new ArrayList<>();
        List<List<Tensor>> last = new ArrayList<>();
        for (int d = 0; d < directions; d++) {
            boolean backward =
                    d == 1 || call.attributes().text("direction", "forward").equals("reverse");
            List<Tensor> state = first(call, d, x.size(1), states, batchFirst);
            outputs.add(run(call, d, backward, backward ? turned(x, call) : x, cell, state));
            last.add(state);
        }
        List<Tensor> results = new ArrayList<>();
        Tensor all = Made.stack(outputs, 1);
        results.add(batchFirst ? all.permute(2, 0, 1, 3) : all);
        for (int i = 0; i < states; i++) {
            int at = i;
            results.add(Made.stack(last.stream().map(state -> state.get(at)).toList(), batchFirst ? 1 : 0));
        }
        return results;
    }

    /** What is remembered before the first step. */
    private static List<Tensor> first(Call call, int direction, long batch, int count, boolean batchFirst) {
        List<Tensor> state = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            state.add(
                    call.has(5 + i)
                            ? call.in(5 + i).select(batchFirst ? 1 : 0, direction)
                            : call.in(2).new_zeros(batch, call.in(2).size(2)));
        }
        return state;
    }

    private static Tensor turned(Tensor x, Call call) {
        return call.has(4) ? Slicing.turned(x, call.in(4)) : x.flip(0);
    }

    /**
     * One direction; the outputs in the order of the input.
     *
     * @param state before the first step; afterwards that after each sequence's last
     */
    private static Tensor run(Call call, int direction, boolean backward, Tensor x, Cell cell, List<Tensor> state) {
        Tensor weights = call.in(1).select(0, direction);
        Tensor recurrent = call.in(2).select(0, direction);
        long rows = weights.size(0);
        Tensor bias = call.has(3) ? call.in(3).select(0, direction) : weights.new_zeros(2 * rows);
        Tensor projected = torch.matmul(x, weights.t()).add(bias.narrow(0, 0, rows));
        Tensor later = bias.narrow(0, rows, rows);
        Tensor lengths = call.has(4) ? call.in(4).to(ScalarType.Long).unsqueeze(1) : null;
        List<Tensor> outputs = new ArrayList<>();
        for (long step = 0; step < x.size(0); step++) {
            List<Tensor> next = cell.step(direction, projected.select(0, step), later, recurrent, state);
            Tensor output = next.get(0);
            if (lengths != null) {
                Tensor on = lengths.gt(new Scalar(step));
                output = torch.where(on, output, torch.zeros_like(output)); // behind a sequence's end
                for (int i = 0; i < next.size(); i++) {
                    state.set(i, torch.where(on, next.get(i), state.get(i)));
                }
            } else {
                for (int i = 0; i < next.size(); i++) {
                    state.set(i, next.get(i));
                }
            }
            outputs.add(output);
        }
        Tensor all = Made.stack(outputs, 0);
        return backward ? turned(all, call) : all;
    }

    /** A layer that remembers its output only. */
    private record Plain(Gates gates) implements Cell {
        static Plain of(Call call) {
            return new Plain(Gates.of(call.attributes(), List.of("Tanh")));
        }

        @Override
        public List<Tensor> step(int direction, Tensor projected, Tensor bias, Tensor recurrent, List<Tensor> state) {
            Tensor sum =
                    projected.add(torch.matmul(state.get(0), recurrent.t())).add(bias);
            return List.of(gates.apply(direction, 0, sum));
        }
    }

    /** A gated recurrent unit (Cho and others, 2014): gates update, reset and hidden. */
    private record GatedUnit(Gates gates, boolean linearFirst) implements Cell {
        static GatedUnit of(Call call) {
            return new GatedUnit(
                    Gates.of(call.attributes(), List.of("Sigmoid", "Tanh")),
                    call.attributes().flag("linear_before_reset"));
        }

        @Override
        public List<Tensor> step(int direction, Tensor projected, Tensor bias, Tensor recurrent, List<Tensor> state) {
            Tensor before = state.get(0);
            long hidden = before.size(1);
            Tensor both = torch.matmul(
                            before, recurrent.narrow(0, 0, 2 * hidden).t())
                    .add(bias.narrow(0, 0, 2 * hidden))
                    .add(projected.narrow(1, 0, 2 * hidden));
            Tensor update = gates.apply(direction, 0, both.narrow(1, 0, hidden));
            Tensor reset = gates.apply(direction, 0, both.narrow(1, hidden, hidden));
            Tensor weights = recurrent.narrow(0, 2 * hidden, hidden).t();
            Tensor shift = bias.narrow(0, 2 * hidden, hidden);
            Tensor remembered = linearFirst
                    ? reset.mul(torch.matmul(before, weights).add(shift))
                    : torch.matmul(reset.mul(before), weights).add(shift);
            Tensor fresh = gates.apply(
                    direction, 1, projected.narrow(1, 2 * hidden, hidden).add(remembered));
            return List.of(fresh.add(update.mul(before.sub(fresh))));
        }
    }

    /**
     * Long short-term memory (Hochreiter and Schmidhuber, 1997): gates input, output, forget and cell.
     *
     * @param peepholes weights of the cell state in the gates; empty where there are none
     * @param coupled whether as much is forgotten as is let in
     */
    private record Memory(Gates gates, List<Tensor> peepholes, boolean coupled) implements Cell {
        static Memory of(Call call) {
            return new Memory(
                    Gates.of(call.attributes(), List.of("Sigmoid", "Tanh", "Tanh")),
                    call.has(7) ? List.of(call.in(7)) : List.of(),
                    call.attributes().flag("input_forget"));
        }

        private Tensor peep(int direction, int gate, Tensor sum, Tensor cell) {
            if (peepholes.isEmpty()) {
                return sum;
            }
            long hidden = cell.size(1);
            return sum.add(cell.mul(peepholes.get(0).select(0, direction).narrow(0, gate * hidden, hidden)));
        }

        @Override
        public List<Tensor> step(int direction, Tensor projected, Tensor bias, Tensor recurrent, List<Tensor> state) {
            Tensor cell = state.get(1);
            long hidden = cell.size(1);
            Tensor sum =
                    projected.add(torch.matmul(state.get(0), recurrent.t())).add(bias);
            Tensor in = gates.apply(direction, 0, peep(direction, 0, sum.narrow(1, 0, hidden), cell));
            Tensor kept = coupled
                    ? torch.ones_like(in).sub(in)
                    : gates.apply(direction, 0, peep(direction, 2, sum.narrow(1, 2 * hidden, hidden), cell));
            Tensor fresh = gates.apply(direction, 1, sum.narrow(1, 3 * hidden, hidden));
            Tensor next = kept.mul(cell).add(in.mul(fresh));
            Tensor out = gates.apply(direction, 0, peep(direction, 1, sum.narrow(1, hidden, hidden), next));
            return List.of(out.mul(gates.unclipped(direction, 2, next)), next);
        }
    }
}
