package io.sapper.training;

import io.sapper.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The means and variances of batch normalisations that follow the batches. Each replica makes those of its part; after
 * the step they are averaged by the parts' sizes in the order of the parts, so that the bits repeat
 * (docs/decisions/0040).
 */
final class RunningStatistics implements AutoCloseable {
    /** One image has no variance where a channel is one number. */
    private static final int LEAST_IMAGES = 2;

    private final Network network;
    private final List<String> tensors = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    private static final class Part {
        private int images;
        private List<Tensor> made = List.of();
    }

    /** @param count of replicas */
    RunningStatistics(Network network, int count) {
        this.network = network;
        network.running().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            tensors.add(entry.getKey());
            values.add(entry.getValue());
        });
        for (int i = 0; i < count; i++) {
            parts.add(new Part());
        }
    }

    /** What a replica's pass must give besides its scores. */
    List<String> tensors() {
        return tensors;
    }

    /** Keeps what a part made; parts may do so at the same time. */
    void put(int part, int images, List<Tensor> made) {
        if (images < LEAST_IMAGES || made.isEmpty()) {
            return;
        }
        Part kept = parts.get(part);
        kept.images = images;
        kept.made = made.stream().map(Tensor::detach).toList();
        kept.made.forEach(Tensor::retainReference);
    }

    /** Ends a step: the network's statistics become the mean of the parts'. */
    void follow() {
        int all = parts.stream().mapToInt(part -> part.images).sum();
        if (all == 0) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            for (int i = 0; i < values.size(); i++) {
                network.value(values.get(i)).copy_(mean(i, all));
            }
        }
        close();
    }

    private Tensor mean(int index, int all) {
        Tensor sum = null;
        for (Part part : parts) {
            if (part.images > 0) {
                Tensor share = part.made.get(index).mul(new Scalar((double) part.images / all));
                sum = sum == null ? share : sum.add(share);
            }
        }
        return Objects.requireNonNull(sum, "some part has images");
    }

    /** Lets go of what parts made. */
    @Override
    public void close() {
        for (Part part : parts) {
            part.made.forEach(Tensor::close);
            part.made = List.of();
            part.images = 0;
        }
    }
}
