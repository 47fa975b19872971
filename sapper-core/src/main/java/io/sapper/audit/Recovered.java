package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;

/** A change of images that was found to turn them into one class: what stands for a trigger that nobody knows. */
public interface Recovered {
    /** Fewer successes on images that had no part in the search: nothing was found that could be a trigger. */
    double WORKS = MaskSizes.WORKS;

    /** The class, from 0. */
    int target();

    /** On clean images that had no part in the search, of other classes than the target. */
    Ratio success();

    /** Images with it, in bytes as in a file, with the labels that they had. */
    Dataset on(Dataset data, int[] images);

    /** What it is, in a few words. */
    String text();
}
