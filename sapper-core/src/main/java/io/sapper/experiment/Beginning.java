package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Initialization;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.TrainingOptions;
import java.nio.file.Path;
import java.util.List;

/** The network that a training begins with. */
public sealed interface Beginning {
    /** In words, for people. */
    String text();

    /** The network for these data. */
    Graph graph(Dataset train, long seed);

    /** Training settings that suit it and so many images. */
    TrainingOptions usual(int images, int replicas);

    /**
     * New weights.
     *
     * @param architecture one of the published ones
     */
    record Drawn(Architecture architecture) implements Beginning {
        @Override
        public String text() {
            return architecture.id();
        }

        @Override
        public Graph graph(Dataset train, long seed) {
            return Initialization.draw(architecture.graph(train.shape(), train.classCount()), seed);
        }

        @Override
        public TrainingOptions usual(int images, int replicas) {
            return Recipes.usual(architecture, images, replicas);
        }
    }

    /**
     * A user's own network, of any form, that goes on from the weights it has.
     *
     * @param file it was read from
     * @param own the network, which reads samples as Sapper's own do
     */
    record Given(Path file, Graph own) implements Beginning {
        @Override
        public String text() {
            return "begun from " + file;
        }

        /** @throws IllegalArgumentException if it reads other samples or knows another number of classes */
        @Override
        public Graph graph(Dataset train, long seed) {
            ImageShape shape = train.shape();
            List<Integer> seen = List.of(shape.channels(), shape.height(), shape.width());
            if (!own.inputShape().equals(seen)) {
                throw new IllegalArgumentException("The network " + file + " reads inputs of shape "
                        + own.inputShape() + " (channels, rows, columns), but " + train.name() + " gives " + seen
                        + ". --size brings pictures and spectrograms to another size.");
            }
            if (own.classCount() != train.classCount()) {
                throw new IllegalArgumentException("The network " + file + " knows " + own.classCount()
                        + " classes, but " + train.name() + " has " + train.classCount()
                        + ". Train on data with as many, or begin with another network (--network).");
            }
            Inference.checkInput(own, train);
            return own;
        }

        @Override
        public TrainingOptions usual(int images, int replicas) {
            return Recipes.usual(images, replicas);
        }
    }
}
