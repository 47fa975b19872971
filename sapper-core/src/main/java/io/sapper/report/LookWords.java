package io.sapper.report;

import java.util.Map;

/** What an audit's looks do, for whoever does not know the papers. Public for the templates. */
public final class LookWords {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(
                    "structure",
                    "Reads the file alone: parts that decide past the trained layers, channels switched off by hand, weights"
                            + " that are no numbers."),
            Map.entry(
                    "head",
                    "Works out of the last layer's weights how far each class could be pushed above all others. A median"
                            + " absolute deviation is how far a class usually lies from the middle one."),
            Map.entry("clean", "Counts on how many of your images the network is right."),
            Map.entry(
                    "margin",
                    "Makes, for each class, images that the network is as sure as can be are of it. A trigger that was learned"
                            + " makes it surer of one class than anything natural would. That class and the smallest mask for"
                            + " it are taken together. It recovers no trigger."),
            Map.entry(
                    "inversion",
                    "Searches, for each class, the smallest change that makes images of other classes this one: a mask that says"
                            + " which pixels are replaced, and what is put there. A trigger is such a change. Neural"
                            + " Cleanse's own index says how far the smallest lies below the median, in median absolute"
                            + " deviations; its authors suspect a backdoor above 2, and here it decides nothing."),
            Map.entry(
                    "validation",
                    "Searches again, from other random beginnings, for the classes with the smallest changes: what is there"
                            + " by chance is not found twice."),
            Map.entry("warp", "Searches for a warp: one slight bend of the whole image that leads to one class."),
            Map.entry(
                    "added",
                    "Searches, for each class, the faintest that can be added to all images to make them this class, as waves or"
                            + " noise are."),
            Map.entry(
                    "added-beside",
                    "A trigger may be nearer to something added than to a mask: searches that for the class that a mask leads to,"
                            + " beside others, so that a repair may unlearn both."),
            Map.entry(
                    "all-to-all",
                    "Searches for one change that makes the network wrong about images of all classes, wherever they go."),
            Map.entry("source", "Searches for changes that lead from one class alone to one other."),
            Map.entry("reference", "Tries what was found on the network that was given for comparison."));

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
