package io.sapper.network.zoo;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;

/**
 * DeepID, the face network of Fine-Pruning (section 2.3; its own paper is Sun et al., CVPR 2014), as its authors
 * released it: four convolutions, of whose third and fourth a dense layer each is made; both are added. With dropout
 * before the class scores. For 3x55x47 and 1283 classes it has 601,643 parameters; other sizes change the two dense
 * layers only, grey pictures the first convolution.
 */
final class DeepId {
    private static final int FEATURES = 160;
    /** Smaller, and nothing is left for the fourth convolution. */
    private static final int LEAST = 31;

    private DeepId() {}

    static Graph graph(ImageShape input, int classes) {
        if (input.height() < LEAST || input.width() < LEAST) {
            throw new IllegalArgumentException("The network deepid needs pictures of at least " + LEAST + " rows and "
                    + LEAST + " columns, not " + input + " (channels x rows x columns). Maybe --size 55x47, the"
                    + " paper's.");
        }
        return Graph.image(input.channels(), input.height(), input.width())
                .convolution("conv1", 20, 4)
                .relu()
                .maxPool(2)
                .convolution("conv2", 40, 3)
                .relu()
                .maxPool(2)
                .convolution("conv3", 60, 3)
                .relu()
                .maxPool(2)
                .sum("fc160", third -> third.flatten().dense("fc160_1", FEATURES), third -> third.convolution(
                                "conv4", 80, 2)
                        .relu()
                        .flatten()
                        .dense("fc160_2", FEATURES))
                .relu()
                .dropout()
                .dense("fc8", classes)
                .build();
    }
}
