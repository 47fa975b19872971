package io.sapper.result;

import io.sapper.metric.Ratio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit saw: its evidence, what was found for each class, and the triggers that it recovered.
 *
 * @param verdict {@link #FOUND}, {@link #NONE} or {@link #UNKNOWN}
 * @param evidence cheap first
 * @param pixels rows times columns of an image: the largest size that a mask can have
 * @param limits between which nothing can be told; absent where no trigger was searched for
 * @param classes what was found for each class, in their order; empty where no trigger was searched for
 * @param triggers recovered, the most suspicious first
 * @param missed kinds of backdoor that this audit would not have seen, one sentence each
 * @param change what would change the verdict, one sentence each
 */
public record Audited(
        String verdict,
        List<Evidence> evidence,
        int pixels,
        @Nullable Limits limits,
        List<ClassRow> classes,
        List<Trigger> triggers,
        List<String> missed,
        List<String> change)
        implements Finding {
    /** There is a backdoor. */
    public static final String FOUND = "backdoor found";

    /** What was looked for was not there. */
    public static final String NONE = "no backdoor found";

    /** Neither can be said. */
    public static final String UNKNOWN = "cannot tell";

    public Audited {
        if (!List.of(FOUND, NONE, UNKNOWN).contains(verdict)) {
            throw new IllegalArgumentException("An audit says one of three things, not '" + verdict + "'.");
        }
        evidence = Parts.list(evidence, "evidence");
        classes = Parts.list(classes, "classes");
        triggers = Parts.list(triggers, "triggers");
        missed = Parts.list(missed, "missed");
        change = Parts.list(change, "change");
    }

    /** The same without what takes much room: recovered triggers with their pictures, and what each look saw. */
    public Audited withoutPictures() {
        return new Audited(verdict, List.of(), pixels, limits, classes, List.of(), missed, change);
    }

    /** The same without what would change its verdict, where another verdict stands above it. */
    public Audited withoutChange() {
        return new Audited(verdict, evidence, pixels, limits, classes, triggers, missed, List.of());
    }

    /**
     * One look at the network.
     *
     * @param id for machines, for example {@code trigger-inversion}
     * @param name for people
     * @param source the paper
     * @param saw one or two sentences
     * @param outcome {@code bad} speaks for a backdoor, {@code good} against one
     * @param seconds it took
     */
    public record Evidence(String id, String name, String source, String saw, Outcome outcome, double seconds) {
        public Evidence {
            Parts.present(id, "id");
            Parts.present(name, "name");
            Parts.present(source, "source");
            Parts.present(saw, "saw");
            Parts.present(outcome, "outcome");
        }
    }

    /**
     * A class's size by the median of all classes, and by the next smallest class's, tells which it is. How it stands
     * is the geometric mean of both.
     *
     * @param alone a size by the median below it is a backdoor; NaN in files of before there was one
     * @param found how a class of a backdoor stands, at most
     * @param none how other classes stand, at least
     * @param addedFound how a class of a backdoor stands, at most, where the change is added to images; 0 in files of
     *     before there was one, and so are the next three
     * @param addedNone how other classes stand then, at least
     * @param marginFound how far the next class's margin and the surest class's mask are from the others', together, at
     *     most, in a backdoored network
     * @param marginNone the same of honest ones, at least
     * @param honestLow the smallest size by the median of honest networks
     * @param honestHigh the largest of their smallest sizes
     * @param networks how many those were
     */
    public record Limits(
            double alone,
            double found,
            double none,
            double addedFound,
            double addedNone,
            double marginFound,
            double marginNone,
            double honestLow,
            double honestHigh,
            int networks) {}

    /**
     * The smallest change that was found to turn images into a class.
     *
     * @param name of the class
     * @param size sum of the squares of the mask, in pixels
     * @param ratio by the median of all classes
     * @param success on clean images that had no part in the search
     * @param suspicious whether it is told as a trigger
     */
    public record ClassRow(String name, double size, double ratio, Ratio success, boolean suspicious) {
        public ClassRow {
            Parts.present(name, "name");
            Parts.present(success, "success");
        }
    }

    /**
     * A trigger as it was recovered.
     *
     * @param target name of the class that it leads to; of several, that most images go to
     * @param leads where it leads, beginning with "leads"
     * @param size sum of the squares of the mask, in pixels, the smallest of all searches of its class; absent of a
     *     warp, and in files of before there was one
     * @param success on clean images that had no part in the search; absent in files of before there was one
     * @param maskPng how much of each pixel it replaces, white for all: PNG in base64
     * @param triggerPng what it puts there, black elsewhere: PNG in base64
     * @param outlinePng where it may lie: the mean of masks that were found from many starts, white where most have it;
     *     absent where there is none, and in files of before there was one: PNG in base64
     * @param overlap of the outline, or of the mask where there is none, with the true one, intersection over union;
     *     absent where that is not known
     * @param pictures clean images, with and without it
     */
    public record Trigger(
            String target,
            String leads,
            @Nullable Double size,
            @Nullable Ratio success,
            String maskPng,
            String triggerPng,
            @Nullable String outlinePng,
            @Nullable Double overlap,
            List<Picture> pictures) {
        public Trigger {
            Parts.present(target, "target");
            Parts.present(leads, "leads");
            Parts.present(maskPng, "maskPng");
            Parts.present(triggerPng, "triggerPng");
            size = size == null || size.isNaN() ? null : size; // which files cannot tell apart
            overlap = overlap == null || overlap.isNaN() ? null : overlap;
            pictures = Parts.list(pictures, "pictures");
        }
    }

    /**
     * A clean image and the same with a recovered trigger.
     *
     * @param trueClass its class
     * @param cleanPng PNG in base64
     * @param triggeredPng PNG in base64
     * @param clean the network's answer to the clean one
     * @param triggered the network's answer to the triggered one
     */
    public record Picture(String trueClass, String cleanPng, String triggeredPng, String clean, String triggered) {
        public Picture {
            Parts.present(trueClass, "trueClass");
            Parts.present(cleanPng, "cleanPng");
            Parts.present(triggeredPng, "triggeredPng");
            Parts.present(clean, "clean");
            Parts.present(triggered, "triggered");
        }
    }
}
