package io.sapper.experiment;

import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.Outline;
import io.sapper.data.Dataset;
import io.sapper.poison.Goal;
import io.sapper.poison.TriggeredSet;
import io.sapper.trigger.Trigger;
import java.util.Optional;

/** How much of a recovered trigger lies where the true one does. Known after the search, never in it. */
final class Overlap {
    private static final float HALF = 0.5f;

    private Overlap() {}

    /**
     * Intersection over union of the pixels that were recovered and those that the true trigger changes.
     *
     * @param outline where the trigger may lie; without it, the pixels that it mostly replaces count
     */
    static double of(InvertedTrigger trigger, Optional<Outline> outline, Trigger truth, Goal goal, Dataset kept) {
        float[] mask = trigger.mask();
        boolean[] truly = new boolean[mask.length];
        TriggeredSet triggered = TriggeredSet.of(kept, truth, goal);
        for (int i = 0; i < triggered.data().size(); i++) {
            byte[] before = kept.image(triggered.indices()[i]);
            byte[] after = triggered.data().image(i);
            for (int at = 0; at < after.length; at++) {
                truly[at % truly.length] |= before[at] != after[at];
            }
        }
        float most = 0;
        for (float share : mask) {
            most = Math.max(most, share);
        }
        int both = 0;
        int either = 0;
        for (int at = 0; at < truly.length; at++) {
            boolean found = outline.isPresent() ? outline.get().has(at) : mask[at] >= HALF * most;
            both += found && truly[at] ? 1 : 0;
            either += found || truly[at] ? 1 : 0;
        }
        return either == 0 ? 0 : (double) both / either;
    }
}
