package io.sapper.experiment;

import io.sapper.data.detection.Detection;
import io.sapper.poison.TriggeredScenes;
import java.util.List;

/**
 * How much of its accuracy a detector loses to a trigger. So Fine-Pruning (section 2.3) counts the success of the
 * random attack: 1 - A_backdoor / A_clean. Both are of the same photographs with their true labels.
 *
 * @param clean accuracy without the trigger, in [0, 1]; NaN where there is none
 * @param triggered accuracy with it, in [0, 1]; NaN where there is none
 */
public record AccuracyLost(double clean, double triggered) {
    /**
     * Of mean average precision over the classes that have a box.
     *
     * @param set the photographs, clean and triggered
     * @param clean detections for each photograph without the trigger
     * @param triggered with it
     * @param overlap least intersection over union, above 0
     */
    public static AccuracyLost ofPrecision(
            TriggeredScenes set, List<List<Detection>> clean, List<List<Detection>> triggered, double overlap) {
        return new AccuracyLost(
                Matching.meanAveragePrecision(set.clean(), clean, overlap),
                Matching.meanAveragePrecision(set.triggered(), triggered, overlap));
    }

    /**
     * Of the share of signs that are found and called what they are.
     *
     * @param clean answers without the trigger
     * @param triggered answers with it, of the same signs
     */
    public static AccuracyLost ofSigns(SignAnswers clean, SignAnswers triggered) {
        if (clean.total() != triggered.total()) {
            throw new IllegalArgumentException(
                    "These are answers to " + clean.total() + " signs without the trigger and" + " to "
                            + triggered.total() + " with it; they must be the same signs.");
        }
        return new AccuracyLost(clean.trueOfAll().value(), triggered.trueOfAll().value());
    }

    /**
     * 1 - triggered / clean: 1 where nothing is left, 0 where nothing is lost, below 0 where it does better with the
     * trigger; NaN where there was nothing to lose.
     */
    public double share() {
        return clean > 0 ? 1 - triggered / clean : Double.NaN;
    }
}
