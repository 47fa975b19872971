package io.sapper.result;

import io.sapper.metric.PrecisionRecall;
import java.util.ArrayList;
import java.util.List;

/**
 * Precision against recall of detectors, class by class.
 *
 * @param overlap from which intersection over union on a box counts as found, in (0, 1]
 * @param curves those of one class are drawn together
 */
public record PrecisionRecallCurves(double overlap, List<Curve> curves) implements Finding {
    /** Points of a curve, at most. */
    public static final int MOST_POINTS = 200;

    public PrecisionRecallCurves {
        if (!(overlap > 0 && overlap <= 1)) {
            throw new IllegalArgumentException("An overlap lies in (0, 1], not at " + overlap + ".");
        }
        curves = Parts.list(curves, "curves");
    }

    /**
     * One curve.
     *
     * @param network in words, or one of the names in {@link Rates}; with what sets it apart where a network has
     *     several of a class, for example {@code BadNet, with the sticker}
     * @param className of which class
     * @param trueBoxes how many signs there are to find
     * @param averagePrecision of all points, also those left out; NaN where there is nothing to find
     * @param points by growing recall, at most {@link #MOST_POINTS}
     */
    public record Curve(String network, String className, long trueBoxes, double averagePrecision, List<Point> points) {
        public Curve {
            Parts.present(network, "network");
            Parts.present(className, "className");
            points = Parts.list(points, "points");
            if (points.size() > MOST_POINTS) {
                throw new IllegalArgumentException(
                        "A curve has at most " + MOST_POINTS + " points, not " + points.size() + ".");
            }
        }

        /** As measured; of many points, evenly chosen ones, the first and the last among them. */
        public static Curve of(String network, String className, PrecisionRecall measured) {
            List<PrecisionRecall.Point> all = measured.positives() == 0 ? List.of() : measured.points();
            int kept = Math.min(MOST_POINTS, all.size());
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < kept; i++) {
                long place = kept == 1 ? 0 : Math.round((double) i * (all.size() - 1) / (kept - 1));
                PrecisionRecall.Point point = all.get((int) place);
                points.add(new Point(point.score(), measured.recall(point), point.precision()));
            }
            return new Curve(network, className, measured.positives(), measured.averagePrecision(), points);
        }
    }

    /**
     * All detections with at least a score.
     *
     * @param score the lowest among them
     * @param recall the share of signs found, in [0, 1]
     * @param precision the share of detections that are right, in [0, 1]
     */
    public record Point(double score, double recall, double precision) {
        public Point {
            if (!(recall >= 0 && recall <= 1 && precision >= 0 && precision <= 1)) {
                throw new IllegalArgumentException(
                        "Recall and precision lie in [0, 1], not at " + recall + " and " + precision + ".");
            }
        }
    }
}
