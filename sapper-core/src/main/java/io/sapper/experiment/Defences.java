package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.data.Seeds;
import io.sapper.defense.FinePruning;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.experiment.Siege.Part;
import io.sapper.network.Graph;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One BadNet looked at and defended, as far as an experiment asks for it. */
final class Defences {
    /** Of {@link FineTuning#DEFAULTS}: usual for going on with a trained network. */
    private static final double USUAL_RATE = FineTuning.DEFAULTS.optimizer().learningRate();

    /** A few: more would cost more than a twentieth of the training (the aim of the table of cost). */
    private static final int USUAL_EPOCHS = 3;

    /**
     * Repair's own limits, as counted: a defender of these data has a few hundred samples, whose interval is about as
     * wide as they are (docs/decisions/0064).
     */
    private static final Limits AS_COUNTED =
            new Limits(Limits.DEFAULTS.loss(), Limits.DEFAULTS.classLoss(), /* acceptWeakEvidence= */ true);

    private static final double[] CLEAN_SHARES = {0.01, 0.05, 0.1};

    private final Setup setup;
    private final Laboratory lab;
    private final Task task;
    private final String layer;
    private final Holdout defender;
    private final String name;
    private final Graph badnet;
    private final List<Row> rows = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private FinePruning.@Nullable Outcome usual;
    private double usualSeconds;

    /**
     * @param layer that the defender prunes; empty for the default
     * @param name of the network in tables
     */
    Defences(Setup setup, Laboratory lab, Task task, String layer, Holdout defender, String name, Graph badnet) {
        this.setup = setup;
        this.lab = lab;
        this.task = task;
        this.layer = layer;
        this.defender = defender;
        this.name = name;
        this.badnet = badnet;
    }

    /** @param trainingSeconds of the network, which the cost is set against */
    Experiment.Found run(Set<Part> parts, double trainingSeconds) {
        row("none", "", badnet);
        if (parts.contains(Part.ACTIVATIONS) || parts.contains(Part.CURVES)) {
            look(parts);
        }
        if (parts.contains(Part.DEFENCES)) {
            defend();
        }
        if (parts.contains(Part.COST)) {
            cost(trainingSeconds);
        }
        if (parts.contains(Part.CLEAN_DATA)) {
            for (double share : CLEAN_SHARES) {
                lessData(share);
            }
        }
        return new Experiment.Found(rows, findings);
    }

    /** One pass over the test data serves both, the curve and the activations (design D3). */
    private void look(Set<Part> parts) {
        String pruned = FinePruning.layer(badnet, layer).orElseThrow();
        String seeded = name + ", seed " + setup.seed();
        try (Curves seen = Curves.of(
                badnet, pruned, task, setup.compute(), setup.reporter().measuring("the curve of " + name))) {
            if (parts.contains(Part.CURVES)) {
                Pruning.Outcome pruning = usual().pruning().orElseThrow();
                Curves.Measured measured = seen.measure(
                        pruning, paper().allowedDrop(), setup.reporter().measuring("pruned networks"));
                findings.add(measured.curve().of(seeded));
                rows.add(new Row(
                        setup.seed(),
                        name + ": pruned",
                        channels(pruning),
                        measured.asPruned().cleanAccuracy(task),
                        measured.asPruned().attackSuccess(task),
                        measured.asPruned().recovered(task)));
            }
            if (parts.contains(Part.ACTIVATIONS)) {
                findings.add(seen.profile(seeded));
            }
        }
    }

    private void defend() {
        Pruning.Outcome pruning = usual().pruning().orElseThrow();
        if (rows.stream().noneMatch(row -> row.what().endsWith(": pruned"))) {
            row("pruned", channels(pruning), pruning.graph());
        }
        String rate = "learning rate " + Words.number(USUAL_RATE);
        row("fine-tuning", rate, lab.fineTuneAlone(badnet, defender, usual(), usualOptions()));
        row("fine-pruning", rate, usual().graph().orElseThrow());
        repair();
    }

    private void repair() {
        FinePruning.Options options = repairOptions();
        FinePruning.Outcome repaired = lab.finePrune(badnet, defender, options);
        String refused = "";
        if (!repaired.accepted()) {
            refused = "refused, taken all the same: ";
            options = taken(options);
            repaired = lab.finePrune(badnet, defender, options);
        }
        Graph graph = repaired.graph().orElseThrow();
        String kept = refused + "learning rate " + Words.number(repaired.learningRate());
        if (repaired.masked()) { // else what was only tuned is this very network
            row("tuned as repair does, not pruned", kept, lab.fineTuneAlone(badnet, defender, repaired, options));
        }
        String masks = repaired.masked() ? ", " + channels(repaired.pruning().orElseThrow()) : ", nothing pruned";
        row(Siege.REPAIRED, kept + masks, graph);
    }

    /** The gentlest of the learning rates, whatever it costs: a refusal would not show what the defence does. */
    private static FinePruning.Options taken(FinePruning.Options options) {
        List<Double> rates = options.learningRates();
        return new FinePruning.Options(
                options.pruning(),
                options.tuning(),
                List.of(rates.get(rates.size() - 1)),
                Limits.none(),
                options.leastUpdates(),
                options.varied());
    }

    private void cost(double trainingSeconds) {
        Graph graph = usual().graph().orElseThrow();
        row(
                "fine-pruning, timed",
                String.format(
                        Locale.ROOT,
                        "%.1f s against %.1f s of training: %.1f %%",
                        usualSeconds,
                        trainingSeconds,
                        100 * usualSeconds / trainingSeconds),
                graph);
    }

    private void lessData(double share) {
        Holdout some = new Holdout(some(defender.fineTuning(), share), some(defender.validation(), share));
        String samples = some.fineTuning().size() + " + " + some.validation().size() + " " + task.noun();
        String percent = Words.percent(share) + " of the clean data";
        FinePruning.Outcome tuned = lab.finePrune(badnet, some, usualOptions());
        row("fine-pruning, " + percent, samples, tuned.graph().orElseThrow());
        FinePruning.Outcome repaired = lab.finePrune(badnet, some, repairOptions());
        row(
                Siege.REPAIRED + ", " + percent,
                samples + (repaired.accepted() ? "" : ", refused"),
                repaired.graph().orElse(badnet));
    }

    private Dataset some(Dataset data, double share) {
        int count = (int) Math.max(1, Math.round(share * data.size()));
        int[] order = Seeds.permutation(data.size(), Seeds.generator(setup.seed(), "less clean data"));
        return data.subset(data.name() + ", some", Arrays.copyOf(order, count));
    }

    /** Fine-pruning as the paper does it, once for all that show it. */
    private FinePruning.Outcome usual() {
        if (usual == null) {
            long begin = System.nanoTime();
            usual = lab.finePrune(badnet, defender, usualOptions());
            usualSeconds = (System.nanoTime() - begin) / 1e9;
        }
        return usual;
    }

    /** The paper's four points of pruning, taken whatever they cost, to show what it does: so no loss is too much. */
    private FinePruning.Options usualOptions() {
        return new FinePruning.Options(
                paper(),
                FineTuning.DEFAULTS.withEpochs(USUAL_EPOCHS).withReplicas(setup.replicas()),
                List.of(USUAL_RATE),
                Limits.none(),
                0,
                false);
    }

    private FinePruning.Options repairOptions() {
        Pruning.Options pruning = new Pruning.Options(layer, Pruning.Options.CAUTIOUS.allowedDrop());
        return Recipes.finePruning(pruning, AS_COUNTED, setup.replicas());
    }

    private Pruning.Options paper() {
        return new Pruning.Options(layer, Pruning.Options.PAPER.allowedDrop(), Pruning.Options.PAPER.rule());
    }

    private static String channels(Pruning.Outcome pruning) {
        return pruning.chosen() + " of " + pruning.order().size() + " channels";
    }

    private void row(String defence, String note, Graph graph) {
        rows.add(lab.row(name + ": " + defence, note, graph, task));
    }
}
