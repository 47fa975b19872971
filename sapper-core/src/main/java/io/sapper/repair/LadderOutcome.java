package io.sapper.repair;

import io.sapper.audit.AuditOutcome;
import io.sapper.audit.Look;
import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.audit.Subject;
import io.sapper.defense.Comparison;
import io.sapper.defense.Evidence;
import io.sapper.defense.Refusal;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What a ladder came to.
 *
 * @param graph the repaired network; empty where nothing is better than what came in
 * @param evidence what the clean images could decide
 * @param looked what was looked for before and what was recovered; empty where the method needs none
 * @param attempts what was tried, in its order; the last kept one is the network that goes out. None where nothing was
 *     found that has to be repaired: the network goes out as it came in
 * @param refusal why there is no repaired network; empty if there is one
 * @param passes images that went through networks
 */
public record LadderOutcome(
        Optional<Graph> graph,
        Evidence evidence,
        Optional<Looked> looked,
        List<Attempt> attempts,
        Optional<Refusal> refusal,
        PassCounter.Count passes) {
    public LadderOutcome {
        attempts = List.copyOf(attempts);
        if (graph.isPresent() == refusal.isPresent()) {
            throw new IllegalArgumentException("Either there is a repaired network or a reason why not.");
        }
    }

    /**
     * What was looked for in the network that came in.
     *
     * @param audit what was looked for, and what came of it
     * @param beside what is told of the search for what is added beside masks; empty where none was made
     * @param added what leads to the same classes as masks that the audit told, when it is added to images
     * @param subject what was looked with
     * @param control the smallest mask that is not suspicious, of another class than the recovered; empty where there
     *     is none that works
     * @param seconds it took
     */
    public record Looked(
            AuditOutcome audit,
            Optional<Look> beside,
            List<Recovered> added,
            Subject subject,
            OptionalInt control,
            double seconds) {
        public Looked {
            added = List.copyOf(added);
        }

        /** Changes of images that turn them into other classes. */
        public List<Recovered> recovered() {
            return Stream.concat(audit.recovered().stream(), added.stream()).toList();
        }
    }

    /**
     * One thing tried.
     *
     * @param what the rung, its rate and how far it went
     * @param clean images before and after, of part of them where it ended early, of none where training diverged
     * @param surrogate how often recovered changes work on images held back
     * @param smallest how small the smallest change that was found again is beside other classes'; NaN where none was
     *     searched
     * @param seconds it took
     * @param rolledBack why it was not kept; empty if it was
     */
    public record Attempt(
            String what,
            Optional<Comparison> clean,
            Surrogates surrogate,
            double smallest,
            double seconds,
            Optional<Refusal> rolledBack) {}

    /**
     * How often recovered changes work.
     *
     * @param before on the network that came in
     * @param after on the one that was tried; 0 of 0 where that was not asked
     */
    public record Surrogates(Ratio before, Ratio after) {}

    /** Whether the network goes out as it came in, for nothing was found. */
    public boolean unchanged() {
        return graph.isPresent() && attempts.isEmpty();
    }

    /** Whether it was decided on images that cannot decide, as the caller wished. */
    public boolean weakEvidence() {
        return !unchanged() && evidence.accepted() && evidence.weak();
    }
}
