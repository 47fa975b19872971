package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import io.sapper.network.Body;
import io.sapper.network.MemoryLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Branches and loops. */
final class ControlFlow {
    /** No network goes round more often; a file that does would never end. */
    static final int MOST_ROUNDS = 10_000;

    private ControlFlow() {}

    static List<OperatorType> types() {
        return List.of(
                several("If", Integer.MAX_VALUE, ControlFlow::branch)
                        .attributes("else_branch", "then_branch")
                        .build(),
                several("Loop", Integer.MAX_VALUE, ControlFlow::loop)
                        .inputs(2, Integer.MAX_VALUE)
                        .attributes("body")
                        .build(),
                several("Scan", Integer.MAX_VALUE, ControlFlow::scan)
                        .inputs(1, Integer.MAX_VALUE)
                        .attributes(
                                "body",
                                "num_scan_inputs",
                                "scan_input_axes",
                                "scan_input_directions",
                                "scan_output_axes",
                                "scan_output_directions")
                        .build());
    }

    private static boolean holds(Tensor condition) {
        long[] found = Call.integers(condition);
        require(found.length == 1, "a condition of " + found.length + " numbers");
        return found[0] != 0;
    }

    private static Body body(Call call, String name, int inputs, int outputs) {
        Body body = call.attributes().body(name);
        require(
                body.inputs().size() == inputs && body.outputs().size() >= outputs,
                "the graph " + name + " inside it has " + body.inputs().size() + " input(s) and "
                        + body.outputs().size() + " output(s)");
        return body;
    }

    /** Tensors of their own, for what a graph hands on may be a tensor around it. */
    private static List<Tensor> own(List<Tensor> made) {
        return made.stream().map(Tensor::alias).toList();
    }

    private static List<Tensor> branch(Call call) {
        String name = holds(call.in(0)) ? "then_branch" : "else_branch";
        return own(call.run(body(call, name, 0, call.outputs()), List.of()));
    }

    private static List<Tensor> loop(Call call) {
        int carried = call.count() - 2;
        Body body = body(call, "body", carried + 2, carried + 1);
        long rounds = call.has(0) ? (long) call.number(0, 0) : Long.MAX_VALUE;
        boolean on = !call.has(1) || holds(call.in(1));
        require(!call.all().isEmpty(), "nothing ends it");
        Tensor beside = call.all().get(0);
        List<Tensor> state = new ArrayList<>();
        for (int i = 2; i < call.count(); i++) {
            state.add(call.in(i));
        }
        List<List<Tensor>> scans = lists(body.outputs().size() - carried - 1);
        long kept = 0;
        for (long round = 0; on && round < rounds; round++) {
            support(round < MOST_ROUNDS, "goes round more than " + MOST_ROUNDS + " times");
            List<Tensor> given = new ArrayList<>();
            given.add(Made.longs(beside, new long[] {round}));
            given.add(Made.filled(beside, ScalarType.Bool, 1));
            given.addAll(state);
            List<Tensor> made = call.run(body, given);
            on = !call.has(1) || holds(made.get(0)); // a loop without a condition counts only
            state = instead(state, made.subList(1, carried + 1), round);
            kept = keep(scans, made.subList(carried + 1, made.size()), kept);
            List.of(given.get(0), given.get(1), made.get(0)).forEach(Tensor::close); // what stays splits up the memory
        }
        return results(state, scans, new long[scans.size()], new long[scans.size()]);
    }

    /** What is carried on; what was carried into this round is freed, but for what the node itself was given. */
    private static List<Tensor> instead(List<Tensor> before, List<Tensor> now, long round) {
        if (round > 0) {
            before.forEach(Tensor::close);
        }
        return now;
    }

    private static List<List<Tensor>> lists(int count) {
        List<List<Tensor>> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    /**
     * Keeps what one round gave, of so many bytes before it; gives the bytes with it, as they are once put together.
     */
    private static long keep(List<List<Tensor>> scans, List<Tensor> made, long before) {
        long bytes = before;
        for (int i = 0; i < scans.size(); i++) {
            scans.get(i).add(made.get(i));
            bytes += 2 * made.get(i).nbytes();
        }
        MemoryLimit.checkSum(bytes, "what its rounds give");
        return bytes;
    }

    /** What was carried on, and what each round gave put together. */
    private static List<Tensor> results(List<Tensor> state, List<List<Tensor>> scans, long[] axes, long[] directions) {
        List<Tensor> results = new ArrayList<>(own(state));
        for (int i = 0; i < scans.size(); i++) {
            List<Tensor> parts = scans.get(i);
            support(!parts.isEmpty(), "it is not gone round once, so that the size of what it makes is not known");
            if (directions[i] == 1) {
                Collections.reverse(parts);
            }
            results.add(Made.stack(parts, Sizes.axis(axes[i], (int) parts.get(0).dim() + 1)));
        }
        return results;
    }

    private static List<Tensor> scan(Call call) {
        int scanned = Math.toIntExact(call.attributes().integer("num_scan_inputs", 0));
        int carried = call.count() - scanned;
        require(scanned >= 1 && carried >= 0, "num_scan_inputs of " + scanned);
        Body body = body(call, "body", call.count(), carried);
        int made = body.outputs().size() - carried;
        long[] axes = Windows.list(call.attributes(), "scan_input_axes", scanned, 0);
        long[] directions = Windows.list(call.attributes(), "scan_input_directions", scanned, 0);
        long[] outputAxes = Windows.list(call.attributes(), "scan_output_axes", made, 0);
        long[] outputDirections = Windows.list(call.attributes(), "scan_output_directions", made, 0);
        long rounds = rounds(call, carried, axes);
        List<Tensor> state = new ArrayList<>(call.all().subList(0, carried));
        List<List<Tensor>> scans = lists(made);
        long kept = 0;
        for (long round = 0; round < rounds; round++) {
            List<Tensor> given = new ArrayList<>(state);
            for (int i = 0; i < scanned; i++) {
                Tensor x = call.in(carried + i);
                long at = directions[i] == 1 ? rounds - 1 - round : round;
                given.add(x.select(Sizes.axis(axes[i], (int) x.dim()), at));
            }
            List<Tensor> outputs = call.run(body, given);
            given.subList(carried, given.size()).forEach(Tensor::close);
            state = instead(state, outputs.subList(0, carried), round);
            kept = keep(scans, outputs.subList(carried, outputs.size()), kept);
        }
        return results(state, scans, outputAxes, outputDirections);
    }

    private static long rounds(Call call, int carried, long[] axes) {
        long rounds = -1;
        for (int i = 0; i < axes.length; i++) {
            Tensor x = call.in(carried + i);
            long size = x.size(Sizes.axis(axes[i], (int) x.dim()));
            require(rounds < 0 || rounds == size, "what it goes through is not equally long");
            rounds = size;
        }
        support(rounds <= MOST_ROUNDS, "goes round more than " + MOST_ROUNDS + " times");
        return rounds;
    }
}
