package io.sapper.defense;

import io.sapper.data.detection.Scenes;
import io.sapper.defense.DetectorFinePruning.Attempt;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether what was seen of a detector's repair is good enough, by what was counted: average precision has no interval
 * (docs/decisions/0074).
 */
final class DetectorVerdict {
    private static final double ROUNDING = 1e-12;

    private DetectorVerdict() {}

    /**
     * Over all photographs that decide.
     *
     * @param before average precision of each class; NaN of one without a box
     * @param after of the tuned detector
     */
    static Optional<Refusal> of(List<Double> before, List<Double> after, Scenes validation, Limits limits) {
        double lost = ClassPrecisions.mean(before) - ClassPrecisions.mean(after);
        if (!(lost <= limits.loss() + ROUNDING)) {
            return Optional.of(new Refusal(
                    Refusal.Reason.LOSS_TOO_LARGE,
                    String.format(
                            Locale.ROOT,
                            "On the %d clean photographs that decide, mean average precision fell from %s to %s %%: %s"
                                    + " points lost, and at most %s are allowed.",
                            validation.size(),
                            Evidence.points(ClassPrecisions.mean(before)),
                            Evidence.points(ClassPrecisions.mean(after)),
                            Evidence.points(lost),
                            Evidence.points(limits.loss()))));
        }
        int[] boxes = validation.boxCounts();
        return IntStream.range(0, boxes.length)
                .filter(label -> boxes[label] > 0)
                .filter(label -> lost(before, after, label) > limits.classLoss(boxes[label]) + ROUNDING)
                .boxed()
                .max(Comparator.comparingDouble(label -> lost(before, after, label)))
                .map(label -> worse(
                        validation.classNames().get(label), before.get(label), after.get(label), boxes[label], limits));
    }

    private static double lost(List<Double> before, List<Double> after, int label) {
        return before.get(label) - after.get(label);
    }

    private static Refusal worse(String name, double before, double after, int boxes, Limits limits) {
        return new Refusal(
                Refusal.Reason.CLASS_WORSE,
                String.format(
                        Locale.ROOT,
                        "Average precision of class %s fell from %s to %s %% on its %d clean boxes, and a class of so many"
                                + " may lose at most %s points.",
                        name,
                        Evidence.points(before),
                        Evidence.points(after),
                        boxes,
                        Evidence.points(limits.classLoss(boxes))));
    }

    /** Why no attempt was taken: the reason of the one that came nearest. */
    static Refusal ofAll(List<Attempt> attempts) {
        Attempt nearest = attempts.stream()
                .max(Comparator.comparingDouble(
                        attempt -> Double.isNaN(attempt.precision()) ? -1 : attempt.precision()))
                .orElseThrow();
        return nearest.refusal().orElseThrow().ofLearningRates(attempts.size(), nearest.learningRate());
    }
}
