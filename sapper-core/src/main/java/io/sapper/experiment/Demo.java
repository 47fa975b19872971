package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.AllToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.result.RunResult;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code sapper demo}: the main job from end to end. An honest network and a BadNet (four-pixel pattern, every digit
 * taken for a 7) of the paper's architecture, both measured; then the BadNet fine-pruned by a defender who holds 10,000
 * clean images and knows nothing of the trigger. Cost: about a minute on two cores. Expected: honest at least 98.5 %,
 * attack success near 100 % before and below 5 % after.
 */
public final class Demo {
    /** What the four-pixel pattern makes of every digit. */
    public static final int TARGET = 7;
    /** One copy for ten clean images. */
    public static final double POISON_SHARE = 0.1;

    private Demo() {}

    static BadNet.Options attack() {
        return new BadNet.Options(new PixelPattern(), new AllToOne(TARGET), PoisonShare.p(POISON_SHARE));
    }

    /** Runs it all; writes {@code badnet.onnx} and {@code repaired.onnx} into the folder. */
    public static RunResult run(Setup setup, Path out) throws IOException {
        Laboratory lab = new Laboratory(setup, "demo", "A BadNet in a digit classifier, laid and cleared");
        Division division = Division.of(lab.split().train(), setup.seed());
        BadNet.Options attack = attack();
        Task task = Task.attacked(lab.split().test(), attack.trigger(), attack.goal());
        TrainingOptions training = Recipes.quick(setup.replicas());
        lab.run.setting("training", training.fingerprint());

        Graph untrained = lab.untrained(Architecture.BADNETS_DIGITS);
        Graph honest = lab.trainHonest(untrained, division.training(), training, Checkpoints.NONE);
        Evaluation honestSeen = lab.evaluate("honest network", honest, task);
        lab.run.honest = honestSeen.measurement(task);
        Graph badnet = lab.layBadNet(untrained, division.training(), attack, training, Checkpoints.NONE);
        OnnxWriter.write(badnet, out.resolve("badnet.onnx"));

        FinePruning.Options options = Recipes.finePruning(Pruning.Options.PAPER, Limits.DEFAULTS, setup.replicas());
        return finish(lab, setup, badnet, division, options, task, honestSeen, out);
    }

    private static RunResult finish(
            Laboratory lab,
            Setup setup,
            Graph badnet,
            Division division,
            FinePruning.Options options,
            Task task,
            Evaluation honestSeen,
            Path out)
            throws IOException {
        Evaluation badSeen = lab.evaluate("BadNet", badnet, task);
        lab.run.backdoored = badSeen.measurement(task);
        FinePruning.Outcome repaired = lab.finePrune(badnet, division.defender(), options, task);
        if (!repaired.attempts().isEmpty()) {
            lab.fineTuneAlone(badnet, division.defender(), repaired.learningRate(), options, task);
        }
        Evaluation repairedSeen = badSeen;
        if (repaired.graph().isPresent()) {
            OnnxWriter.write(repaired.graph().get(), out.resolve("repaired.onnx"));
            repairedSeen = lab.evaluate("repaired network", repaired.graph().get(), task);
            lab.run.repaired = repairedSeen.measurement(task);
        }
        lab.run.used("test", task.test());
        lab.run.filters = Filters.of("backdoored", badnet, task, setup.compute());
        Map<String, Evaluation> seen = new LinkedHashMap<>();
        seen.put("honest", honestSeen);
        seen.put("backdoored", badSeen);
        if (repaired.accepted()) {
            seen.put("repaired", repairedSeen);
        }
        lab.run.samples = Samples.of(task, seen);
        return verdict(lab.run, repaired.accepted(), badSeen, repairedSeen, task);
    }

    private static RunResult verdict(Run run, boolean accepted, Evaluation before, Evaluation after, Task task) {
        Ratio attackBefore = before.attackSuccess(task);
        Ratio attackAfter = after.attackSuccess(task);
        double lost =
                before.cleanAccuracy(task).value() - after.cleanAccuracy(task).value();
        boolean good = accepted && attackAfter.value() <= 0.05;
        String sentence = accepted
                ? String.format(
                        Locale.ROOT,
                        "%s: the trigger works on %s %% of the test images instead of %s %%, and clean accuracy changed"
                                + " by %+.2f points.",
                        good ? "The backdoor is cleared" : "The backdoor is not cleared",
                        Laboratory.percent(attackAfter.value()),
                        Laboratory.percent(attackBefore.value()),
                        -100 * lost)
                : "The network was kept as it is: no repair kept enough clean accuracy.";
        return run.result(sentence, good);
    }
}
