package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.defense.Accuracy;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import java.util.concurrent.atomic.LongAdder;

/** Images that went through networks while they were looked at or repaired; several threads may count. */
public final class PassCounter {
    private final LongAdder forward = new LongAdder();
    private final LongAdder training = new LongAdder();

    /**
     * So many images.
     *
     * @param forward sent through a network
     * @param training sent forward and backward: trained on, or searched with
     */
    public record Count(long forward, long training) {}

    /** Images sent through a network. */
    public void forward(long images) {
        forward.add(images);
    }

    /** Images sent forward and backward. */
    public void training(long images) {
        training.add(images);
    }

    /** The answers of a network to images, which are counted. */
    public int[] answers(Graph graph, Dataset images, Compute compute) {
        forward(images.size());
        return Accuracy.answers(graph, images, compute);
    }

    /** What was counted since this was asked last. */
    public Count take() {
        return new Count(forward.sumThenReset(), training.sumThenReset());
    }
}
