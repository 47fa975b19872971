package io.sapper.experiment;

import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.Dataset;
import io.sapper.experiment.Siege.Part;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Published;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Fine-Pruning's own systems, each attacked as the paper attacks it and defended as the paper defends it. The defender
 * holds clean samples that nobody trained on. Each experiment is some parts of the same course ({@link Siege}).
 */
final class FinePruningSystems implements Experiment {
    private final String source;
    private final List<Victim> victims;
    private final Set<Part> parts;
    private final List<Published> published;

    FinePruningSystems(String source, List<Victim> victims, Set<Part> parts, List<Published> published) {
        this.source = source;
        this.victims = List.copyOf(victims);
        this.parts = Set.copyOf(parts);
        this.published = List.copyOf(published);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public List<Published> published() {
        return published;
    }

    @Override
    public List<String> data() {
        return victims.stream().map(victim -> victim.data().id()).distinct().toList();
    }

    @Override
    public List<String> deviations(Dataset train) {
        List<String> deviations = new ArrayList<>();
        for (int i = 0; i < victims.size(); i++) {
            Victim victim = victims.get(i);
            deviations.addAll(
                    i == 0
                            ? victim.deviations(train.name(), train.classCount())
                            : victim.deviations(victim.data().id(), 0));
        }
        return deviations;
    }

    @Override
    public TrainingOptions training(int replicas) {
        return victims.get(0).training().apply(replicas);
    }

    @Override
    public Found run(Setup setup, TrainingOptions training) throws IOException {
        TrainingOptions usual = training(training.replicas());
        List<Row> rows = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < victims.size(); i++) {
            Victim victim = victims.get(i);
            Setup own = i == 0
                    ? setup
                    : setup.withData(setup.loader().load(victim.data().id()));
            boolean told = training.epochs() != usual.epochs();
            PruningAwareAttack.Training both = new PruningAwareAttack.Training(
                    with(told, training, victim.training().apply(training.replicas())),
                    with(told, training, victim.retraining().apply(training.replicas())));
            Found found = new Siege(victim, parts, own, both).run();
            rows.addAll(found.rows());
            findings.addAll(found.findings());
        }
        return new Found(rows, findings);
    }

    /** The victim's own course, as many epochs as were told. */
    private static TrainingOptions with(boolean told, TrainingOptions training, TrainingOptions own) {
        return told ? own.withEpochs(training.epochs()) : own;
    }

    @Override
    public Expected expected(Row row) {
        if (row.what().endsWith(": none")) {
            return Expected.TO_SUCCEED;
        }
        return row.what().endsWith(": " + Siege.REPAIRED) ? Expected.TO_BE_CLEARED : Expected.SHOWN;
    }
}
