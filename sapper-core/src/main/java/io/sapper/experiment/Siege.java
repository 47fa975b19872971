package io.sapper.experiment;

import io.sapper.attack.Decoys;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.data.Seeds;
import io.sapper.defense.FinePruning;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.network.Graph;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One system attacked and defended with one seed, as far as an experiment asks for it. */
final class Siege {
    /** What of it an experiment shows; the networks that it needs are trained, the others not. */
    enum Part {
        /** The honest network and the baseline BadNet. */
        ATTACK,
        /** How active each channel is, on clean and on triggered samples. */
        ACTIVATIONS,
        /** The pruning curves. */
        CURVES,
        /** The pruning-aware attack beside the baseline. */
        AWARE,
        /** Pruning, fine-tuning, fine-pruning, and what repair does. */
        DEFENCES,
        /** How long fine-pruning takes, against training. */
        COST,
        /** Defences with less clean data. */
        CLEAN_DATA
    }

    static final String BASELINE = "baseline";
    static final String AWARE = "pruning-aware";
    static final String REPAIRED = "repaired";

    /** Of {@link FineTuning#DEFAULTS}: usual for going on with a trained network. */
    private static final double USUAL_RATE = FineTuning.DEFAULTS.optimizer().learningRate();

    private static final double[] CLEAN_SHARES = {0.01, 0.05, 0.1};

    private final Victim victim;
    private final Set<Part> parts;
    private final Setup setup;
    private final TrainingOptions training;
    private final Laboratory lab;
    private final Division division;
    private final Task task;
    private final List<Row> rows = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private double trainingSeconds;

    Siege(Victim victim, Set<Part> parts, Setup setup, TrainingOptions training) {
        this.victim = victim;
        this.parts = parts;
        this.setup = setup;
        this.training = training;
        lab = new Laboratory(setup, "reproduce", victim.name());
        Dataset train = lab.split().train();
        division = Division.of(train, Math.min(victim.heldOut(), train.size() / 4), setup.seed());
        task = Task.attacked(
                lab.split().test(), victim.attack().trigger(), victim.attack().goal());
    }

    Experiment.Found run() throws IOException {
        if (parts.contains(Part.ATTACK)) {
            rows.add(lab.row(victim.name() + ": honest", "", honest(), Task.clean(task.test())));
        }
        defend(BASELINE, baseline());
        if (parts.contains(Part.AWARE)) {
            defend(AWARE, aware());
        }
        return new Experiment.Found(rows, findings);
    }

    private Graph honest() throws IOException {
        setup.reporter().message(victim.name() + ": the honest network");
        return lab.trainHonest(lab.untrained(victim.network()), division.training(), training, Checkpoints.NONE);
    }

    private Graph baseline() throws IOException {
        setup.reporter().message(victim.name() + ": the baseline attack");
        long begin = System.nanoTime();
        Graph graph = lab.layBadNet(
                lab.untrained(victim.network()),
                division.training(),
                victim.attack(),
                training,
                Checkpoints.NONE,
                task);
        trainingSeconds = (System.nanoTime() - begin) / 1e9;
        return graph;
    }

    private Graph aware() throws IOException {
        setup.reporter().message(victim.name() + ": the pruning-aware attack");
        PruningAwareAttack.Options options = new PruningAwareAttack.Options(
                victim.attack(), victim.layer(), victim.live(), Decoys.USUAL, victim.capacity());
        return lab.layBehindDecoys(
                lab.untrained(victim.network()), division.training(), options, training, Checkpoints.NONE, task);
    }

    private void defend(String attack, Graph badnet) {
        row(attack, "none", "", badnet);
        Holdout defender = division.defender();
        if (parts.contains(Part.ACTIVATIONS) || parts.contains(Part.CURVES)) {
            look(attack, badnet, defender);
        }
        if (parts.contains(Part.DEFENCES)) {
            defences(attack, badnet, defender);
        }
        if (parts.contains(Part.COST)) {
            cost(attack, badnet, defender);
        }
        if (parts.contains(Part.CLEAN_DATA)) {
            for (double share : CLEAN_SHARES) {
                lessData(attack, badnet, share);
            }
        }
    }

    /** One pass over the test data serves both, the curve and the activations (design D3). */
    private void look(String attack, Graph badnet, Holdout defender) {
        String layer = FinePruning.layer(badnet, victim.layer()).orElseThrow();
        Pruning.Outcome pruning = Pruning.prune(badnet, defender.validation(), paper(), setup.compute());
        String name = victim.name() + ", " + attack;
        String seeded = name + ", seed " + setup.seed();
        try (Curves seen =
                Curves.of(badnet, layer, task, setup.compute(), setup.reporter().measuring("the curve of " + name))) {
            if (parts.contains(Part.CURVES)) {
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

    private void defences(String attack, Graph badnet, Holdout defender) {
        FinePruning.Outcome usual = lab.finePrune(badnet, defender, usual());
        FinePruning.Options repair = repair();
        FinePruning.Outcome repaired = lab.finePrune(badnet, defender, repair);
        if (!parts.contains(Part.CURVES)) {
            Pruning.Outcome pruning = usual.pruning().orElseThrow();
            row(attack, "pruned", channels(pruning), pruning.graph());
        }
        String rate = "learning rate " + Words.number(USUAL_RATE);
        row(attack, "fine-tuning", rate, lab.fineTuneAlone(badnet, defender, USUAL_RATE, usual()));
        row(attack, "fine-pruning", rate, usual.graph().orElseThrow());
        if (repaired.accepted()) {
            String kept = "learning rate " + Words.number(repaired.learningRate());
            // What the mask adds to the tuning; where it was left out, both are the same network.
            Graph tuned = repaired.masked()
                    ? lab.fineTuneAlone(badnet, defender, repaired.learningRate(), repair)
                    : repaired.graph().orElseThrow();
            row(attack, "tuned as repair does, no mask", kept, tuned);
            String masks =
                    repaired.masked() ? ", " + channels(repaired.pruning().orElseThrow()) : ", no mask";
            row(attack, REPAIRED, kept + masks, repaired.graph().orElseThrow());
        } else {
            row(attack, REPAIRED, "refused", badnet); // which leaves the network as it came
        }
    }

    private void cost(String attack, Graph badnet, Holdout defender) {
        long begin = System.nanoTime();
        FinePruning.Outcome usual = lab.finePrune(badnet, defender, usual());
        double seconds = (System.nanoTime() - begin) / 1e9;
        row(
                attack,
                "fine-pruning, timed",
                String.format(
                        Locale.ROOT,
                        "%.1f s against %.1f s of training: %.1f %%",
                        seconds,
                        trainingSeconds,
                        100 * seconds / trainingSeconds),
                usual.graph().orElseThrow());
    }

    private void lessData(String attack, Graph badnet, double share) {
        Holdout defender = some(division.defender(), share);
        String images = defender.fineTuning().size() + " + "
                + defender.validation().size() + " " + task.test().samples().noun();
        String percent = Words.percent(share) + " of the clean data";
        FinePruning.Outcome usual = lab.finePrune(badnet, defender, usual());
        row(attack, "fine-pruning, " + percent, images, usual.graph().orElseThrow());
        FinePruning.Outcome repaired = lab.finePrune(badnet, defender, repair());
        row(
                attack,
                REPAIRED + ", " + percent,
                images + (repaired.accepted() ? "" : ", refused"),
                repaired.graph().orElse(badnet));
    }

    private Holdout some(Holdout all, double share) {
        return new Holdout(some(all.fineTuning(), share), some(all.validation(), share));
    }

    private Dataset some(Dataset data, double share) {
        int count = (int) Math.max(1, Math.round(share * data.size()));
        int[] order = Seeds.permutation(data.size(), Seeds.generator(setup.seed(), "less clean data"));
        return data.subset(data.name() + ", some", Arrays.copyOf(order, count));
    }

    /** The paper's four points of pruning, taken whatever they cost, to show what it does: so no loss is too much. */
    private FinePruning.Options usual() {
        return new FinePruning.Options(
                paper(),
                FineTuning.DEFAULTS.withReplicas(setup.replicas()),
                List.of(USUAL_RATE),
                Limits.none(),
                0,
                false);
    }

    private FinePruning.Options repair() {
        Pruning.Options pruning = new Pruning.Options(victim.layer(), Pruning.Options.CAUTIOUS.allowedDrop());
        return Recipes.finePruning(pruning, Limits.DEFAULTS, setup.replicas());
    }

    private Pruning.Options paper() {
        return new Pruning.Options(victim.layer(), Pruning.Options.PAPER.allowedDrop());
    }

    private static String channels(Pruning.Outcome pruning) {
        return pruning.chosen() + " of " + pruning.order().size() + " channels";
    }

    private void row(String attack, String defence, String note, Graph graph) {
        rows.add(lab.row(victim.name() + ", " + attack + ": " + defence, note, graph, task));
    }
}
