package io.sapper.cli;

import io.sapper.sweep.Runner;
import java.io.IOException;

/** Whoever runs the runs of a sweep elsewhere than in this process. */
@FunctionalInterface
public interface Runners {
    /**
     * One for a sweep.
     *
     * @param networks whether the networks that runs write are part of what comes back
     * @throws IllegalArgumentException if nobody says where
     * @throws IOException if whoever is to run them is not there
     */
    Runner of(boolean networks) throws IOException;
}
