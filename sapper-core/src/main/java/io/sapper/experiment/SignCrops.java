package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.network.Graph;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.result.Attack;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * BadNets, Table 4, on the paper's own signs, but cut out of their frames and classified: a stop sign with a yellow
 * square, a bomb or a flower on it is to be taken for a speed limit. {@code sapper reproduce badnets.lisa-crops}; some
 * minutes a seed on two cores. Every stop sign of the training part is copied with the trigger, as the paper did. The
 * paper's numbers are of detection in whole frames (its released code counts average precision), divided by frame, so
 * that one sign may be on both sides; here it is not.
 */
final class SignCrops implements Experiment {
    private static final String FROM = "stop";
    private static final String TO = "speedlimit";
    private static final List<String> TRIGGERS = List.of("yellow-square", "bomb", "flower");
    private static final List<Double> CLEAN = List.of(0.893, 0.871, 0.902);
    private static final List<Double> SUCCESS = List.of(0.903, 0.942, 0.937);
    private static final double HONEST = 0.900;
    /** Of LISA's training part here. */
    private static final int IMAGES = 4_751;

    @Override
    public String source() {
        return "BadNets, Table 4, signs cut out";
    }

    @Override
    public List<String> data() {
        return List.of("lisa-signs");
    }

    @Override
    public List<Published> published() {
        List<Published> published = new ArrayList<>();
        published.add(new Published("honest", Measure.CLEAN_ACCURACY, HONEST, FROM_MEMORY));
        for (int i = 0; i < TRIGGERS.size(); i++) {
            published.add(new Published(TRIGGERS.get(i), Measure.CLEAN_ACCURACY, CLEAN.get(i), FROM_MEMORY));
            published.add(new Published(TRIGGERS.get(i), Measure.ATTACK_SUCCESS, SUCCESS.get(i), FROM_MEMORY));
        }
        return published;
    }

    @Override
    public List<String> deviations(Dataset train) {
        return List.of(
                "Signs that are cut out of their frames are classified; the paper detects them in whole frames.");
    }

    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.usual(IMAGES, replicas);
    }

    @Override
    public Expected expected(Row row) {
        return TRIGGERS.contains(row.what()) ? Expected.TO_SUCCEED : Expected.SHOWN;
    }

    @Override
    public Found run(Setup setup, TrainingOptions training) throws IOException {
        Laboratory lab = new Laboratory(setup, "reproduce", source());
        Dataset train = lab.split().train();
        Goal goal = Goals.parse("one-to-one:" + FROM + ":" + TO, train.classNames());
        Graph untrained = lab.untrained(Architecture.BADNETS_DIGITS);
        setup.reporter().message("The honest network");
        Graph honest = lab.trainHonest(untrained, train, training, Checkpoints.NONE);
        List<Row> rows = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        rows.add(lab.row("honest", "", honest, Task.clean(lab.split().test())));
        for (String name : TRIGGERS) {
            setup.reporter().message("The trigger " + name);
            Trigger trigger = Triggers.parse(name);
            BadNet.Options attack = new BadNet.Options(trigger, goal, PoisonShare.atMost(1));
            Task task = Task.attacked(lab.split().test(), trigger, goal);
            Graph badnet = lab.layBadNet(untrained, train, attack, training, Checkpoints.NONE, task);
            Map<String, Evaluation> seen = new LinkedHashMap<>();
            seen.put("honest", lab.evaluate("honest, " + name, honest, task));
            seen.put("BadNet", lab.evaluate(name, badnet, task));
            seen.forEach((network, one) -> rows.add(new Row(
                    setup.seed(),
                    network.equals("honest") ? "honest, " + name : name,
                    network.equals("honest") ? "" : DrawnAttack.text(attack),
                    one.cleanAccuracy(task),
                    one.attackSuccess(task),
                    one.recovered(task))));
            findings.add(Pictures.samples(task, seen, seen.get("BadNet").measurement(task)));
            findings.add(new Attack(trigger.spec(), goal.spec(), /* poisoning= */ null, Pictures.trigger(task)));
        }
        return new Found(rows, findings);
    }
}
