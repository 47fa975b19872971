package io.sapper.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a network on any number of images whose file says how many it takes at once: in pieces of that many, the last
 * one filled up with its own first image. Such a network may look at one image of its batch only, so that more or fewer
 * at once would be another network (docs/decisions/0049).
 */
public final class FixedBatch {
    private FixedBatch() {}

    /**
     * The scores of each image, and further tensors.
     *
     * @param taps first the scores, [n, classes]; of the others, which are of a batch as a whole, the mean over pieces
     */
    public static List<Tensor> forward(Network network, Tensor images, List<String> taps) {
        long fixed = network.graph().inputs().get(0).batch();
        long count = images.size(0);
        if (fixed == Input.FREE || fixed == count) {
            return network.forward(images, taps);
        }
        List<List<Tensor>> pieces = new ArrayList<>();
        for (long from = 0; from < count; from += fixed) {
            Tensor piece = images.narrow(0, from, Math.min(fixed, count - from));
            pieces.add(network.forward(filled(piece, fixed), taps));
        }
        List<Tensor> joined = new ArrayList<>();
        joined.add(torch.cat(column(pieces, 0), 0).narrow(0, 0, count));
        for (int tap = 1; tap < taps.size(); tap++) {
            joined.add(torch.stack(column(pieces, tap), 0).mean(0));
        }
        return joined;
    }

    private static TensorVector column(List<List<Tensor>> pieces, int tap) {
        TensorVector column = new TensorVector();
        pieces.forEach(piece -> column.push_back(piece.get(tap)));
        return column;
    }

    /** Images, and the first of them again until there are as many as a network takes at once. */
    static Tensor filled(Tensor images, long fixed) {
        long count = images.size(0);
        if (fixed == Input.FREE || fixed == count) {
            return images;
        }
        long[] shape = images.shape();
        shape[0] = fixed - count;
        return torch.cat(new TensorVector(images, images.narrow(0, 0, 1).expand(shape)), 0);
    }
}
