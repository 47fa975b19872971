package io.sapper.training;

/** How gradients change weights. Learning rates are multiplied by the {@link Schedule}. */
public sealed interface Optimizer {
    /** The learning rate before the schedule. */
    double learningRate();

    /** How many numbers it remembers for each weight. */
    int memories();

    /** In words, for people. */
    String text();

    /** This optimizer with another learning rate. */
    Optimizer withLearningRate(double learningRate);

    /**
     * Stochastic gradient descent with momentum.
     *
     * @param learningRate above 0
     * @param momentum in [0, 1)
     * @param weightDecay at least 0, added to the gradient times the weight
     */
    record Sgd(double learningRate, double momentum, double weightDecay) implements Optimizer {
        public Sgd {
            Checks.positive("learning rate", learningRate);
            Checks.fraction("momentum", momentum);
            Checks.notNegative("weight decay", weightDecay);
        }

        @Override
        public String text() {
            return "SGD with learning rate " + Numbers.plain(learningRate) + ", momentum " + Numbers.plain(momentum)
                    + ", weight decay " + Numbers.plain(weightDecay);
        }

        @Override
        public int memories() {
            return 1;
        }

        @Override
        public Optimizer withLearningRate(double changed) {
            return new Sgd(changed, momentum, weightDecay);
        }
    }

    /**
     * Gradient descent whose gradient is shortened to a largest length first, so that no single step tears a network
     * apart: networks whose normalisation is folded into their weights bear no other way of learning fast.
     *
     * @param sgd what follows
     * @param largestNorm Euclidean length over all weights, above 0; weight decay comes on top
     */
    record ClippedSgd(Sgd sgd, double largestNorm) implements Optimizer {
        public ClippedSgd {
            Checks.positive("largest gradient", largestNorm);
        }

        @Override
        public double learningRate() {
            return sgd.learningRate();
        }

        @Override
        public String text() {
            return sgd.text() + ", gradients no longer than " + Numbers.plain(largestNorm);
        }

        @Override
        public int memories() {
            return sgd.memories();
        }

        @Override
        public Optimizer withLearningRate(double changed) {
            return new ClippedSgd(new Sgd(changed, sgd.momentum(), sgd.weightDecay()), largestNorm);
        }
    }

    /**
     * Adam (Kingma and Ba 2015), bias-corrected.
     *
     * @param learningRate above 0
     * @param beta1 decay of the mean gradient, in [0, 1)
     * @param beta2 decay of the mean squared gradient, in [0, 1)
     * @param weightDecay at least 0, added to the gradient times the weight
     */
    record Adam(double learningRate, double beta1, double beta2, double weightDecay) implements Optimizer {
        public Adam {
            Checks.positive("learning rate", learningRate);
            Checks.fraction("beta1", beta1);
            Checks.fraction("beta2", beta2);
            Checks.notNegative("weight decay", weightDecay);
        }

        /** With the usual decays, 0.9 and 0.999. */
        public static Adam of(double learningRate) {
            return new Adam(learningRate, 0.9, 0.999, 0);
        }

        @Override
        public String text() {
            return "Adam with learning rate " + Numbers.plain(learningRate) + ", beta " + Numbers.plain(beta1) + " and "
                    + Numbers.plain(beta2) + ", weight decay " + Numbers.plain(weightDecay);
        }

        @Override
        public int memories() {
            return 2;
        }

        @Override
        public Optimizer withLearningRate(double changed) {
            return new Adam(changed, beta1, beta2, weightDecay);
        }
    }
}
