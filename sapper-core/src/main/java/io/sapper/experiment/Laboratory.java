package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.data.Split;
import io.sapper.defense.FinePruning;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.Poisoned;
import io.sapper.result.Attack;
import io.sapper.result.Measurement;
import io.sapper.result.Rates;
import io.sapper.result.Reproduced;
import io.sapper.training.Checkpoints;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import io.sapper.training.TrainingSummary;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The steps that runs are made of, each of which notes what it did and what it cost. */
final class Laboratory {
    /** What tables call a network without a backdoor. */
    static final String HONEST = "honest";

    final Run run;
    private final Setup setup;

    Laboratory(Setup setup, String command, String title) {
        this.setup = setup;
        run = new Run(command, title, setup);
    }

    Split split() {
        return setup.data().split();
    }

    /** A new network of an architecture that fits the data. */
    Graph untrained(Architecture architecture) {
        return first(new Beginning.Drawn(architecture));
    }

    /** The network that a training begins with. */
    Graph first(Beginning beginning) {
        run.setting("network", beginning.text());
        return beginning.graph(split().train(), setup.seed());
    }

    Graph trainHonest(Graph untrained, Dataset data, TrainingOptions options, Checkpoints checkpoints)
            throws IOException {
        run.begin("train honest network");
        run.setting("training", options.text());
        run.used("training, honest network", data);
        try (Network network = Network.of(untrained, setup.compute())) {
            TrainingSummary summary = Trainer.train(
                    network, data, options, setup.seed(), setup.reporter().training("honest network"), checkpoints);
            run.cost("train honest network", 0, 0, summary.images());
            return network.snapshot();
        }
    }

    Graph layBadNet(
            Graph untrained,
            Dataset data,
            BadNet.Options attack,
            TrainingOptions options,
            Checkpoints checkpoints,
            Task task)
            throws IOException {
        begin("train BadNet", options, data);
        BadNet.Outcome outcome = BadNet.lay(
                untrained,
                data,
                attack,
                options,
                setup.seed(),
                setup.compute(),
                setup.reporter().training("BadNet"),
                checkpoints);
        laid(attack, outcome.poisoned(), task);
        run.cost("train BadNet", 0, 0, outcome.training().images());
        return outcome.graph();
    }

    private void begin(String step, TrainingOptions options, Dataset data) {
        run.begin(step);
        run.setting("training", options.text());
        run.used("training, BadNet (before copies are added)", data);
    }

    private void laid(BadNet.Options attack, Poisoned poisoned, Task task) {
        run.found(new Attack(
                attack.trigger().spec(),
                attack.goal().spec(),
                new Attack.Poisoning(poisoned.p(), poisoned.cleanSize(), poisoned.copies()),
                Pictures.trigger(task)));
    }

    /** Lays a backdoor behind decoys, and notes what each step did. */
    Graph layBehindDecoys(
            Graph untrained,
            Dataset data,
            PruningAwareAttack.Options attack,
            PruningAwareAttack.Training training,
            Checkpoints checkpoints,
            Task task)
            throws IOException {
        begin("train BadNet, pruning-aware", training.clean(), data);
        if (!training.poisoned().equals(training.clean())) {
            run.setting("re-training", training.poisoned().text());
        }
        PruningAwareAttack.Outcome outcome = PruningAwareAttack.lay(
                untrained,
                data,
                attack,
                training,
                setup.seed(),
                setup.compute(),
                setup.reporter().training("BadNet"),
                checkpoints);
        laid(attack.badNet(), outcome.poisoned(), task);
        PruningAware.write(run, outcome, attack);
        run.cost("train BadNet, pruning-aware", outcome.forwardPasses(), 0, outcome.trainingPasses());
        run.begin("compare with the network before its decoys");
        Ratio same = PruningAware.agreement(outcome, task, setup.compute());
        run.did(
                "Check on test data",
                "With its decoys the network gives " + Words.withInterval(same)
                        + " of the test images, clean and triggered, the class that it gave before step 4.");
        run.cost("compare with the network before its decoys", 2 * task.passes(), 0, 0);
        return outcome.graph();
    }

    Evaluation evaluate(String name, Graph graph, Task task) {
        String step = "measure " + name;
        run.begin(step);
        Evaluation seen =
                Evaluation.of(graph, task, setup.compute(), setup.reporter().measuring(step));
        run.cost(step, seen.passes(), 0, 0);
        return seen;
    }

    /** Measures a network and notes it under one of {@link Rates}' names. */
    Evaluation measure(String network, String name, Graph graph, Task task) {
        Evaluation seen = evaluate(name, graph, task);
        run.measured(network, seen.measurement(task));
        return seen;
    }

    /**
     * As {@link #measure(String, String, Graph, Task)}; what one of its layers does is known afterwards, too, and is to
     * be closed.
     */
    Curves measure(String network, String name, Graph graph, String layer, Task task) {
        String step = "measure " + name;
        run.begin(step);
        Curves seen =
                Curves.of(graph, layer, task, setup.compute(), setup.reporter().measuring(step));
        run.cost(step, task.passes(), 0, 0);
        run.measured(network, seen.seen().measurement(task));
        return seen;
    }

    /**
     * A network that was trained for a table.
     *
     * @param graph the network
     * @param row for the table
     * @param seen class by class
     */
    record Trained(Graph graph, Reproduced.Row row, Measurement seen) {}

    /** Measures a network for a table. */
    Reproduced.Row row(String what, String note, Graph graph, Task task) {
        return trained(what, note, graph, task).row();
    }

    private Trained trained(String what, String note, Graph graph, Task task) {
        Evaluation seen = evaluate(what, graph, task);
        boolean attacked = task.triggered() != null;
        Reproduced.Row row = new Reproduced.Row(
                setup.seed(),
                what,
                note,
                seen.cleanAccuracy(task),
                attacked ? seen.attackSuccess(task) : null,
                attacked ? seen.recovered(task) : null);
        return new Trained(graph, row, seen.measurement(task));
    }

    /** What decides the bits of an honest network, but for the threads, which are a process's own. */
    private record HonestKey(String data, TrainingOptions training, long seed, Compute compute) {}

    /** An honest digit network, trained with all training images; once for all parts that ask for the same. */
    Graph honestDigits(TrainingOptions training) throws IOException {
        HonestKey key = new HonestKey(split().train().digest(), training, setup.seed(), setup.compute());
        return setup.networks()
                .get(
                        key,
                        Graph.class,
                        () -> trainHonest(
                                untrained(Architecture.BADNETS_DIGITS), split().train(), training, Checkpoints.NONE));
    }

    /** Trains an honest digit network with all training images and measures it for a table. */
    Trained honest(TrainingOptions training) throws IOException {
        return trained(HONEST, "", honestDigits(training), Task.clean(split().test()));
    }

    /** Lays a BadNet of the digit network with all training images and measures it for a table. */
    Trained attacked(String what, BadNet.Options attack, TrainingOptions training) throws IOException {
        return attacked(what, attack, training, untrained(Architecture.BADNETS_DIGITS));
    }

    /** As {@link #attacked(String, BadNet.Options, TrainingOptions)}, from a network on. */
    Trained attacked(String what, BadNet.Options attack, TrainingOptions training, Graph first) throws IOException {
        Task task = Task.attacked(split().test(), attack.trigger(), attack.goal());
        Graph graph = layBadNet(first, split().train(), attack, training, Checkpoints.NONE, task);
        return trained(what, DrawnAttack.text(attack), graph, task);
    }

    /** Fine-prunes, and notes what it decided. */
    FinePruning.Outcome finePrune(Graph graph, Holdout clean, FinePruning.Options options) {
        run.used("defender: fine-tuning", clean.fineTuning());
        run.used("defender: validation", clean.validation());
        run.begin("fine-prune");
        FinePruning.Outcome outcome = FinePruning.repair(
                graph,
                clean.fineTuning(),
                clean.validation(),
                options,
                setup.seed(),
                setup.compute(),
                setup.reporter().training("fine-pruning"));
        run.cost("fine-prune", outcome.forwardPasses(), outcome.tailPasses(), outcome.trainingPasses());
        RepairNotes.write(run, outcome, options);
        return outcome;
    }

    /** The pruning curve on test data, what pruning alone would have done, and the layer's activations. */
    Measurement curve(Curves seen, Pruning.Outcome pruning, FinePruning.Options options, Task task) {
        String step = "pruning curve on test data";
        run.begin(step);
        Curves.Measured measured = seen.measure(
                pruning, options.pruning().allowedDrop(), setup.reporter().measuring(step));
        run.cost(step, 0, measured.tailPasses(), 0);
        Measurement pruned = measured.asPruned().measurement(task);
        run.measured(Rates.PRUNED, pruned);
        run.found(measured.curve());
        run.found(seen.profile(Rates.BACKDOORED));
        return pruned;
    }

    /** What fine-pruning's last attempt makes without pruning: what the masks add. */
    Graph fineTuneAlone(Graph graph, Holdout clean, FinePruning.Outcome outcome, FinePruning.Options options) {
        run.begin("fine-tune alone");
        FineTuning.Outcome tuned = FinePruning.withoutPruning(
                graph,
                outcome,
                clean.fineTuning(),
                clean.validation(),
                options,
                setup.seed(),
                setup.compute(),
                setup.reporter().training("fine-tuning alone"));
        run.cost("fine-tune alone", 0, 0, tuned.training().images());
        return tuned.graph();
    }

    /** A repaired network without masks is what fine-tuning alone makes. */
    Graph tunedAlready(Graph repaired) {
        run.begin("fine-tune alone");
        run.cost("fine-tune alone", 0, 0, 0);
        return repaired;
    }

    /** The attack that the user named, to be measured; nothing where none was. */
    void named(Runs.@Nullable KnownAttack known, Task task) {
        if (known != null) {
            run.found(new Attack(known.trigger().spec(), known.goal().spec(), null, Pictures.trigger(task)));
        }
    }

    /** Checks early that a network that came from outside fits the data. */
    void check(Graph graph) {
        Inference.checkInput(graph, split().test());
    }
}
