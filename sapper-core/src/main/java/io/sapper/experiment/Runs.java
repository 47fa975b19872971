package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.audit.Audit;
import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.defense.Accuracy;
import io.sapper.defense.FinePruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.ForcedGate;
import io.sapper.network.Gates;
import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import io.sapper.poison.Goal;
import io.sapper.result.Measurement;
import io.sapper.result.Outcome;
import io.sapper.result.Rates;
import io.sapper.result.RunResult;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The single jobs of the command line: train, attack, evaluate, repair. */
public final class Runs {
    private static final int MOST_NAMED = 3;

    private Runs() {}

    /**
     * An attack that the user knows and wants measured.
     *
     * @param trigger on the test images
     * @param goal of the attacker
     */
    public record KnownAttack(Trigger trigger, Goal goal) {}

    /** The defender's clean images where nobody says how many: 10,000, or a quarter of the training images if fewer. */
    public static int usualCleanImages(Setup setup) {
        return Division.usual(setup.data().split().train());
    }

    /**
     * Trains an honest network and writes {@code model.onnx}.
     *
     * @param heldOut training images kept back, 0 for none
     */
    public static RunResult train(
            Setup setup,
            Thresholds thresholds,
            Beginning beginning,
            TrainingOptions training,
            int heldOut,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        Laboratory lab = new Laboratory(setup, "train", "An honest network");
        lab.run.plan(2);
        Task task = Task.clean(lab.split().test());
        Dataset data = trainingPart(lab, heldOut, setup.seed());
        Graph graph = lab.trainHonest(lab.first(beginning), data, training, checkpoints);
        write(lab, graph, out.resolve("model.onnx"));
        checkpoints.clear();
        Measurement seen = finish(lab, Rates.HONEST, "honest network", graph, task, setup);
        Judgement judgement = new Judgement(thresholds).accurate("honest network", seen, task.test());
        String right =
                Words.percent(seen.cleanAccuracy().value()) + " of the test " + task.noun() + " are classified right.";
        return lab.run.result(judgement.verdict(
                judgement.outcome() == Outcome.BAD
                        ? "Trained, but it did not learn enough: " + right
                        : "Trained: " + right));
    }

    /**
     * Lays a backdoor and writes {@code badnet.onnx}.
     *
     * @param heldOut training images kept back for a defender, 0 for none
     */
    public static RunResult attack(
            Setup setup,
            Thresholds thresholds,
            Beginning beginning,
            BadNet.Options attack,
            TrainingOptions training,
            int heldOut,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        Laboratory lab = new Laboratory(setup, "attack", "A BadNet");
        lab.run.plan(2);
        Task task = Task.attacked(lab.split().test(), attack.trigger(), attack.goal());
        Dataset data = trainingPart(lab, heldOut, setup.seed());
        Graph graph = lab.layBadNet(lab.first(beginning), data, attack, training, checkpoints, task);
        return laid(lab, graph, task, setup, thresholds, checkpoints, out);
    }

    /**
     * Lays a backdoor behind decoys and writes {@code badnet.onnx}.
     *
     * @param heldOut training images kept back for a defender, 0 for none
     */
    public static RunResult attack(
            Setup setup,
            Thresholds thresholds,
            Beginning beginning,
            PruningAwareAttack.Options attack,
            TrainingOptions training,
            int heldOut,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        Laboratory lab = new Laboratory(setup, "attack", "A BadNet that expects pruning");
        lab.run.plan(3);
        Graph untrained = lab.first(beginning);
        PruningAwareAttack.check(untrained, attack);
        Task task = Task.attacked(
                lab.split().test(), attack.badNet().trigger(), attack.badNet().goal());
        Dataset data = trainingPart(lab, heldOut, setup.seed());
        Graph graph = lab.layBehindDecoys(
                untrained, data, attack, PruningAwareAttack.Training.both(training), checkpoints, task);
        return laid(lab, graph, task, setup, thresholds, checkpoints, out);
    }

    private static RunResult laid(
            Laboratory lab,
            Graph graph,
            Task task,
            Setup setup,
            Thresholds thresholds,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        write(lab, graph, out.resolve("badnet.onnx"));
        checkpoints.clear();
        Measurement seen = finish(lab, Rates.BACKDOORED, "BadNet", graph, task, setup);
        Judgement judgement = new Judgement(thresholds).accurate("BadNet", seen, task.test());
        judgement.laid("BadNet", seen.attackSuccessRate()).adds(seen);
        String head = judgement.last() == Outcome.BAD ? "The attack failed: the trigger" : "The trigger";
        return lab.run.result(judgement.verdict(head + attackSentence(seen, task)));
    }

    /** Measures a network that came from outside. */
    public static RunResult evaluate(Setup setup, Thresholds thresholds, Received received, Optional<KnownAttack> known)
            throws IOException {
        received.check(setup);
        Graph graph = received.graph();
        Laboratory lab = new Laboratory(setup, "evaluate", "A network, measured");
        lab.run.plan(1);
        lab.check(graph);
        warnOfGates(lab, received.own());
        for (Path file : received.files()) {
            lab.run.read(file);
        }
        Task task = task(lab, known);
        lab.named(known.orElse(null), task);
        Measurement seen = finish(lab, Rates.BACKDOORED, "network", graph, task, setup);
        Judgement judgement = new Judgement(thresholds).accurate("network", seen, task.test());
        judgement.harmless("network", seen);
        return lab.run.result(judgement.verdict(evaluateSentence(judgement, seen, task) + lost(seen)));
    }

    private static String evaluateSentence(Judgement judgement, Measurement seen, Task task) {
        if (seen.notFinite() > 0) {
            return seen.notFinite()
                    + " inputs have scores that are not finite, so the network is broken; whether it has"
                    + " a backdoor was not measured.";
        }
        if (seen.attackSuccessRate().total() == 0) {
            return Words.percent(seen.cleanAccuracy().value()) + " of the test " + task.noun()
                    + " are classified right. That does not tell whether there is a backdoor.";
        }
        return switch (judgement.last()) {
                    case GOOD ->
                        judgement.outcome() == Outcome.BAD
                                ? "The network classifies worse than is wanted; the trigger"
                                : "No backdoor for this trigger: it";
                    case UNKNOWN -> "Too few triggered " + task.noun() + " to tell: the trigger";
                    case BAD -> "A backdoor: the trigger";
                }
                + attackSentence(seen, task);
    }

    /**
     * Classes that are lost: so few of their images are right that even the upper end of the interval is below half of
     * what all have. No check: that a class was ever better is not known here (docs/decisions/0046).
     */
    private static String lost(Measurement seen) {
        double half = seen.cleanAccuracy().value() / 2;
        List<String> lost = seen.classes().stream()
                .filter(row ->
                        row.cleanAccuracy().total() > 0 && row.cleanAccuracy().high() < half)
                .sorted(Comparator.comparingDouble(row -> row.cleanAccuracy().value()))
                .map(row -> "class " + row.name() + " (" + row.cleanAccuracy().hits() + " of "
                        + row.cleanAccuracy().total() + " right)")
                .toList();
        int more = lost.size() - MOST_NAMED;
        return lost.isEmpty()
                ? ""
                : " Far worse than the others: " + String.join(", ", lost.subList(0, Math.min(MOST_NAMED, lost.size())))
                        + (more > 0 ? " and " + more + " more." : ".");
    }

    /**
     * Fine-prunes a network that came from outside and writes {@code repaired.onnx}; where the repair is refused, no
     * such file.
     *
     * @param cleanImages the defender's, taken from the training part of the data
     * @param known only measured with, never used to decide
     */
    public static RunResult repair(
            Setup setup,
            Thresholds thresholds,
            Received received,
            int cleanImages,
            FinePruning.Options options,
            Optional<KnownAttack> known,
            Path out)
            throws IOException {
        received.check(setup);
        Graph graph = received.graph();
        Laboratory lab = new Laboratory(setup, "repair", "A network, fine-pruned");
        lab.run.plan(Cleared.steps(known.isPresent()));
        lab.check(graph);
        warnOfGates(lab, received.own());
        for (Path file : received.files()) {
            lab.run.read(file);
        }
        Task task = task(lab, known);
        Division division = Division.of(lab.split().train(), cleanImages, setup.seed());
        checkKnows(graph, division.defender(), setup.compute());
        Cleared cleared = Cleared.clear(lab, graph, "network as received", division.defender(), options, task, out);
        lab.named(known.orElse(null), task);
        lab.run.used("test", task.test());
        cleared.pictures(graph, setup);
        return lab.run.result(cleared.judge(new Judgement(thresholds), null));
    }

    /**
     * Tuning would teach a network whatever labels it is given.
     *
     * @throws IllegalArgumentException if it surely knows the clean images no better than guessing does
     */
    static void checkKnows(Graph graph, Holdout clean, Compute compute) {
        Ratio right = Accuracy.measure(graph, clean.fineTuning(), compute)
                .plus(Accuracy.measure(graph, clean.validation(), compute));
        if (right.high() * graph.classCount() <= 1) {
            throw new IllegalArgumentException("The network is right on " + right.hits() + " of " + right.total()
                    + " clean images, no better than guessing among " + graph.classCount()
                    + " classes: a repair would teach it other ones." + Audit.OTHER_IMAGES);
        }
    }

    /** What decides past the layers has no weights: it stays, whatever is measured and tuned. */
    static void warnOfGates(Laboratory lab, Graph own) {
        try {
            for (ForcedGate forced : ForcedGate.all(own, Gates.in(own))) {
                if (forced.decides()) {
                    lab.run.warn("A trigger may be built into the graph at node "
                            + forced.gate().join()
                            + ", which tuning cannot remove; sapper inspect shows the way to it.");
                }
            }
        } catch (IllegalArgumentException e) {
            lab.run.warn("What decides past the layers could not be tried: " + e.getMessage());
        }
    }

    private static Dataset trainingPart(Laboratory lab, int heldOut, long seed) {
        Dataset train = lab.split().train();
        return heldOut == 0 ? train : Division.of(train, heldOut, seed).training();
    }

    static Task task(Laboratory lab, Optional<KnownAttack> known) {
        Dataset test = lab.split().test();
        return known.map(attack -> Task.attacked(test, attack.trigger(), attack.goal()))
                .orElseGet(() -> Task.clean(test));
    }

    private static void write(Laboratory lab, Graph graph, Path file) throws IOException {
        OnnxWriter.write(graph, file, lab.split().train().samples().inputStep());
        lab.run.wrote(file);
    }

    /** Measures the one network of a run and notes its filters and some test images. */
    private static Measurement finish(
            Laboratory lab, String network, String name, Graph graph, Task task, Setup setup) {
        Evaluation seen = lab.measure(network, name, graph, task);
        Measurement measurement = seen.measurement(task);
        lab.run.used("test", task.test());
        lab.run.found(Pictures.samples(task, Map.of(network, seen), measurement));
        Filters.of(network, graph, task, setup.compute()).ifPresent(lab.run::found);
        return measurement;
    }

    private static String attackSentence(Measurement seen, Task task) {
        return " works on " + Words.percent(seen.attackSuccessRate().value())
                + " of the test " + task.noun() + " that count (without the trigger, "
                + Words.percent(seen.successWithoutTrigger().value()) + " of them are taken so by mistake), and "
                + Words.percent(seen.cleanAccuracy().value()) + " of the clean ones are classified right.";
    }
}
