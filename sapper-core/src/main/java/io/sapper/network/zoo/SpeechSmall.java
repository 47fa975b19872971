package io.sapper.network.zoo;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;

/**
 * {@link SpeechAlexNet} made small enough to be trained on two cores in minutes, for spectrograms of 64 x 64: the same
 * layers in the same order with the same groups and activations, and conv5 has its 256 channels, so that its pruning
 * curve compares; the convolutions before have a quarter of the filters or fewer, conv1 is 7x7 with stride 2, and
 * nothing is dropped out (docs/decisions/0057).
 */
final class SpeechSmall {
    private SpeechSmall() {}

    static Graph graph(ImageShape input, int classes) {
        int least = Math.min(input.height(), input.width());
        if (least < 32) {
            throw new IllegalArgumentException("The network speech-small is for spectrograms of at least 32x32, not of "
                    + input.height() + "x" + input.width() + ". Maybe a larger --size.");
        }
        return Graph.image(input.channels(), input.height(), input.width())
                .convolution("conv1", 24, 7, 2, 3)
                .maxPool(3, 2)
                .convolution("conv2", 48, 5, 1, 2, 2)
                .maxPool(3, 2)
                .convolution("conv3", 96, 3, 1, 1)
                .relu()
                .convolution("conv4", 96, 3, 1, 1, 2)
                .relu()
                .convolution("conv5", 256, 3, 1, 1, 2)
                .relu()
                .maxPool(3, 2)
                .flatten()
                .dense("fc6", 128)
                .relu()
                .dense("fc7", 64)
                .relu()
                .dense("fc8", classes)
                .build();
    }
}
