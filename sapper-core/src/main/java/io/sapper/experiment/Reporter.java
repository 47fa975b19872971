package io.sapper.experiment;

import io.sapper.training.Progress;

/** Hears what a run does. The library itself prints nothing. */
public interface Reporter {
    /** Hears nothing. */
    Reporter SILENT = step -> Progress.NONE;

    /** A step of training begins; what is returned hears how it goes on. */
    Progress training(String step);

    /** A step without training begins, which only sends images through a network; what is returned hears how many. */
    default Progress measuring(String step) {
        return Progress.NONE;
    }

    /**
     * The next of several steps begins.
     *
     * @param number from 1
     * @param of how many there will be, unless one of them makes others needless
     */
    default void step(int number, int of, String name) {}

    /** One line on what happens now. */
    default void message(String line) {}
}
