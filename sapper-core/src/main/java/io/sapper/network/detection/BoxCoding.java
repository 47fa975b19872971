package io.sapper.network.detection;

import io.sapper.data.detection.Box;

/**
 * A box seen from another: how far its middle is, in sides of the other, and the logarithm of how much larger it is
 * (Girshick et al. 2014, appendix C).
 */
final class BoxCoding {
    /** What the second stage's differences are divided by, so that they are about as large as 1 (Fast R-CNN's). */
    static final float[] DEVIATIONS = {0.1f, 0.1f, 0.2f, 0.2f};

    /** No box grows beyond 62.5 times the other: what an exponential makes of a wrong number must stay finite. */
    static final float MOST_LOG = (float) Math.log(1000.0 / 16);

    private BoxCoding() {}

    /** Writes the four differences of a box from another, which is given by its middle and size. */
    static void encode(double x, double y, double width, double height, Box box, float[] target, int at) {
        target[at] = (float) (((box.left() + box.right()) / 2 - x) / width);
        target[at + 1] = (float) (((box.top() + box.bottom()) / 2 - y) / height);
        target[at + 2] = (float) Math.log(box.width() / width);
        target[at + 3] = (float) Math.log(box.height() / height);
    }
}
