package io.sapper.experiment;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scenes;
import io.sapper.metric.PrecisionRecall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Holds detections against the boxes of photographs as Pascal VOC does: from the surest on, a detection is right if the
 * box of its class in its photograph that it overlaps most is overlapped enough (intersection over union) and was not
 * found before. A second detection of the same box is wrong.
 */
public final class Matching {
    /** Of Pascal VOC. */
    public static final double USUAL_OVERLAP = 0.5;

    private Matching() {}

    /**
     * Precision and recall of one class.
     *
     * @param scenes the photographs
     * @param detections for each photograph, of any classes
     * @param label the class
     * @param overlap least intersection over union, above 0
     * @throws IllegalArgumentException if there are not as many lists as photographs
     */
    public static PrecisionRecall of(Scenes scenes, List<List<Detection>> detections, int label, double overlap) {
        if (detections.size() != scenes.size()) {
            throw new IllegalArgumentException(
                    "There are detections for " + detections.size() + " photographs, not " + scenes.size() + ".");
        }
        List<PrecisionRecall.Scored> scored = new ArrayList<>();
        int positives = 0;
        for (int i = 0; i < detections.size(); i++) {
            List<Box> truths = scenes.scenes().get(i).boxes().stream()
                    .filter(box -> box.label() == label)
                    .map(LabelledBox::box)
                    .toList();
            positives += truths.size();
            scored.addAll(scored(truths, detections.get(i), label, overlap));
        }
        return PrecisionRecall.of(scored, positives);
    }

    /** Mean average precision over the classes that have a box; NaN if none has. */
    public static double meanAveragePrecision(Scenes scenes, List<List<Detection>> detections, double overlap) {
        int[] counts = scenes.boxCounts();
        return IntStream.range(0, counts.length)
                .filter(label -> counts[label] > 0)
                .mapToDouble(label -> of(scenes, detections, label, overlap).averagePrecision())
                .average()
                .orElse(Double.NaN);
    }

    private static List<PrecisionRecall.Scored> scored(
            List<Box> truths, List<Detection> detections, int label, double overlap) {
        List<Detection> ordered = detections.stream()
                .filter(one -> one.label() == label)
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .toList();
        Set<Integer> found = new HashSet<>();
        List<PrecisionRecall.Scored> scored = new ArrayList<>();
        for (Detection detection : ordered) {
            int best = -1;
            double most = 0;
            for (int i = 0; i < truths.size(); i++) {
                double shared = detection.box().intersectionOverUnion(truths.get(i));
                if (shared > most) {
                    most = shared;
                    best = i;
                }
            }
            scored.add(new PrecisionRecall.Scored(detection.score(), most >= overlap && found.add(best)));
        }
        return scored;
    }
}
