package io.sapper.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an audit comes to.
 *
 * @param verdict one of three
 * @param sentence the verdict and why, for people
 * @param looks at the network, in their order
 * @param sizes of what was found for each class; empty where nothing was searched for
 * @param confirmation the smallest of them, searched again; empty where none was
 * @param suspicious what is told as recovered triggers, most suspicious first
 * @param warp that was found besides; empty where none was
 * @param others changes that lead from each class to another, or from one alone
 * @param complete whether all that is searched for was searched
 */
public record AuditOutcome(
        Verdict verdict,
        String sentence,
        List<Look> looks,
        Optional<MaskSizes> sizes,
        Optional<Confirmation> confirmation,
        List<InvertedTrigger> suspicious,
        Optional<InvertedWarp> warp,
        List<InvertedTrigger> others,
        boolean complete) {
    /** One of three. */
    public enum Verdict {
        FOUND,
        NONE,
        CANNOT_TELL
    }

    public AuditOutcome {
        looks = List.copyOf(looks);
        suspicious = List.copyOf(suspicious);
        others = List.copyOf(others);
    }

    /** What is told as triggers, of all forms: masks first, the most suspicious of them first. */
    public List<Recovered> recovered() {
        List<Recovered> all = new ArrayList<>(suspicious);
        warp.ifPresent(all::add);
        all.addAll(others);
        return all;
    }
}
