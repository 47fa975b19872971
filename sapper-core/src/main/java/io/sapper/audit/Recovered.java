package io.sapper.audit;

import io.sapper.data.Dataset;
import io.sapper.metric.Ratio;
import java.util.List;

/** A change of images that was found to turn them into other classes: what stands for a trigger that nobody knows. */
public interface Recovered {
    /** Fewer successes on images that had no part in the search: nothing was found that could be a trigger. */
    double WORKS = MaskSizes.WORKS;

    /** What it was searched for: which images it turns, and into what. */
    Aim aim();

    /** The class that it leads to, from 0; where it leads to several, the one that most images go to. */
    int target();

    /** On clean images that had no part in the search and that the aim is for. */
    Ratio success();

    /** Images with it, in bytes as in a file, with the labels that they had. */
    Dataset on(Dataset data, int[] images);

    /** What it is unlearned with: itself, and with it what is stronger where it is the faintest that works. */
    default List<Recovered> unlearned() {
        return List.of(this);
    }

    /** What it is, in a few words. */
    String text();

    /**
     * Where it leads, in a few words that begin with "leads".
     *
     * @param names of the classes
     */
    default String leads(List<String> names) {
        if (aim().target() == Aim.ANY) {
            return "leads from each class to another";
        }
        String to = "to class " + names.get(target());
        return aim().allToOne() ? "leads " + to : "leads from class " + names.get(aim().source()) + " " + to;
    }
}
