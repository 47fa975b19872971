package io.sapper.network.zoo;

import io.sapper.data.ImageShape;
import io.sapper.network.Graph;

/**
 * The MNIST network of BadNets (Table 1): two convolutions with average pooling, two dense layers. For 1x28x28 it has
 * 281,034 parameters; other image sizes change only the first dense layer.
 */
final class BadNetsDigits {
    private BadNetsDigits() {}

    static Graph graph(ImageShape input, int classes) {
        return Graph.image(input.channels(), input.height(), input.width())
                .convolution("conv1", 16, 5)
                .relu()
                .averagePool(2)
                .convolution("conv2", 32, 5)
                .relu()
                .averagePool(2)
                .flatten()
                .dense("fc1", 512)
                .relu()
                .dense("fc2", classes)
                .build();
    }
}
