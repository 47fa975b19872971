package io.sapper.signing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What must hold of a model, as a policy or a command line wants it.
 *
 * @param from whose wish it is, for people: the policy as it was named, or {@link #COMMAND_LINE}
 * @param digests any of which the model's file must have; none where it does not matter
 * @param manifest that lists its digests
 * @param signedBy who must have signed it
 * @param noGraphTrigger whether {@code inspect} must find nothing in its graph and weights
 * @param result that must be there
 */
public record Requirements(
        String from,
        List<Digest> digests,
        Optional<Path> manifest,
        Optional<SignedBy> signedBy,
        boolean noGraphTrigger,
        Optional<WantedResult> result) {
    /**
     * A signature.
     *
     * @param bundle where it is; empty: where {@link ModelSigner#bundleOf} says
     */
    public record SignedBy(Trust trust, Optional<Path> bundle) {}

    /** What {@link #from} is where it was typed, and stands in no policy. */
    public static final String COMMAND_LINE = "command line";

    public Requirements {
        digests = List.copyOf(digests);
    }

    /** Whether a policy wants it, whose name {@link #from} is. */
    public boolean policy() {
        return !from.equals(COMMAND_LINE);
    }

    /** Whether nothing is wanted. */
    public boolean none() {
        return digests.isEmpty() && manifest.isEmpty() && signedBy.isEmpty() && !noGraphTrigger && result.isEmpty();
    }
}
