package io.sapper.training;

import io.sapper.data.Dataset;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.network.Node;
import io.sapper.network.Operator;
import io.sapper.network.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The same network several times, one thread each. Each takes its part of a batch; their gradients are added in the
 * order of the parts, so the sum has the same bits every time.
 */
final class Replicas implements AutoCloseable {
    private static final int SUM = 2; // libtorch's number for the reduction
    private static final long NO_IGNORED_LABEL = -100;

    private final List<Network> networks = new ArrayList<>();
    private final List<ParameterBlock> blocks = new ArrayList<>();
    private final String scores;
    private final Workers workers;
    private final int threadsBefore = Engine.threads();

    Replicas(Network network, int count) {
        networks.add(network);
        blocks.add(ParameterBlock.of(network));
        for (int i = 1; i < count; i++) {
            Network replica = network.replica();
            networks.add(replica);
            blocks.add(blocks.get(0).share(replica));
        }
        scores = scores(network.graph());
        workers = new Workers(count);
        if (count > 1) {
            Engine.threads(1);
        }
    }

    /** What the cross-entropy is of. It makes chances of scores itself, so a softmax at the end is left out. */
    private static String scores(Graph graph) {
        for (Node node : graph.nodes()) {
            if (node.output().equals(graph.output()) && node.operator() instanceof Operator.Softmax) {
                return node.data();
            }
        }
        return graph.output();
    }

    /** The block that holds the weights and, after {@link #gradients}, the sum of the gradients. */
    ParameterBlock block() {
        return blocks.get(0);
    }

    /**
     * Adds the gradients of the batch's mean loss to the block.
     *
     * @return the sum of the losses of its images
     */
    double gradients(Dataset data, int[] order, int from, int count) {
        double loss = workers.sum(networks.size(), part -> part(part, data, order, from, count));
        addUp();
        return loss;
    }

    private double part(int part, Dataset data, int[] order, int from, int count) {
        int begin = from + count * part / networks.size();
        int end = from + count * (part + 1) / networks.size();
        if (begin == end) {
            return 0;
        }
        Network network = networks.get(part);
        try (PointerScope scope = new PointerScope()) {
            Tensor images = Tensors.images(data, order, begin, end - begin, network.compute());
            Tensor labels = Tensors.labels(data, order, begin, end - begin, network.compute());
            Tensor output = network.forward(images, List.of(scores)).get(0);
            Tensor loss = torch.cross_entropy_loss(output, labels, new TensorOptional(), SUM, NO_IGNORED_LABEL, 0);
            loss.mul(new Scalar(1.0 / count)).backward();
            return loss.item_double();
        }
    }

    private void addUp() {
        try (PointerScope scope = new PointerScope();
                AutoGradMode off = new AutoGradMode(false)) {
            for (ParameterBlock block : blocks.subList(1, blocks.size())) {
                block().gradients().add_(block.gradients());
                block.gradients().zero_();
            }
        }
    }

    @Override
    public void close() {
        workers.close();
        blocks.forEach(ParameterBlock::close);
        networks.subList(1, networks.size()).forEach(Network::close);
        Engine.threads(threadsBefore);
    }
}
