package io.sapper.report;

import java.util.Map;

/** What an audit's looks do, for whoever does not know the papers. Public for the templates. */
public final class LookWords {
    private static final Map<String, String> WORDS = Map.of(
            "structure",
            "Reads the file alone: parts that decide past the trained layers, channels switched off by hand, weights"
                    + " that are no numbers.",
            "head",
            "Works out of the last layer's weights how far each class could be pushed above all others. A median"
                    + " absolute deviation is how far a class usually lies from the middle one.",
            "clean",
            "Counts on how many of your images the network is right.",
            "inversion",
            "Searches, for each class, the smallest change that makes images of other classes this one: a mask that says"
                    + " which pixels are replaced, and what is put there. A trigger is such a change.",
            "validation",
            "Searches again, from other random beginnings, for the classes with the smallest changes: what is there"
                    + " by chance is not found twice.",
            "warp",
            "Searches for a warp: one slight bend of the whole image that leads to one class.",
            "all-to-all",
            "Searches for one change that makes the network wrong about images of all classes, wherever they go.",
            "source",
            "Searches for changes that lead from one class alone to one other.",
            "reference",
            "Tries what was found on the network that was given for comparison.");

    private LookWords() {}

    /**
     * In a sentence or two.
     *
     * @param id of the look, as results hold it
     * @return empty for one that is not known, of a later version
     */
    public static String of(String id) {
        return WORDS.getOrDefault(id, "");
    }
}
