package io.sapper.training;

import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Network;
import io.sapper.network.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The same network several times. Each takes its part of a batch; their gradients are added in the order of the parts,
 * so the sum has the same bits every time, however many threads there are and whichever does what.
 */
final class Replicas implements AutoCloseable {
    private final List<Network> networks = new ArrayList<>();
    private final List<ParameterBlock> blocks = new ArrayList<>();
    private final LossLog losses;
    private final Lesson lesson;
    private final RunningStatistics running;
    private final Workers workers;
    private final Pace pace;
    private final List<Slice> slices;
    private final int threadsBefore = Engine.threads();

    /**
     * Shares the given network's weights among several.
     *
     * @param lesson what they learn
     * @param losses takes the losses of each step
     */
    Replicas(Network network, Lesson lesson, int count, LossLog losses) {
        this.lesson = lesson;
        this.losses = losses;
        networks.add(network);
        blocks.add(ParameterBlock.of(network));
        for (int i = 1; i < count; i++) {
            Network replica = network.replica();
            networks.add(replica);
            blocks.add(blocks.get(0).share(replica));
        }
        running = new RunningStatistics(network, count);
        workers = new Workers(Math.min(count, Runtime.getRuntime().availableProcessors()));
        pace = new Pace(workers.count());
        // A GPU does a block at once.
        slices = Slice.of(block().weights().numel(), network.compute() == Compute.CPU ? workers.count() : 1);
        if (count > 1) {
            Engine.threads(1);
        }
    }

    /** The block that holds the weights and, after {@link #gradients}, the sum of the gradients. */
    ParameterBlock block() {
        return blocks.get(0);
    }

    /** The sums over each step's images of their loss. */
    LossLog losses() {
        return losses;
    }

    /**
     * Computes the gradients of a batch's mean loss, each replica those of its part, and notes the losses.
     *
     * @param leavesOut what layers leave out of the images from a position on; null: nothing
     */
    void gradients(int from, int count, @Nullable IntFunction<RandomGenerator> leavesOut) {
        long start = System.nanoTime();
        workers.run(networks.size(), pace.threads(), part -> part(part, from, count, leavesOut));
        pace.took(System.nanoTime() - start);
        running.follow();
    }

    private void part(int part, int from, int count, @Nullable IntFunction<RandomGenerator> leavesOut) {
        int begin = from + (int) ((long) count * part / networks.size());
        int end = from + (int) ((long) count * (part + 1) / networks.size());
        if (begin == end) {
            return;
        }
        Network network = networks.get(part);
        network.leaveOut(leavesOut == null ? null : leavesOut.apply(begin));
        try (PointerScope scope = new PointerScope()) {
            Lesson.Loss loss = lesson.loss(network, begin, end - begin, running.tensors());
            loss.sum().mul(new Scalar(1.0 / count)).backward();
            losses.put(part, loss.sum());
            running.put(part, end - begin, loss.also());
        }
    }

    /**
     * Adds up the gradients and changes the weights by them, slice by slice: every weight goes through the same
     * additions in the same order, but several threads share the work, which one alone would need longer for than for
     * its part of the batch (docs/decisions/0032).
     *
     * @param learningRate after the schedule
     * @param updates steps done before this one
     */
    void update(Update update, double learningRate, long updates) {
        if (update.clips()) { // the length of the whole gradient is known only when all of it is added up
            workers.run(slices.size(), i -> addUp(slices.get(i)));
            update.shorten();
            workers.run(slices.size(), i -> update.step(slices.get(i), learningRate, updates));
        } else {
            workers.run(slices.size(), i -> {
                addUp(slices.get(i));
                update.step(slices.get(i), learningRate, updates);
            });
        }
    }

    private void addUp(Slice slice) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            Tensor sum = slice.of(block().gradients());
            for (ParameterBlock block : blocks.subList(1, blocks.size())) {
                Tensor gradients = slice.of(block.gradients());
                sum.add_(gradients);
                gradients.zero_();
            }
        }
    }

    @Override
    public void close() {
        workers.close();
        running.close();
        networks.get(0).leaveOut(null);
        blocks.forEach(ParameterBlock::close);
        networks.subList(1, networks.size()).forEach(Network::close);
        Engine.threads(threadsBefore);
    }
}
