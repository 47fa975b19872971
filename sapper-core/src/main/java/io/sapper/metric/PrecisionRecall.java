package io.sapper.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Precision and recall of detections of one class, from the surest on.
 *
 * @param positives how many there are to find
 * @param points one for each different score, the highest first; none where nothing was detected
 */
public record PrecisionRecall(int positives, List<Point> points) {
    /**
     * All detections with at least a score.
     *
     * @param score the lowest among them
     * @param found those that are right; also the share of positives that are found
     * @param detections all of them
     */
    public record Point(double score, int found, int detections) {
        /** The share of detections that are right. */
        public double precision() {
            return (double) found / detections;
        }
    }

    /**
     * One detection.
     *
     * @param score how sure it is
     * @param right whether it found something that none surer had found
     */
    public record Scored(double score, boolean right) {}

    /** Throws {@code IllegalArgumentException} if more was found than there is. */
    public PrecisionRecall {
        points = List.copyOf(points);
        if (positives < 0 || (!points.isEmpty() && points.get(points.size() - 1).found() > positives)) {
            throw new IllegalArgumentException("More was found than the " + positives + " that there are.");
        }
    }

    /** From detections in any order; those of one score make one point, so that their order says nothing. */
    public static PrecisionRecall of(List<Scored> detections, int positives) {
        List<Scored> ordered = new ArrayList<>(detections);
        ordered.sort(Comparator.comparingDouble(Scored::score).reversed());
        List<Point> points = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < ordered.size(); i++) {
            found += ordered.get(i).right() ? 1 : 0;
            boolean last = i + 1 == ordered.size()
                    || ordered.get(i + 1).score() != ordered.get(i).score();
            if (last) {
                points.add(new Point(ordered.get(i).score(), found, i + 1));
            }
        }
        return new PrecisionRecall(positives, points);
    }

    /** The share of positives found at a point, in [0, 1]. */
    public double recall(Point point) {
        return (double) point.found() / positives;
    }

    /**
     * Average precision as in Pascal VOC since 2010: the area below the curve, at each recall the highest precision at
     * that recall or a higher one, at all points.
     *
     * @return in [0, 1]; NaN where there is nothing to find
     */
    public double averagePrecision() {
        if (positives == 0) {
            return Double.NaN;
        }
        double area = 0;
        double best = 0;
        for (int i = points.size() - 1; i >= 0; i--) {
            best = Math.max(best, points.get(i).precision());
            double before = i == 0 ? 0 : recall(points.get(i - 1));
            area += (recall(points.get(i)) - before) * best;
        }
        return area;
    }
}
