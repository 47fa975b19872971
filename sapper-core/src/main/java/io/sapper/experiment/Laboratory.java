package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.data.Split;
import io.sapper.defense.FinePruning;
import io.sapper.defense.FineTuning;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Initialization;
import io.sapper.network.Network;
import io.sapper.network.zoo.Architecture;
import io.sapper.result.AttackSummary;
import io.sapper.result.Reproduced;
import io.sapper.training.Checkpoints;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import io.sapper.training.TrainingSummary;
import java.io.IOException;
import java.util.Locale;

/** The steps that runs are made of, each of which notes what it did and what it cost. */
final class Laboratory {
    final Run run;
    private final Setup setup;

    Laboratory(Setup setup, String command, String title) {
        this.setup = setup;
        run = new Run(command, title, setup.seed(), setup.compute());
        run.source(setup.data());
    }

    Split split() {
        return setup.data().split();
    }

    /** A new network of an architecture that fits the data. */
    Graph untrained(Architecture architecture) {
        Dataset train = split().train();
        run.setting("network", architecture.id());
        return Initialization.draw(architecture.graph(train.shape(), train.classCount()), setup.seed());
    }

    Graph trainHonest(Graph untrained, Dataset data, TrainingOptions options, Checkpoints checkpoints)
            throws IOException {
        run.begin();
        run.used("training, honest network", data);
        try (Network network = Network.of(untrained, setup.compute())) {
            TrainingSummary summary = Trainer.train(
                    network, data, options, setup.seed(), setup.reporter().training("honest network"), checkpoints);
            run.cost("train honest network", 0, 0, summary.images());
            return network.snapshot();
        }
    }

    Graph layBadNet(
            Graph untrained, Dataset data, BadNet.Options attack, TrainingOptions options, Checkpoints checkpoints)
            throws IOException {
        run.begin();
        run.used("training, BadNet (before copies are added)", data);
        BadNet.Outcome outcome = BadNet.lay(
                untrained,
                data,
                attack,
                options,
                setup.seed(),
                setup.compute(),
                setup.reporter().training("BadNet"),
                checkpoints);
        run.attack = new AttackSummary(
                attack.trigger().spec(),
                attack.goal().spec(),
                outcome.poisoned().p(),
                data.size(),
                outcome.poisoned().copies());
        run.cost("train BadNet", 0, 0, outcome.training().images());
        return outcome.graph();
    }

    Evaluation evaluate(String name, Graph graph, Task task) {
        run.begin();
        Evaluation seen = Evaluation.of(graph, task, setup.compute());
        run.cost("measure " + name, seen.passes(), 0, 0);
        return seen;
    }

    /** Measures a network for a table. */
    Reproduced.Row row(String what, String note, Graph graph, Task task) {
        Evaluation seen = evaluate(what, graph, task);
        boolean attacked = task.triggered() != null;
        return new Reproduced.Row(
                setup.seed(),
                what,
                note,
                seen.cleanAccuracy(task),
                attacked ? seen.attackSuccess(task) : null,
                attacked ? seen.recovered(task) : null);
    }

    /** Lays a BadNet of the digit network with all training images and measures it for a table. */
    Reproduced.Row attackedRow(String what, BadNet.Options attack, TrainingOptions training) throws IOException {
        Task task = Task.attacked(split().test(), attack.trigger(), attack.goal());
        Graph graph =
                layBadNet(untrained(Architecture.BADNETS_DIGITS), split().train(), attack, training, Checkpoints.NONE);
        return row(what, DrawnAttack.text(attack), graph, task);
    }

    /** Fine-prunes, and notes what each step alone would have done to the test data. */
    FinePruning.Outcome finePrune(Graph graph, Holdout clean, FinePruning.Options options, Task task) {
        run.used("defender: fine-tuning", clean.fineTuning());
        run.used("defender: validation (all decisions)", clean.validation());
        run.begin();
        FinePruning.Outcome outcome = FinePruning.repair(
                graph,
                clean.fineTuning(),
                clean.validation(),
                options,
                setup.seed(),
                setup.compute(),
                setup.reporter().training("fine-pruning"));
        run.cost("fine-prune", outcome.forwardPasses(), outcome.tailPasses(), outcome.trainingPasses());
        noteDecisions(outcome, options);
        outcome.pruning().ifPresent(pruning -> {
            run.setting("pruned layer", pruning.layer());
            run.setting(
                    "channels pruned",
                    pruning.chosen() + " of " + pruning.order().size());
            run.pruned = Curves.measure(run, graph, pruning, options.pruning().allowedDrop(), task, setup.compute())
                    .measurement(task);
        });
        return outcome;
    }

    private void noteDecisions(FinePruning.Outcome outcome, FinePruning.Options options) {
        run.setting("decided on", outcome.evidence().sentence());
        run.setting("allowed drop while pruning", percent(options.pruning().allowedDrop()) + " points");
        run.setting("allowed loss after tuning", percent(options.allowedLoss()) + " points");
        run.setting("fine-tuning", options.tuning().fingerprint());
        for (FinePruning.Attempt attempt : outcome.attempts()) {
            run.setting(
                    "validation accuracy after tuning at " + attempt.learningRate(),
                    attempt.validation().total() == 0
                            ? "diverged"
                            : percent(attempt.validation().value()) + " %");
        }
        outcome.pruning()
                .ifPresent(pruning -> run.setting(
                        "validation accuracy before",
                        percent(pruning.validation().get(0).value()) + " %"));
        outcome.worseClasses().forEach(row -> run.setting("class that got worse: " + row.name(), row.sentence()));
        outcome.warnings().forEach(run::warn);
    }

    /** Fine-tuning without pruning, at the learning rate that fine-pruning kept: what the mask adds. */
    Graph fineTuneAlone(Graph graph, Holdout clean, double learningRate, FinePruning.Options options, Task task) {
        run.begin();
        FineTuning.Outcome tuned = FineTuning.tune(
                graph,
                clean.fineTuning(),
                options.tuning(learningRate),
                setup.seed(),
                setup.compute(),
                setup.reporter().training("fine-tuning alone"));
        run.cost("fine-tune alone", 0, 0, tuned.training().images());
        run.fineTuned = evaluate("fine-tuned network", tuned.graph(), task).measurement(task);
        return tuned.graph();
    }

    /** Checks early that a network that came from outside fits the data. */
    void check(Graph graph) {
        Inference.checkInput(graph, split().test());
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f", 100 * fraction);
    }
}
