package io.sapper.audit;

import java.util.Arrays;
import java.util.List;

/**
 * What a change is searched for: which clean images it is to turn, and into what.
 *
 * @param source the only class whose images it is to turn, from 0; {@link #ANY} if all
 * @param target the class to turn them into, from 0; {@link #ANY} if any other than their own will do
 */
public record Aim(int source, int target) {
    /** Any class. */
    public static final int ANY = -1;

    public Aim {
        if (source < ANY || target < ANY || (source >= 0 && source == target)) {
            throw new IllegalArgumentException(
                    "No change can be searched from class " + source + " to " + target + ".");
        }
    }

    /** Images of all other classes into this one, as an attack with one target does. */
    public static Aim to(int target) {
        return new Aim(ANY, target);
    }

    /** {@link #to} each. */
    static List<Aim> toEach(int... targets) {
        return Arrays.stream(targets).mapToObj(Aim::to).toList();
    }

    /** Images of all classes into whatever other class, as an attack from every class to the next does. */
    public static Aim away() {
        return new Aim(ANY, ANY);
    }

    /** Images of this class into whatever other one. */
    public static Aim awayFrom(int source) {
        return new Aim(source, ANY);
    }

    /** Images of one class into another one, as a source-specific attack does. */
    public static Aim between(int source, int target) {
        return new Aim(source, target);
    }

    /** Whether images of all classes are to go to one. */
    public boolean allToOne() {
        return source == ANY && target != ANY;
    }

    /**
     * Whether a clean image says something of it: one that is turned already says nothing.
     *
     * @param label its class
     * @param answer the network's, without the change
     */
    public boolean counts(int label, int answer) {
        if (source != ANY && label != source) {
            return false;
        }
        return target == ANY ? label == answer : label != target && answer != target;
    }

    /**
     * Whether an image was turned.
     *
     * @param label its class
     * @param answer the network's, with the change; negative where it has none
     */
    public boolean reached(int label, int answer) {
        return answer >= 0 && (target == ANY ? answer != label : answer == target);
    }
}
