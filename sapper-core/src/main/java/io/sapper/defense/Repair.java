package io.sapper.defense;

import io.sapper.data.Dataset;
import io.sapper.defense.FinePruning.Attempt;
import io.sapper.defense.FinePruning.Outcome;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.training.Progress;
import io.sapper.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Versions of each image that decides about the masks. */
    private static final int VERSIONS = 4;

    private final List<Attempt> attempts = new ArrayList<>();
    private Optional<MaskTrial> trial = Optional.empty();
    /** What the trial made, so that the first attempt need not make it again. */
    private final Map<Part, Graph> tuned = new HashMap<>();

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

    /** Part of the clean images: pruned and tuned on, and decided on. */
    private static final class Part {
        final Dataset tuning;
        final Dataset deciding;

        /** Empty where the network has no layer to prune. */
        final Optional<Pruning.Outcome> pruning;

        /** What the network that came in says of what decides; the same for every learning rate. */
        final int[] before;

        Part(Dataset tuning, Dataset deciding, Optional<Pruning.Outcome> pruning, int[] before) {
            this.tuning = tuning;
            this.deciding = deciding;
            this.pruning = pruning;
            this.before = before;
        }

        int pruned() {
            return pruning.map(Pruning.Outcome::chosen).orElse(0);
        }

        Graph masked(Graph graph) {
            return pruning.filter(one -> one.chosen() > 0)
                    .map(Pruning.Outcome::graph)
                    .orElse(graph);
        }
    }

    Outcome run(Dataset tuning, Dataset validation) {
        if (!evidence.crossValidated()) {
            Part only = part(tuning, validation, validation);
            return tryAll(List.of(only), null, only.pruning);
        }
        Dataset all = FinePruning.all(tuning, validation);
        List<Part> parts = Folds.of(all, PARTS, seed).stream()
                .map(fold -> part(fold.rest(), fold.held(), fold.rest()))
                .toList();
        Part whole = part(all, all, all);
        return tryAll(parts, whole, whole.pruning);
    }

    private Optional<Pruning.Outcome> prune(Dataset images) {
        if (options.pruning().layer().isEmpty()) {
            return Optional.empty();
        }
        List<Dataset> versions =
                options.varied() ? List.of(new Variations(seed).show(images, BEFORE_THE_FIRST)) : List.of();
        Pruning.Outcome pruned =
                Pruning.prune(graph, images, versions, options.pruning(), compute, progress.part("pruning"));
        forwardPasses += pruned.headPasses();
        tailPasses += pruned.tailPasses();
        return Optional.of(pruned);
    }

    private int[] predictions(Graph network, Dataset images) {
        forwardPasses += images.size();
        return Accuracy.predictions(network, images, compute);
    }

    private Part part(Dataset tuning, Dataset deciding, Dataset pruning) {
        return new Part(tuning, deciding, prune(pruning), predictions(graph, deciding));
    }

    private Outcome tryAll(List<Part> parts, @Nullable Part whole, Optional<Pruning.Outcome> pruning) {
        decideOnMasks(parts, options.learningRates().get(0));
        for (double learningRate : options.learningRates()) {
            Optional<Graph> repaired = attempt(parts, whole, learningRate);
            if (repaired.isPresent()) {
                return outcome(repaired, pruning, Optional.empty());
            }
            tuned.clear();
        }
        return outcome(Optional.empty(), pruning, Optional.of(Verdict.ofAll(attempts)));
    }

    private Outcome outcome(Optional<Graph> repaired, Optional<Pruning.Outcome> pruning, Optional<Refusal> refusal) {
        return new Outcome(
                repaired, evidence, pruning, trial, attempts, refusal, forwardPasses, tailPasses, trainingPasses);
    }

    /**
     * Tries one learning rate on every part, notes it, and gives the repaired network if it is kept.
     *
     * @param whole all clean images, to make the network of that goes out; absent where the one part does that
     */
    private Optional<Graph> attempt(List<Part> parts, @Nullable Part whole, double learningRate) {
        List<Integer> pruned = new ArrayList<>();
        Comparison seen = null;
        Optional<Refusal> refusal = Optional.empty();
        Graph repaired = graph;
        try {
            for (Part part : parts) {
                pruned.add(masked() ? part.pruned() : 0);
                repaired = tune(part, learningRate);
                Comparison more = compared(part, repaired);
                seen = seen == null ? more : seen.plus(more);
                refusal = Verdict.hopeless(seen, evidence, options.limits());
                if (refusal.isPresent()) {
                    break;
                }
            }
            if (refusal.isEmpty() && seen != null) {
                refusal = Verdict.of(seen, evidence, options.limits());
            }
            if (refusal.isEmpty() && whole != null) {
                repaired = tune(whole, learningRate);
                refusal = Verdict.ofTheLast(compared(whole, repaired), options.limits());
            }
        } catch (TrainingDivergedException e) {
            refusal = Optional.of(new Refusal(Refusal.Reason.DIVERGED, String.valueOf(e.getMessage())));
        }
        attempts.add(new Attempt(learningRate, options.tuning().epochs(), pruned, Optional.ofNullable(seen), refusal));
        return refusal.isEmpty() ? Optional.of(repaired) : Optional.empty();
    }

    private Comparison compared(Part part, Graph repaired) {
        return Comparison.of(part.before, predictions(repaired, part.deciding), part.deciding);
    }

    private boolean masked() {
        return trial.map(MaskTrial::keeps).orElse(true);
    }

    /** Tunes the first part that has masks with them and without, and compares. */
    private void decideOnMasks(List<Part> parts, double learningRate) {
        Part part = parts.stream().filter(one -> one.pruned() > 0).findFirst().orElse(null);
        if (part == null || !options.varied()) {
            return;
        }
        try {
            Graph masked = tune(part, part.masked(graph), learningRate);
            Graph unmasked = tune(part, graph, learningRate);
            trial = Optional.of(new MaskTrial(onVersions(masked, part), onVersions(unmasked, part)));
            tuned.put(part, masked() ? masked : unmasked);
        } catch (TrainingDivergedException e) {
            // The attempt at this rate will say so; nothing is known against the masks.
        }
    }

    private Ratio onVersions(Graph network, Part part) {
        long right = 0;
        for (int version = 0; version < VERSIONS; version++) {
            Dataset shown = new Variations(seed).show(part.deciding, BEFORE_THE_FIRST - 1 - version);
            right += Accuracy.of(predictions(network, shown), shown).hits();
        }
        return new Ratio(right, (long) VERSIONS * part.deciding.size());
    }

    private Graph tune(Part part, double learningRate) {
        Graph ready = tuned.get(part);
        return ready != null ? ready : tune(part, masked() ? part.masked(graph) : graph, learningRate);
    }

    private Graph tune(Part part, Graph begin, double learningRate) {
        FineTuning.Outcome outcome = FineTuning.tune(
                begin, part.tuning, options.tuning(learningRate), options.varied(), seed, compute, progress);
        trainingPasses += outcome.training().images();
        return outcome.graph();
    }
}
