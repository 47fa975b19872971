package io.sapper.training;

/**
 * Where a training run stands.
 *
 * @param epoch epochs done
 * @param step steps done in the epoch after those
 * @param updates steps done in all
 * @param epochLoss sum over the images of the unfinished epoch of their loss
 */
record Position(int epoch, int step, long updates, double epochLoss) {
    static final Position START = new Position(0, 0, 0, 0);

    Position nextStep(double loss) {
        return new Position(epoch, step + 1, updates + 1, epochLoss + loss);
    }

    Position nextEpoch() {
        return new Position(epoch + 1, 0, updates, 0);
    }

    /** For example {@code 2 of 10 epochs and 17 steps done}. */
    String text(String epochs) {
        return epoch + " of " + epochs + " epochs" + (step == 0 ? "" : " and " + step + " steps") + " done";
    }
}
