package io.sapper.network.detection;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What each stage is to say of a photograph: some boxes drawn by chance, in the proportions of Faster R-CNN (Ren et al.
 * 2015, section 3.1.3; Fast R-CNN, Girshick 2015, section 2.3), the class of each and where the true box lies from it.
 *
 * @param places which anchors, or which of the proposals, were drawn
 * @param labels 0 for background; of anchors 1 for an object, of proposals 1 + the class
 * @param deltas how the true box lies, 4 numbers each; only of objects
 * @param corners of the drawn proposals, 4 numbers each; empty for anchors
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and gone when the step is over
record Targets(int[] places, long[] labels, float[] deltas, float[] corners) {
    /** Anchors of one photograph that count. */
    static final int ANCHORS = 256;
    /** Proposals of one photograph that count. */
    static final int PROPOSALS = 64;

    private static final float OBJECT_ANCHOR = 0.7f;
    private static final float BACKGROUND_ANCHOR = 0.3f;
    private static final float OBJECT_PROPOSAL = 0.5f;
    private static final double OBJECT_ANCHORS = 0.5;
    private static final double OBJECT_PROPOSALS = 0.25;

    /**
     * Anchors: an object where one overlaps a true box by 0.7, or no other overlaps that box more; background where it
     * overlaps none by 0.3. At most half are objects; the rest is background.
     *
     * @param anchors as middle and size; those that reach out of the canvas count too
     */
    static Targets ofAnchors(float[] anchors, List<LabelledBox> truths, RandomGenerator random) {
        Matches matches = Matches.of(corners(anchors), truths);
        int[] objects = new int[matches.best.length];
        int[] background = new int[matches.best.length];
        int objectCount = 0;
        int backgroundCount = 0;
        for (int i = 0; i < matches.best.length; i++) {
            if (isObject(matches, i)) {
                objects[objectCount++] = i;
            } else if (matches.overlap[i] < BACKGROUND_ANCHOR) {
                background[backgroundCount++] = i;
            }
        }
        int[] drawn = draw(objects, objectCount, background, backgroundCount, ANCHORS, OBJECT_ANCHORS, random);
        long[] labels = new long[drawn.length];
        float[] deltas = new float[4 * drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            int at = drawn[i];
            if (isObject(matches, at)) {
                labels[i] = 1;
                BoxCoding.encode(
                        anchors[4 * at],
                        anchors[4 * at + 1],
                        anchors[4 * at + 2],
                        anchors[4 * at + 3],
                        truths.get(matches.best[at]).box(),
                        deltas,
                        4 * i);
            }
        }
        return new Targets(drawn, labels, deltas, new float[0]);
    }

    private static boolean isObject(Matches matches, int anchor) {
        int best = matches.best[anchor];
        return best >= 0 && (matches.overlap[anchor] >= OBJECT_ANCHOR || matches.isBestOf(anchor, best));
    }

    private static float[] corners(float[] anchors) {
        float[] corners = new float[anchors.length];
        for (int i = 0; i < anchors.length; i += 4) {
            corners[i] = anchors[i] - anchors[i + 2] / 2;
            corners[i + 1] = anchors[i + 1] - anchors[i + 3] / 2;
            corners[i + 2] = anchors[i] + anchors[i + 2] / 2;
            corners[i + 3] = anchors[i + 1] + anchors[i + 3] / 2;
        }
        return corners;
    }

    /**
     * Proposals: the true boxes themselves are among them; an object where one overlaps a true box by half. At most a
     * quarter are objects. Always as many, some of them several times where there are too few.
     *
     * @param proposed as corners
     */
    static Targets ofProposals(float[] proposed, List<LabelledBox> truths, RandomGenerator random) {
        float[] corners = Arrays.copyOf(proposed, proposed.length + 4 * truths.size());
        for (int i = 0; i < truths.size(); i++) {
            Box box = truths.get(i).box();
            int at = proposed.length + 4 * i;
            corners[at] = (float) box.left();
            corners[at + 1] = (float) box.top();
            corners[at + 2] = (float) box.right();
            corners[at + 3] = (float) box.bottom();
        }
        Matches matches = Matches.of(corners, truths);
        int[] objects = new int[matches.best.length];
        int[] background = new int[matches.best.length];
        int objectCount = 0;
        int backgroundCount = 0;
        for (int i = 0; i < matches.best.length; i++) {
            if (matches.overlap[i] >= OBJECT_PROPOSAL) {
                objects[objectCount++] = i;
            } else if (corners[4 * i + 2] > corners[4 * i] && corners[4 * i + 3] > corners[4 * i + 1]) {
                background[backgroundCount++] = i;
            }
        }
        int[] drawn =
                filled(draw(objects, objectCount, background, backgroundCount, PROPOSALS, OBJECT_PROPOSALS, random));
        return ofProposals(drawn, corners, matches, truths);
    }

    private static Targets ofProposals(int[] drawn, float[] corners, Matches matches, List<LabelledBox> truths) {
        long[] labels = new long[drawn.length];
        float[] deltas = new float[4 * drawn.length];
        float[] kept = new float[4 * drawn.length];
        for (int i = 0; i < drawn.length; i++) {
            int at = drawn[i];
            System.arraycopy(corners, 4 * at, kept, 4 * i, 4);
            if (matches.overlap[at] >= OBJECT_PROPOSAL) {
                LabelledBox truth = truths.get(matches.best[at]);
                labels[i] = 1L + truth.label();
                double width = kept[4 * i + 2] - kept[4 * i];
                double height = kept[4 * i + 3] - kept[4 * i + 1];
                double x = (kept[4 * i] + kept[4 * i + 2]) / 2;
                double y = (kept[4 * i + 1] + kept[4 * i + 3]) / 2;
                BoxCoding.encode(x, y, width, height, truth.box(), deltas, 4 * i);
                for (int corner = 0; corner < 4; corner++) {
                    deltas[4 * i + corner] /= BoxCoding.DEVIATIONS[corner];
                }
            }
        }
        return new Targets(drawn, labels, deltas, kept);
    }

    /** As many as wanted, where there is any: from the first on again. */
    private static int[] filled(int[] drawn) {
        if (drawn.length == 0) {
            throw new IllegalStateException("There is no proposal to learn from.");
        }
        int[] filled = new int[PROPOSALS];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = drawn[drawn.length - 1 - i % drawn.length]; // background last
        }
        return filled;
    }

    /** Objects first, at most their share; then background. */
    private static int[] draw(
            int[] objects,
            int objectCount,
            int[] background,
            int backgroundCount,
            int wanted,
            double share,
            RandomGenerator random) {
        int some = Math.min(objectCount, (int) (wanted * share));
        int rest = Math.min(backgroundCount, wanted - some);
        shuffle(objects, objectCount, some, random);
        shuffle(background, backgroundCount, rest, random);
        int[] drawn = new int[some + rest];
        System.arraycopy(objects, 0, drawn, 0, some);
        System.arraycopy(background, 0, drawn, some, rest);
        return drawn;
    }

    /** Puts some of the first {@code count}, drawn by chance, in front. */
    private static void shuffle(int[] values, int count, int some, RandomGenerator random) {
        for (int i = 0; i < some; i++) {
            int other = i + random.nextInt(count - i);
            int kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }
}
