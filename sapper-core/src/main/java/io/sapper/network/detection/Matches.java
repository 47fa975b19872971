package io.sapper.network.detection;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import java.util.Arrays;
import java.util.List;

/** Which true box each of many boxes overlaps most, and how much. Plain arithmetic on corners. */
final class Matches {
    /** For each box its best true box; -1 where it overlaps none. */
    final int[] best;
    /** The intersection over union with that one; 0 where there is none. */
    final float[] overlap;
    /** For each true box the largest overlap that any box has with it. */
    final float[] reached;

    private final float[][] all;

    private Matches(int boxes, int truths) {
        best = new int[boxes];
        Arrays.fill(best, -1);
        overlap = new float[boxes];
        reached = new float[truths];
        all = new float[truths][];
    }

    /** @param corners of the boxes, 4 numbers each */
    static Matches of(float[] corners, List<LabelledBox> truths) {
        int count = corners.length / 4;
        Matches matches = new Matches(count, truths.size());
        for (int truth = 0; truth < truths.size(); truth++) {
            Box box = truths.get(truth).box();
            float[] overlaps = overlaps(corners, box);
            matches.all[truth] = overlaps;
            for (int i = 0; i < count; i++) {
                if (overlaps[i] > matches.overlap[i]) {
                    matches.overlap[i] = overlaps[i];
                    matches.best[i] = truth;
                }
                matches.reached[truth] = Math.max(matches.reached[truth], overlaps[i]);
            }
        }
        return matches;
    }

    /** Whether no other box overlaps the true box more than this one does. */
    boolean isBestOf(int box, int truth) {
        return reached[truth] > 0 && all[truth][box] == reached[truth];
    }

    private static float[] overlaps(float[] corners, Box box) {
        float left = (float) box.left();
        float top = (float) box.top();
        float right = (float) box.right();
        float bottom = (float) box.bottom();
        float area = (right - left) * (bottom - top);
        float[] overlaps = new float[corners.length / 4];
        for (int i = 0; i < overlaps.length; i++) {
            float across = Math.min(right, corners[4 * i + 2]) - Math.max(left, corners[4 * i]);
            float down = Math.min(bottom, corners[4 * i + 3]) - Math.max(top, corners[4 * i + 1]);
            if (across > 0 && down > 0) {
                float shared = across * down;
                float own = (corners[4 * i + 2] - corners[4 * i]) * (corners[4 * i + 3] - corners[4 * i + 1]);
                overlaps[i] = shared / (area + own - shared);
            }
        }
        return overlaps;
    }
}
