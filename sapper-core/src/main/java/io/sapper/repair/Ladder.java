package io.sapper.repair;

import io.sapper.audit.AuditOutcome;
import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.audit.Reference;
import io.sapper.data.Dataset;
import io.sapper.defense.Comparison;
import io.sapper.defense.Evidence;
import io.sapper.defense.FinePruning;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Folds;
import io.sapper.defense.Folds.Fold;
import io.sapper.defense.Refusal;
import io.sapper.defense.Verdict;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.repair.LadderOptions.Tuning;
import io.sapper.repair.LadderOutcome.Attempt;
import io.sapper.repair.LadderOutcome.Looked;
import io.sapper.repair.LadderOutcome.Surrogates;
import io.sapper.training.Numbers;
import io.sapper.training.Progress;
import io.sapper.training.TrainingDivergedException;
import io.sapper.training.TrainingOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Repairs a network as gently as clean images and what stands for the attack allow: looks for triggers, then climbs
 * from rung to rung until what was recovered works no longer and is not found again, and rolls back what helped too
 * little or cost too much. Sees the network and clean images; no trigger but those that it recovers itself.
 *
 * <p>Each rung is judged by cross-validation, and what goes out is a mean of networks ({@link CrossTuning}). Where all
 * was looked for and nothing found the network goes out as it came in: an honest one would only lose by a repair
 * (docs/decisions/0087). Where it cannot be told, and nothing was recovered, there is nothing to judge a repair's
 * success by, so one blind rung goes three quarters of the way, less where that costs too much (docs/decisions/0082).
 */
public final class Ladder {
    /** Each network is tuned on two thirds of the clean images, as {@link FinePruning} does it. */
    private static final int PARTS = 3;

    /** How much of the way where nothing was recovered: less of it as long as that costs more than {@link #DEAR}. */
    private static final List<Double> GENTLE = List.of(0.75, 0.5, 0.25);

    /** Clean accuracy that a network which may well be honest should not lose, as counted. */
    private static final double DEAR = 0.005;

    /** Where something was: the gentler first, as far as what was recovered still works. */
    private static final List<Double> FIRM = List.of(0.6, 0.75, 0.85, 1.0);

    /** Where the first of these costs too much: less may do, and clean images bear it. */
    private static final List<Double> LESS = List.of(0.45, 0.3);

    /** What was recovered may still work on so many images. */
    private static final double ENOUGH = 0.05;

    /** What the audit told on so many at the first share of the way: an attacker's own trigger works better than it. */
    private static final double ENOUGH_EARLY = 0.01;

    /** Unlearning again, twice as long and with what was found again, so many times at most. */
    private static final int MOST_AGAIN = 2;

    private final Graph graph;
    private final LadderOptions options;
    private final long seed;
    private final Compute compute;
    private final Course course;
    private final Dataset all;
    private final Evidence evidence;
    private final List<Fold> folds;
    private final Looking looking;
    private final List<int[]> before = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private Optional<Looked> looked = Optional.empty();
    private Tuning tuning;
    private final PassCounter passes = new PassCounter();

    /** Whether clean images bore the last attempt as far as it went, less of the way left out. */
    private boolean borne;

    /** What the last search found again. */
    private List<Recovered> found = List.of();

    /** Hears how a ladder is climbed. */
    public interface Course {
        /** A search begins; what is returned hears how much of it is done, 0 to 1, from several threads. */
        DoubleConsumer searching(String what);

        /** A tuning begins; what is returned hears how it goes on. */
        Progress tuning(String what);
    }

    private Ladder(
            Graph graph,
            Dataset tuned,
            Dataset validation,
            LadderOptions options,
            long seed,
            Compute compute,
            Course course) {
        this.graph = graph;
        this.options = options;
        tuning = options.tuning();
        this.seed = seed;
        this.compute = compute;
        this.course = course;
        all = tuned.append(tuned.name() + " and " + validation.name(), validation);
        evidence = Evidence.ofAll(tuned, validation, options.limits());
        folds = Folds.of(all, PARTS, seed);
        looking = new Looking(graph, all, options.search(), seed, compute, course::searching, passes);
    }

    /**
     * Climbs.
     *
     * @param own the network as it is in its file
     * @param graph the same with what brings images to it in front; this is what is repaired
     * @param tuning clean images, and validation others; all are tuned on and all decide, each over a network that was
     *     tuned without it
     * @param reference another network, known to be honest: what works on it too is no backdoor
     */
    public static LadderOutcome climb(
            Graph own,
            Graph graph,
            Dataset tuning,
            Dataset validation,
            Optional<Reference> reference,
            LadderOptions options,
            long seed,
            Compute compute,
            Course course) {
        Ladder ladder = new Ladder(graph, tuning, validation, options, seed, compute, course);
        Optional<Refusal> refusal = ladder.evidence.refusal(options.limits());
        if (refusal.isPresent()) {
            return ladder.refused(refusal.get());
        }
        if (options.method() != Method.FINE_TUNING) {
            ladder.looked = Optional.of(ladder.looking.look(own, reference));
        }
        return ladder.climb();
    }

    private LadderOutcome climb() {
        List<Recovered> recovered = looked.map(Looked::recovered).orElse(List.of());
        if (options.method() == Method.UNLEARNING && recovered.isEmpty()) {
            return refused(new Refusal(
                    Refusal.Reason.NOTHING_RECOVERED,
                    "No trigger was recovered, so there is nothing to unlearn; maybe --method fine-pruning, which needs"
                            + " none."));
        }
        if (options.method() == Method.AUTO && nothingFound()) {
            return outcome(graph);
        }
        for (Fold fold : folds) {
            before.add(passes.answers(graph, fold.held(), compute));
        }
        if (recovered.isEmpty()) {
            return rates(new Blind(), List.of());
        }
        List<Recovered> known = new ArrayList<>(recovered);
        LadderOutcome outcome = rates(new Unlearning(known), known);
        int most = options.method() == Method.AUTO ? MOST_AGAIN : 0;
        for (int again = 0; again < most && outcome.graph().isEmpty() && notCleared(); again++) {
            known.addAll(found);
            tuning = tuning.twiceAsLong();
            outcome = rates(new Unlearning(known), known);
        }
        return outcome;
    }

    private boolean nothingFound() {
        return looked.stream().anyMatch(one -> one.audit().verdict() == AuditOutcome.Verdict.NONE);
    }

    /** How much of the way a blind rung goes. */
    private List<Double> blindly() {
        return options.method() == Method.AUTO ? GENTLE : List.of(1.0);
    }

    /** Whether clean images would have borne the last attempt, and the backdoor was left. */
    private boolean notCleared() {
        return borne && last().reason() == Refusal.Reason.NOT_CLEARED;
    }

    private LadderOutcome rates(Rung rung, List<Recovered> recovered) {
        found = List.of();
        for (double rate : tuning.learningRates()) {
            Optional<Graph> repaired = attempt(rung, recovered, rate);
            if (repaired.isPresent()) {
                return outcome(repaired.get());
            }
            if (notCleared()) {
                break; // a lower rate unlearns less
            }
        }
        return refused(last());
    }

    private Refusal last() {
        return attempts.get(attempts.size() - 1).rolledBack().orElseThrow();
    }

    private LadderOutcome outcome(Graph goesOut) {
        return new LadderOutcome(Optional.of(goesOut), evidence, looked, attempts, Optional.empty(), passes.take());
    }

    private LadderOutcome refused(Refusal refusal) {
        return new LadderOutcome(Optional.empty(), evidence, looked, attempts, Optional.of(refusal), passes.take());
    }

    /** Tunes once, and goes as far on the way as is needed and borne. */
    private Optional<Graph> attempt(Rung rung, List<Recovered> recovered, double rate) {
        long begin = System.nanoTime();
        borne = false;
        double least = Collections.min(recovered.isEmpty() ? blindly() : LESS);
        TrainingOptions training = tuning.at(rate, folds.get(0).rest().size());
        String what = rung.text() + ", learning rate " + Numbers.plain(rate) + ", " + training.epochs()
                + (training.epochs() == 1 ? " epoch" : " epochs");
        CrossTuning crossed = new CrossTuning(graph, compute, passes);
        try {
            for (int i = 0; i < folds.size(); i++) {
                Progress heard = course.tuning(what + ", part " + (i + 1) + " of " + folds.size());
                FineTuning.Outcome tuned = rung.tune(graph, folds.get(i).rest(), training, seed, compute, heard);
                passes.training(tuned.training().images());
                crossed.add(folds.get(i), before.get(i), tuned.graph());
                Comparison seen = crossed.compared(least);
                Optional<Refusal> hopeless = Verdict.hopeless(seen, evidence, options.limits());
                if (hopeless.isPresent()) {
                    note(what, begin, Optional.of(seen), recovered, new Ratio(0, 0), Double.NaN, hopeless);
                    return Optional.empty();
                }
            }
        } catch (TrainingDivergedException e) {
            Refusal diverged = new Refusal(Refusal.Reason.DIVERGED, String.valueOf(e.getMessage()));
            note(what, begin, Optional.empty(), recovered, new Ratio(0, 0), Double.NaN, Optional.of(diverged));
            return Optional.empty();
        }
        return recovered.isEmpty() ? cheapEnough(what, begin, crossed) : farEnough(what, begin, crossed, recovered);
    }

    private static String far(String what, double share) {
        return what + String.format(Locale.ROOT, ", %.0f %% of the way", 100 * share);
    }

    /**
     * Whether clean images speak against it.
     *
     * @param seen each over a network that was tuned without it
     * @param mean of what goes out
     */
    private Optional<Refusal> costly(Comparison seen, Comparison mean) {
        return Verdict.of(seen, evidence, options.limits()).or(() -> Verdict.ofTheLast(mean, options.limits()));
    }

    /** As far as nothing is known to be gained by it: the first share that costs little, or else the last, if borne. */
    private Optional<Graph> cheapEnough(String what, long began, CrossTuning crossed) {
        long begin = began;
        List<Double> shares = blindly();
        for (int i = 0; i < shares.size(); i++) {
            Comparison seen = crossed.compared(shares.get(i));
            Graph mean = crossed.mean(shares.get(i));
            Optional<Refusal> refusal = costly(seen, crossed.compared(mean));
            if (refusal.isEmpty() && i < shares.size() - 1) {
                refusal = dear(seen);
            }
            note(far(what, shares.get(i)), begin, Optional.of(seen), List.of(), new Ratio(0, 0), Double.NaN, refusal);
            if (refusal.isEmpty()) {
                return Optional.of(mean);
            }
            begin = System.nanoTime();
        }
        return Optional.empty();
    }

    private Optional<Graph> farEnough(String what, long began, CrossTuning crossed, List<Recovered> recovered) {
        long begin = began;
        for (double share : FIRM) {
            Graph mean = crossed.mean(share);
            Optional<Refusal> why = decide(far(what, share), begin, crossed, mean, recovered, share);
            if (why.isEmpty()) {
                return Optional.of(mean);
            }
            borne = why.get().reason() == Refusal.Reason.NOT_CLEARED;
            if (!borne) {
                return share == FIRM.get(0) ? lessFar(what, crossed, recovered) : Optional.empty();
            }
            begin = System.nanoTime();
        }
        return Optional.empty();
    }

    /** As far as clean images bear it, if that clears enough: less of the way clears less. */
    private Optional<Graph> lessFar(String what, CrossTuning crossed, List<Recovered> recovered) {
        for (double share : LESS) {
            long begin = System.nanoTime();
            Graph mean = crossed.mean(share);
            Optional<Refusal> why = decide(far(what, share), begin, crossed, mean, recovered, share);
            if (why.isEmpty()) {
                return Optional.of(mean);
            }
            if (why.get().reason() == Refusal.Reason.NOT_CLEARED) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Why so much of the way will not do; empty where it does. */
    private Optional<Refusal> decide(
            String far, long begin, CrossTuning crossed, Graph mean, List<Recovered> recovered, double share) {
        Comparison seen = crossed.compared(share);
        Ratio after = crossed.surrogate(recovered, share);
        Optional<Refusal> why = costly(seen, crossed.compared(mean));
        double smallest = Double.NaN;
        if (why.isEmpty()) {
            why = works(after, ENOUGH)
                    .or(() -> share == FIRM.get(0)
                            ? works(crossed.surrogate(without(recovered), share), ENOUGH_EARLY)
                            : Optional.empty());
            if (why.isEmpty()) {
                Looking.Again again = looking.again(mean, recovered, PARTS + attempts.size());
                found = again.found();
                smallest = again.smallest();
                why = foundAgain(again);
            }
        }
        note(far, begin, Optional.of(seen), recovered, after, smallest, why);
        return why;
    }

    /** Without what was recovered only beside what the audit told: some of it works by nature. */
    private List<Recovered> without(List<Recovered> recovered) {
        List<Recovered> added = looked.map(Looked::added).orElse(List.of());
        return recovered.stream().filter(one -> !added.contains(one)).toList();
    }

    private static Optional<Refusal> dear(Comparison seen) {
        return seen.loss().value() <= DEAR
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Refusal.Reason.LOSS_TOO_LARGE,
                        String.format(
                                Locale.ROOT,
                                "It costs %.2f points of clean accuracy, and a network in which nothing was found should"
                                        + " lose no more than %.1f if less of the way will do.",
                                100 * seen.loss().value(),
                                100 * DEAR)));
    }

    private static Optional<Refusal> works(Ratio after, double enough) {
        return after.total() == 0 || after.value() <= enough
                ? Optional.empty()
                : notCleared(String.format(
                        Locale.ROOT,
                        "What was recovered still works on %d of %d clean images held back; at most %.0f %% are borne.",
                        after.hits(),
                        after.total(),
                        100 * enough));
    }

    private static Optional<Refusal> foundAgain(Looking.Again again) {
        return again.suspicious()
                ? notCleared(String.format(
                        Locale.ROOT,
                        "Looked at again from another start, a class stands out as it did: %.2f beside the others (1 is as"
                                + " they).",
                        again.smallest()))
                : Optional.empty();
    }

    private static Optional<Refusal> notCleared(String sentence) {
        return Optional.of(new Refusal(Refusal.Reason.NOT_CLEARED, sentence));
    }

    private void note(
            String what,
            long begin,
            Optional<Comparison> seen,
            List<Recovered> recovered,
            Ratio after,
            double smallest,
            Optional<Refusal> refusal) {
        Ratio had = Surrogate.success(graph, all, recovered, compute, passes);
        attempts.add(new Attempt(
                what, seen, new Surrogates(had, after), smallest, (System.nanoTime() - begin) / 1e9, refusal));
    }
}
