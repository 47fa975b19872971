package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.defense.FinePruning.Attempt;
import io.sapper.defense.FinePruning.Outcome;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.training.Progress;
import io.sapper.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of {@link FinePruning}: learning rates from the first to the last, until one is kept. */
final class Repair {
    /**
     * Each network of a cross-validation is tuned on two thirds of the clean images; more parts would cost more time.
     */
    private static final int PARTS = 3;

    /** The versions of the images that pruning is decided on are none of those that are tuned on. */
    private static final int BEFORE_THE_FIRST = -1;

    private final Graph graph;
    private final FinePruning.Options options;
    private final Evidence evidence;
    private final long seed;
    private final Compute compute;
    private final Progress progress;

    private final List<Attempt> attempts = new ArrayList<>();
    private long forwardPasses;
    private long tailPasses;
    private long trainingPasses;

    Repair(Graph graph, FinePruning.Options options, Evidence evidence, long seed, Compute compute, Progress progress) {
        this.graph = graph;
        this.options = options;
        this.evidence = evidence;
        this.seed = seed;
        this.compute = compute;
        this.progress = progress;
    }

    /**
     * Part of the clean images: tuned on, decided on.
     *
     * @param pruning the first step, decided without what decides on the whole
     */
    private record Part(Dataset tuning, Dataset deciding, Pruning.Outcome pruning) {}

    Outcome run(Dataset tuning, Dataset validation) {
        if (!evidence.crossValidated()) {
            Pruning.Outcome pruning = prune(validation);
            return tryAll(List.of(part(tuning, validation, pruning)), null, pruning);
        }
        Dataset all = tuning.append(tuning.name() + " and " + validation.name(), validation);
        List<Part> parts = Folds.of(all, PARTS, seed).stream()
                .map(fold -> part(fold.rest(), fold.held(), prune(fold.rest())))
                .toList();
        return tryAll(parts, all, prune(all));
    }

    private Pruning.Outcome prune(Dataset images) {
        List<Dataset> versions = List.of(new Variations(seed).show(images, BEFORE_THE_FIRST));
        Pruning.Outcome pruned = Pruning.prune(graph, images, versions, options.pruning(), compute);
        forwardPasses += pruned.headPasses();
        tailPasses += pruned.tailPasses();
        return pruned;
    }

    private int[] predictions(Graph network, Dataset images) {
        forwardPasses += images.size();
        return Accuracy.predictions(network, images, compute);
    }

    private Part part(Dataset tuning, Dataset deciding, Pruning.Outcome pruning) {
        return new Part(tuning, deciding, pruning);
    }

    private Outcome tryAll(List<Part> parts, @Nullable Dataset all, Pruning.Outcome pruning) {
        for (double learningRate : options.learningRates()) {
            Optional<Graph> repaired = attempt(parts, all, pruning, learningRate);
            if (repaired.isPresent()) {
                return outcome(repaired, pruning, Optional.empty());
            }
        }
        return outcome(Optional.empty(), pruning, Optional.of(Verdict.ofAll(attempts)));
    }

    private Outcome outcome(Optional<Graph> repaired, Pruning.Outcome pruning, Optional<Refusal> refusal) {
        return new Outcome(
                repaired, evidence, Optional.of(pruning), attempts, refusal, forwardPasses, tailPasses, trainingPasses);
    }

    /** Tries one learning rate on every part, notes it, and gives the repaired network if it is kept. */
    private Optional<Graph> attempt(
            List<Part> parts, @Nullable Dataset all, Pruning.Outcome pruning, double learningRate) {
        List<Integer> pruned = new ArrayList<>();
        Comparison seen = null;
        Optional<Refusal> refusal = Optional.empty();
        Graph repaired = graph;
        try {
            for (Part part : parts) {
                pruned.add(part.pruning().chosen());
                repaired = tune(part.pruning().graph(), part.tuning(), learningRate);
                Comparison more = Comparison.of(
                        predictions(graph, part.deciding()), predictions(repaired, part.deciding()), part.deciding());
                seen = seen == null ? more : seen.plus(more);
                refusal = Verdict.hopeless(seen, evidence, options.limits());
                if (refusal.isPresent()) {
                    break;
                }
            }
            if (refusal.isEmpty() && seen != null) {
                refusal = Verdict.of(seen, evidence, options.limits());
            }
            if (refusal.isEmpty() && all != null) {
                repaired = tune(pruning.graph(), all, learningRate);
                refusal = Verdict.ofTheLast(
                        Comparison.of(predictions(graph, all), predictions(repaired, all), all), options.limits());
            }
        } catch (TrainingDivergedException e) {
            refusal = Optional.of(new Refusal(Refusal.Reason.DIVERGED, String.valueOf(e.getMessage())));
        }
        attempts.add(new Attempt(learningRate, options.tuning().epochs(), pruned, Optional.ofNullable(seen), refusal));
        return refusal.isEmpty() ? Optional.of(repaired) : Optional.empty();
    }

    private Graph tune(Graph pruned, Dataset images, double learningRate) {
        FineTuning.Outcome tuned =
                FineTuning.tune(pruned, images, options.tuning(learningRate), seed, compute, progress);
        trainingPasses += tuned.training().images();
        return tuned.graph();
    }
}
