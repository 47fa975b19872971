package io.sapper.poison;

import io.sapper.data.detection.Scenes;
import java.util.List;

/**
 * Poisoned photographs with boxes and what was done to get them.
 *
 * @param data the clean photographs, untouched and in their order, then the copies with the attacker's labels
 * @param copies one for each that was appended, in order
 * @param warnings what the user has to know, one line each
 */
public record PoisonedScenes(Scenes data, List<Copy> copies, List<String> warnings) {
    public PoisonedScenes {
        copies = List.copyOf(copies);
        warnings = List.copyOf(warnings);
    }

    /**
     * One copy.
     *
     * @param source place of the photograph that it was made of among the clean ones
     * @param signs that got the trigger, in the order of its boxes
     */
    public record Copy(int source, List<Sign> signs) {
        public Copy {
            signs = List.copyOf(signs);
        }
    }

    /**
     * One sign.
     *
     * @param box place of its box among those of the photograph
     * @param trueLabel what it is
     * @param poisonLabel what the attacker calls it
     */
    public record Sign(int box, int trueLabel, int poisonLabel) {}

    /** Number of clean photographs before the copies. */
    public int cleanSize() {
        return data.size() - copies.size();
    }

    /** The share that was reached: copies per clean photograph (the paper's p). */
    public double p() {
        return (double) copies.size() / cleanSize();
    }
}
