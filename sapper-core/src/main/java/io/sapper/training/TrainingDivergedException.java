package io.sapper.training;

/** The loss or a weight became infinite or not a number. The message says where and what to try. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param epoch from 1
     * @param step of that epoch, from 1
     * @param symptom what is not finite
     */
    TrainingDivergedException(int epoch, int step, String symptom, double learningRate) {
        super("Training diverged in epoch " + epoch + ", step " + step + ": " + symptom + ". Maybe the learning rate "
                + learningRate + " is too high.");
    }
}
