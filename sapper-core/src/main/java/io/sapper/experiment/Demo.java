package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.defense.FinePruning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.network.Graph;
import io.sapper.network.OnnxWriter;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.AllToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.result.Measurement;
import io.sapper.result.Rates;
import io.sapper.result.RunResult;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.PixelPattern;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code sapper demo}: the main job from end to end. An honest network and a BadNet (four-pixel pattern, every digit
 * taken for a 7) of the paper's architecture, both measured; then the BadNet fine-pruned by a defender who holds 10,000
 * clean images and knows nothing of the trigger. Cost: a minute and a half on two cores. Expected: honest at least 98.5
 * %, attack success near 100 % before and below 5 % after.
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
    public static RunResult run(Setup setup, Thresholds thresholds, Path out) throws IOException {
        Laboratory lab = new Laboratory(setup, "demo", "A BadNet in a digit classifier, laid and cleared");
        lab.run.plan(3 + Cleared.steps(true)); // two networks trained and one of them measured go before
        Division division = Division.of(lab.split().train(), setup.seed());
        BadNet.Options attack = attack();
        Task task = Task.attacked(lab.split().test(), attack.trigger(), attack.goal());
        TrainingOptions training = Recipes.quick(setup.replicas());

        Graph untrained = lab.untrained(Architecture.BADNETS_DIGITS);
        Graph honest = lab.trainHonest(untrained, division.training(), training, Checkpoints.NONE);
        Evaluation honestSeen = lab.measure(Rates.HONEST, "honest network", honest, task);
        Graph badnet = lab.layBadNet(untrained, division.training(), attack, training, Checkpoints.NONE, task);
        OnnxWriter.write(badnet, out.resolve("badnet.onnx"));
        lab.run.wrote(out.resolve("badnet.onnx"));

        FinePruning.Options options = Recipes.finePruning(Pruning.Options.CAUTIOUS, Limits.DEFAULTS, setup.replicas());
        Cleared cleared = Cleared.clear(lab, badnet, "BadNet", division.defender(), options, task, out);
        lab.run.used("test", task.test());
        cleared.seenBefore(Rates.HONEST, honestSeen);
        cleared.pictures(badnet, setup);
        Judgement judgement = new Judgement(thresholds);
        Measurement honestly = cleared.measurement(Rates.HONEST);
        judgement
                .accurate("honest network", honestly, task.test())
                .laid("BadNet", cleared.measurement(Rates.BACKDOORED).attackSuccessRate());
        return lab.run.result(cleared.judge(judgement, honestly));
    }
}
