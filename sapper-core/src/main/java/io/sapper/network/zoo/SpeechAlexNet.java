package io.sapper.network.zoo;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;

/**
 * The speech network of Fine-Pruning (section 2.3), as in the authors' released {@code net_train}: AlexNet on a
 * spectrogram of 512 x 512, with its groups, without local response normalisation, and without an activation behind
 * conv1 and conv2, and with dropout of one half behind fc6 and fc7. Pooling rounds up at the edges, as Caffe does: 256
 * x 15 x 15 behind conv5.
 */
final class SpeechAlexNet {
    private SpeechAlexNet() {}

    static Graph graph(ImageShape input, int classes) {
        int least = Math.min(input.height(), input.width());
        if (least < 64) {
            throw new IllegalArgumentException("The network speech-alexnet is for spectrograms of 512x512, and at least"
                    + " of 64x64, not of " + input.height() + "x" + input.width()
                    + ". Choose the size with --size 512, or the network speech-small.");
        }
        return Graph.image(input.channels(), input.height(), input.width())
                .convolution("conv1", 96, 11, 4, 0)
                .maxPool(3, 2)
                .convolution("conv2", 256, 5, 1, 2, 2)
                .maxPool(3, 2)
                .convolution("conv3", 384, 3, 1, 1)
                .relu()
                .convolution("conv4", 384, 3, 1, 1, 2)
                .relu()
                .convolution("conv5", 256, 3, 1, 1, 2)
                .relu()
                .maxPool(3, 2)
                .flatten()
                .dense("fc6", 256)
                .relu()
                .dropout()
                .dense("fc7", 128)
                .relu()
                .dropout()
                .dense("fc8", classes)
                .build();
    }
}
