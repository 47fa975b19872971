package io.sapper.training;

/** The loss became infinite or not a number. The message says where and what to try. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingDivergedException(int epoch, int step, double loss, double learningRate) {
        super("Training diverged in epoch " + (epoch + 1) + ", step " + (step + 1) + ": the loss is " + loss
                + ". Maybe the learning rate " + learningRate + " is too high.");
    }
}
