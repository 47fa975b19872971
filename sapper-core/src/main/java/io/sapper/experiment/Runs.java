package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.defense.FinePruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.Goal;
import io.sapper.result.RunResult;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The single jobs of the command line: train, attack, evaluate, repair. */
public final class Runs {
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
            Architecture architecture,
            TrainingOptions training,
            int heldOut,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        Laboratory lab = new Laboratory(setup, "train", "An honest network");
        Task task = Task.clean(lab.split().test());
        lab.run.setting("training", training.fingerprint());
        Dataset data = trainingPart(lab, heldOut, setup.seed());
        Graph graph = lab.trainHonest(lab.untrained(architecture), data, training, checkpoints);
        OnnxWriter.write(graph, out.resolve("model.onnx"));
        checkpoints.clear();
        Evaluation seen = lab.evaluate("honest network", graph, task);
        lab.run.honest = seen.measurement(task);
        finish(lab, graph, "honest", seen, task, setup);
        return lab.run.result(
                String.format(
                        Locale.ROOT,
                        "Trained: %s %% of the test images are classified right.",
                        Laboratory.percent(seen.cleanAccuracy(task).value())),
                true);
    }

    /**
     * Lays a backdoor and writes {@code badnet.onnx}.
     *
     * @param heldOut training images kept back for a defender, 0 for none
     */
    public static RunResult attack(
            Setup setup,
            Architecture architecture,
            BadNet.Options attack,
            TrainingOptions training,
            int heldOut,
            Checkpoints checkpoints,
            Path out)
            throws IOException {
        Laboratory lab = new Laboratory(setup, "attack", "A BadNet");
        Task task = Task.attacked(lab.split().test(), attack.trigger(), attack.goal());
        lab.run.setting("training", training.fingerprint());
        Dataset data = trainingPart(lab, heldOut, setup.seed());
        Graph graph = lab.layBadNet(lab.untrained(architecture), data, attack, training, checkpoints);
        OnnxWriter.write(graph, out.resolve("badnet.onnx"));
        checkpoints.clear();
        Evaluation seen = lab.evaluate("BadNet", graph, task);
        lab.run.backdoored = seen.measurement(task);
        finish(lab, graph, "backdoored", seen, task, setup);
        return lab.run.result(attackSentence(seen, task), true);
    }

    /** Measures a network that came from outside. */
    public static RunResult evaluate(Setup setup, Graph graph, Path model, Optional<KnownAttack> known) {
        Laboratory lab = new Laboratory(setup, "evaluate", "A network, measured");
        lab.check(graph);
        lab.run.setting("model", model.getFileName());
        Task task = task(lab, known);
        Evaluation seen = lab.evaluate("network", graph, task);
        lab.run.backdoored = seen.measurement(task);
        finish(lab, graph, "backdoored", seen, task, setup);
        return lab.run.result(
                known.isPresent()
                        ? attackSentence(seen, task)
                        : String.format(
                                Locale.ROOT,
                                "%s %% of the test images are classified right.",
                                Laboratory.percent(seen.cleanAccuracy(task).value())),
                true);
    }

    /**
     * Fine-prunes a network that came from outside and writes {@code repaired.onnx}; where the repair is refused, there
     * is no such file.
     *
     * @param cleanImages the defender's, taken from the training part of the data
     * @param known only measured with, never used to decide
     */
    public static RunResult repair(
            Setup setup,
            Graph graph,
            Path model,
            int cleanImages,
            FinePruning.Options options,
            Optional<KnownAttack> known,
            Path out)
            throws IOException {
        Laboratory lab = new Laboratory(setup, "repair", "A network, fine-pruned");
        lab.check(graph);
        lab.run.setting("model", model.getFileName());
        Task task = task(lab, known);
        Division division = Division.of(lab.split().train(), cleanImages, setup.seed());
        Evaluation before = lab.evaluate("network as received", graph, task);
        lab.run.backdoored = before.measurement(task);
        FinePruning.Outcome repaired = lab.finePrune(graph, division.defender(), options, task);
        Evaluation after = before;
        if (repaired.graph().isPresent()) {
            OnnxWriter.write(repaired.graph().get(), out.resolve("repaired.onnx"));
            after = lab.evaluate("repaired network", repaired.graph().get(), task);
            lab.run.repaired = after.measurement(task);
        }
        lab.run.used("test", task.test());
        lab.run.filters = graph.hasConvolution() ? Filters.of("backdoored", graph, task, setup.compute()) : null;
        Map<String, Evaluation> seen = new LinkedHashMap<>();
        seen.put("backdoored", before);
        if (repaired.accepted()) {
            seen.put("repaired", after);
        }
        lab.run.samples = Samples.of(task, seen);
        return lab.run.result(repairSentence(repaired, before, after, task), repaired.accepted());
    }

    private static Dataset trainingPart(Laboratory lab, int heldOut, long seed) {
        Dataset train = lab.split().train();
        return heldOut == 0 ? train : Division.of(train, heldOut, seed).training();
    }

    private static Task task(Laboratory lab, Optional<KnownAttack> known) {
        Dataset test = lab.split().test();
        return known.map(attack -> Task.attacked(test, attack.trigger(), attack.goal()))
                .orElseGet(() -> Task.clean(test));
    }

    private static void finish(Laboratory lab, Graph graph, String name, Evaluation seen, Task task, Setup setup) {
        lab.run.used("test", task.test());
        lab.run.filters = graph.hasConvolution() ? Filters.of(name, graph, task, setup.compute()) : null;
        lab.run.samples = Samples.of(task, Map.of(name, seen));
    }

    private static String attackSentence(Evaluation seen, Task task) {
        return String.format(
                Locale.ROOT,
                "The trigger works on %s %% of the test images that count, and %s %% of the clean ones are classified"
                        + " right.",
                Laboratory.percent(seen.attackSuccess(task).value()),
                Laboratory.percent(seen.cleanAccuracy(task).value()));
    }

    private static String repairSentence(FinePruning.Outcome repaired, Evaluation before, Evaluation after, Task task) {
        if (repaired.refusal().isPresent()) {
            return "Refused, and no repaired.onnx written. "
                    + repaired.refusal().get().sentence();
        }
        Ratio attack = after.attackSuccess(task);
        String known = attack.total() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " The trigger works on %s %% of the test images instead of %s %%.",
                        Laboratory.percent(attack.value()),
                        Laboratory.percent(before.attackSuccess(task).value()));
        return String.format(
                        Locale.ROOT,
                        "Fine-pruned: clean accuracy %s %% instead of %s %%.",
                        Laboratory.percent(after.cleanAccuracy(task).value()),
                        Laboratory.percent(before.cleanAccuracy(task).value()))
                + known;
    }
}
