package io.sapper.audit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What an audit comes to.
 *
 * @param verdict one of three
 * @param sentence the verdict and why, for people
 * @param looks at the network, in their order
 * @param sizes of what was found for each class; empty where nothing was searched for
 * @param confirmation the smallest of them, searched again; empty where none was
 * @param recovered what is told as triggers of all forms: masks for single classes first, most suspicious first; where
 *     it cannot tell, those in doubt
 * @param surest the class that the network can be made far surer of than of others, where nothing else tells of a
 *     backdoor; empty where there is none
 * @param complete whether all that is searched for was searched
 */
public record AuditOutcome(
        Verdict verdict,
        String sentence,
        List<Look> looks,
        Optional<MaskSizes> sizes,
        Optional<Confirmation> confirmation,
        List<Recovered> recovered,
        OptionalInt surest,
        boolean complete) {
    /** One of three. */
    public enum Verdict {
        FOUND,
        NONE,
        CANNOT_TELL
    }

    public AuditOutcome {
        looks = List.copyOf(looks);
        recovered = List.copyOf(recovered);
    }

    /** What is told of masks, and of what is added, that lead to one class. */
    public List<InvertedTrigger> suspicious() {
        return masks().filter(one -> one.aim().allToOne()).toList();
    }

    /** What is told of changes that lead from each class to another, or from one alone. */
    public List<InvertedTrigger> others() {
        return masks().filter(one -> !one.aim().allToOne()).toList();
    }

    /** The warp that is told; empty where there is none. */
    public Optional<InvertedWarp> warp() {
        return only(InvertedWarp.class).findFirst();
    }

    private Stream<InvertedTrigger> masks() {
        return only(InvertedTrigger.class);
    }

    private <T extends Recovered> Stream<T> only(Class<T> form) {
        return recovered.stream().filter(form::isInstance).map(form::cast);
    }
}
