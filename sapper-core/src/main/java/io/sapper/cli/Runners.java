package io.sapper.cli;

import io.sapper.sweep.Runner;

/** Whoever runs the runs of a sweep elsewhere than in this process. */
@FunctionalInterface
public interface Runners {
    /**
     * One for a sweep.
     *
     * @param networks whether the networks that runs write are part of what comes back
     */
    Runner of(boolean networks);
}
