package io.sapper.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds by measuring how many threads should do the parts of a step. More threads than parts gain nothing, and on a
 * machine with many of them fewer can be faster. The parts stay the same, so the choice never changes a bit of the
 * result, only the time (docs/decisions/0032).
 */
final class Pace {
    private static final int WARM_UP = 10;
    private static final int ROUNDS = 4;
    private static final int STEPS = 5;

    /** Fewer threads must be that much faster to be taken: what is measured in a few steps is uncertain. */
    private static final double CLEARLY = 0.95;

    private final List<Integer> candidates = new ArrayList<>();
    private final long[] fastest;
    private int steps;
    private int chosen;

    /** @param most threads there are */
    Pace(int most) {
        candidates.add(most);
        for (int fewer = most / 2; fewer >= 2; fewer /= 2) {
            candidates.add(fewer);
        }
        fastest = new long[candidates.size()];
        Arrays.fill(fastest, Long.MAX_VALUE);
        chosen = most;
    }

    /** How many threads the next step should use. */
    int threads() {
        return measuring() && steps >= WARM_UP ? candidates.get(trial()) : chosen;
    }

    /** Hears how long that step took; the first of several with the same number of threads count for nothing. */
    void took(long nanoseconds) {
        if (!measuring()) {
            return;
        }
        if (steps >= WARM_UP && (steps - WARM_UP) % STEPS > 0) {
            fastest[trial()] = Math.min(fastest[trial()], nanoseconds);
        }
        steps++;
        if (!measuring()) {
            choose();
        }
    }

    private boolean measuring() {
        return candidates.size() > 1 && steps < WARM_UP + ROUNDS * STEPS * candidates.size();
    }

    private int trial() {
        return (steps - WARM_UP) / STEPS % candidates.size();
    }

    private void choose() {
        int best = 0;
        for (int i = 1; i < fastest.length; i++) {
            if (fastest[i] < CLEARLY * fastest[best]) {
                best = i;
            }
        }
        chosen = candidates.get(best);
    }
}
