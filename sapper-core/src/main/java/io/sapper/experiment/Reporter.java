package io.sapper.experiment;

import io.sapper.training.Progress;

/** Hears what a run does. The library itself prints nothing. */
public interface Reporter {
    /** Hears nothing. */
    Reporter SILENT = step -> Progress.NONE;

    /** A step of training begins; what is returned hears how it goes on. */
    Progress training(String step);

    /** One line on what happens now. */
    default void message(String line) {}
}
