package io.sapper.training;

import io.sapper.data.Dataset;
import io.sapper.network.Batches;
import io.sapper.network.Compute;
import io.sapper.network.FixedBatch;
import io.sapper.network.Graph;
import io.sapper.network.Head;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Telling the class of each sample: the cross-entropy of the network's scores. */
final class Classification implements Lesson, AutoCloseable {
    private static final int SUM = 2; // libtorch's number for the reduction
    private static final long NO_IGNORED_LABEL = -100;

    private final Dataset data;
    private final Presentation presentation;
    private final Placement placement;
    private final Compute compute;

    private @Nullable Dataset shown;
    private @Nullable Batches batches;

    /**
     * Of one data set.
     *
     * @param presentation what each epoch shows of it
     */
    Classification(Dataset data, Presentation presentation, Placement placement, Compute compute) {
        this.data = data;
        this.presentation = presentation;
        this.placement = placement;
        this.compute = compute;
    }

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public String noun() {
        return "images";
    }

    @Override
    public String digest() {
        return data.digest();
    }

    @Override
    public void check(Network network) {
        Inference.checkInput(network.graph(), data);
    }

    @Override
    public int[] order(int epoch, long seed) {
        return presentation.order(data.size(), epoch, seed);
    }

    @Override
    public void begin(int epoch, int[] order) {
        Dataset now = presentation.show(data, epoch);
        Batches placed = batches;
        if (placed == null || now != shown) {
            close();
            placed = placement.batches(now, compute);
            batches = placed;
            shown = now;
        }
        placed.order(order);
    }

    @Override
    public Loss loss(Network network, int from, int count, List<String> also) {
        Batches now = Objects.requireNonNull(batches, "begun before the first step");
        List<String> wanted = new ArrayList<>(List.of(scores(network.graph())));
        wanted.addAll(also);
        List<Tensor> made = FixedBatch.forward(network, now.images(from, count), wanted);
        Tensor sum = torch.cross_entropy_loss(
                made.get(0), now.labels(from, count), new TensorOptional(), SUM, NO_IGNORED_LABEL, 0);
        return new Loss(sum, made.subList(1, made.size()));
    }

    /** What the cross-entropy is of. It makes chances of scores itself, so a softmax at the end is left out. */
    private static String scores(Graph graph) {
        Head head = graph.head();
        return head.kind() == Head.Kind.SOFTMAX ? head.tensor() : graph.output();
    }

    @Override
    public void close() {
        if (batches != null) {
            batches.close();
            batches = null;
        }
    }
}
