package io.sapper.result;

/**
 * What one step of a run cost.
 *
 * @param step for example {@code train badnet}
 * @param seconds wall time
 * @param forwardPasses images sent through the whole network, or through the head of a cut one
 * @param tailPasses images sent only through the tail of a cut network
 * @param trainingPasses images sent forward and backward: trained on, or searched for triggers with
 */
public record Cost(String step, double seconds, long forwardPasses, long tailPasses, long trainingPasses) {
    public Cost {
        Parts.present(step, "step");
    }
}
