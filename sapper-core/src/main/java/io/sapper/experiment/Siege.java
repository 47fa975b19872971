package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.Dataset;
import io.sapper.network.Graph;
import io.sapper.result.Attack;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.Checkpoints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Victim victim;
    private final BadNet.Options attack;
    private final Set<Part> parts;
    private final Setup setup;
    private final PruningAwareAttack.Training training;
    private final Laboratory lab;
    private final Division division;
    private final Task task;
    private final List<Row> rows = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private double trainingSeconds;

    Siege(Victim victim, Set<Part> parts, Setup setup, PruningAwareAttack.Training training) {
        this.victim = victim;
        this.parts = parts;
        this.setup = setup;
        this.training = training;
        lab = new Laboratory(setup, "reproduce", victim.name());
        Dataset train = lab.split().train();
        victim.check(train);
        division = Division.of(train, Math.min(victim.heldOut(), train.size() / 4), setup.seed());
        attack = victim.attack().badNet();
        task = Task.attacked(lab.split().test(), attack.trigger(), attack.goal());
    }

    Experiment.Found run() throws IOException {
        Map<String, Graph> networks = new LinkedHashMap<>();
        Graph honest = honest();
        networks.put("honest", honest);
        if (parts.contains(Part.ATTACK)) {
            rows.add(lab.row(victim.name() + ": honest", "", honest, Task.clean(task.test())));
        }
        Graph baseline = baseline(honest);
        networks.put(BASELINE, baseline);
        defend(BASELINE, baseline);
        if (parts.contains(Part.AWARE)) {
            Graph aware = aware();
            networks.put(AWARE, aware);
            defend(AWARE, aware);
        }
        if (parts.contains(Part.ATTACK)) {
            show(networks);
        }
        return new Experiment.Found(rows, findings);
    }

    /** The trigger, and test samples with it and without, and what each network says of them. */
    private void show(Map<String, Graph> networks) {
        Map<String, Evaluation> seen = new LinkedHashMap<>();
        networks.forEach((name, graph) -> seen.put(name, lab.evaluate(victim.name() + ", " + name, graph, task)));
        findings.add(Pictures.samples(
                task, seen, Objects.requireNonNull(seen.get(BASELINE)).measurement(task)));
        findings.add(new Attack(
                attack.trigger().spec(), attack.goal().spec(), /* poisoning= */ null, Pictures.trigger(task)));
    }

    private Graph honest() throws IOException {
        setup.reporter().message(victim.name() + ": the honest network");
        long begin = System.nanoTime();
        Graph graph = lab.trainHonest(
                lab.untrained(victim.network().architecture()),
                division.training(),
                training.clean(),
                Checkpoints.NONE);
        trainingSeconds = (System.nanoTime() - begin) / 1e9;
        return graph;
    }

    /** Goes on from the honest network, as the authors' released weights did. */
    private Graph baseline(Graph honest) throws IOException {
        setup.reporter().message(victim.name() + ": the baseline attack");
        return lab.layBadNet(honest, division.training(), attack, training.poisoned(), Checkpoints.NONE, task);
    }

    private Graph aware() throws IOException {
        setup.reporter().message(victim.name() + ": the pruning-aware attack");
        return lab.layBehindDecoys(
                lab.untrained(victim.network().architecture()),
                division.training(),
                victim.attack(),
                training,
                Checkpoints.NONE,
                task);
    }

    private void defend(String kind, Graph badnet) {
        String name = victim.name() + ", " + kind;
        Defences defences = new Defences(setup, lab, task, victim.attack().layer(), division.defender(), name, badnet);
        Set<Part> asked = EnumSet.copyOf(parts);
        if (!kind.equals(BASELINE)) {
            asked.remove(Part.CLEAN_DATA); // how little is enough is asked of the baseline alone
        }
        Experiment.Found found = defences.run(asked, trainingSeconds);
        rows.addAll(found.rows());
        findings.addAll(found.findings());
    }
}
