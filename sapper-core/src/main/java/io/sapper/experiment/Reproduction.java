package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.experiment.Experiment.Expected;
import io.sapper.experiment.Experiment.Found;
import io.sapper.metric.Ratio;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced;
import io.sapper.result.Reproduced.Row;
import io.sapper.result.RunResult;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables and figures of the papers that can be run again, by the names that users type: {@code PAPER.NAME}. */
public enum Reproduction {
    /** See {@link HonestDigits}. */
    BASELINE("badnets.baseline"),
    /** See {@link AllToAllDigits}. */
    ALL_TO_ALL("badnets.all-to-all"),
    /** See {@link OneToOneDigits}: all 90 pairs. */
    SINGLE_TARGET("badnets.single-target"),
    /** See {@link OneToOneDigits}: three pairs. */
    SINGLE_TARGET_THREE("badnets.single-target-three"),
    /** See {@link PoisonShareDigits}. */
    SHARE("badnets.share"),
    /** See {@link FilterDigits}. */
    FILTERS("badnets.filters"),
    /** See {@link ActivationDigits}. */
    DIGIT_ACTIVATIONS("badnets.activations"),
    /** See {@link SignCrops}. */
    LISA_CROPS("badnets.lisa-crops"),
    /** See {@link FinePruningDigits}. */
    FINE_PRUNING("fine-pruning.digits"),
    /** See {@link FinePruningDigits}: attacks drawn by chance. */
    FINE_PRUNING_DRAWN("fine-pruning.digits-drawn"),
    /** See {@link FinePruningTables}. */
    FACE_ATTACK("fine-pruning.face-attack"),
    /** See {@link FinePruningTables}. */
    SPEECH_ATTACK("fine-pruning.speech-attack"),
    /** See {@link FinePruningTables}. */
    ACTIVATIONS("fine-pruning.activations"),
    /** See {@link FinePruningTables}. */
    PRUNING_CURVES("fine-pruning.pruning-curves"),
    /** See {@link FinePruningTables}. */
    PRUNING_AWARE("fine-pruning.pruning-aware"),
    /** See {@link FinePruningTables}. */
    TABLE_1("fine-pruning.table1"),
    /** See {@link FinePruningTables}. */
    COST("fine-pruning.cost"),
    /** See {@link FinePruningTables}. */
    CLEAN_DATA("fine-pruning.clean-data"),
    /** See {@link FinePruningTables}: all of the above on faces. */
    FACE("fine-pruning.face"),
    /** See {@link FinePruningTables}: all of the above on speech. */
    SPEECH("fine-pruning.speech"),
    /** See {@link AuditZoo}. */
    AUDIT_ZOO("audit.zoo");

    private final String id;

    Reproduction(String id) {
        this.id = id;
    }

    private Experiment experiment(Scale scale) {
        return switch (this) {
            case BASELINE -> new HonestDigits();
            case ALL_TO_ALL -> new AllToAllDigits();
            case SINGLE_TARGET -> OneToOneDigits.all();
            case SINGLE_TARGET_THREE -> OneToOneDigits.three();
            case SHARE -> new PoisonShareDigits();
            case FILTERS -> new FilterDigits();
            case DIGIT_ACTIVATIONS -> new ActivationDigits();
            case LISA_CROPS -> new SignCrops();
            case FINE_PRUNING -> FinePruningDigits.ofTheDemo();
            case FINE_PRUNING_DRAWN -> FinePruningDigits.ofDrawnAttacks();
            case FACE_ATTACK -> FinePruningTables.attack(Victims.face(scale), 0.978, 1);
            case SPEECH_ATTACK -> FinePruningTables.attack(Victims.speech(scale), 0.99, 0.77);
            case ACTIVATIONS -> FinePruningTables.activations(systems(scale));
            case PRUNING_CURVES -> FinePruningTables.curves(systems(scale));
            case PRUNING_AWARE -> FinePruningTables.aware(systems(scale));
            case TABLE_1 -> FinePruningTables.table1(systems(scale));
            case COST -> FinePruningTables.cost(systems(scale));
            case CLEAN_DATA -> FinePruningTables.cleanData(systems(scale));
            case FACE -> FinePruningTables.all(Victims.face(scale));
            case SPEECH -> FinePruningTables.all(Victims.speech(scale));
            case AUDIT_ZOO -> new AuditZoo();
        };
    }

    private static List<Victim> systems(Scale scale) {
        return List.of(Victims.face(scale), Victims.speech(scale));
    }

    /** The name that users type. */
    public String id() {
        return id;
    }

    /** Where it stands in which paper, in the paper's own numbering. */
    public String source() {
        return experiment(Scale.SMALL).source();
    }

    /** All names, for messages. */
    public static String names() {
        return String.join(", ", Arrays.stream(values()).map(Reproduction::id).toList());
    }

    /** The experiment of this name; the error lists those there are. */
    public static Reproduction of(String id) {
        return Arrays.stream(values())
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown experiment '" + id + "'. Known: " + names() + ", " + SceneReproduction.names() + "."));
    }

    /** Settings where the user gives none. */
    public TrainingOptions training(Scale scale, int replicas) {
        return scale.of(experiment(scale).training(replicas));
    }

    /** The data that it asks for first, by the name that users type. */
    public String data() {
        return experiment(Scale.SMALL).data().get(0);
    }

    /** Hears what is there after each seed. */
    @FunctionalInterface
    public interface SoFar {
        void keep(RunResult soFar) throws IOException;
    }

    /** The names of its parts, which can be run one by one; empty where it is run as a whole. */
    public List<String> parts(Scale scale) {
        return experiment(scale) instanceof Divided divided ? divided.parts() : List.of();
    }

    /** As {@link #run(Setup, Thresholds, Scale, int, Optional, TrainingOptions, SoFar)}, all parts. */
    public RunResult run(
            Setup whole, Thresholds thresholds, Scale scale, int seeds, TrainingOptions training, SoFar soFar)
            throws IOException {
        return run(whole, thresholds, scale, seeds, Optional.empty(), training, soFar);
    }

    /**
     * Runs it with the seed of the setup and the {@code seeds - 1} after it.
     *
     * @param part of {@link #parts}, if only that is run
     * @param soFar is given all rows after each seed, so that a run that is stopped has not been for nothing
     * @throws IllegalArgumentException if there is no such part
     */
    public RunResult run(
            Setup whole,
            Thresholds thresholds,
            Scale scale,
            int seeds,
            Optional<String> part,
            TrainingOptions training,
            SoFar soFar)
            throws IOException {
        Experiment experiment = experiment(scale);
        part.ifPresent(name -> checkPart(name, scale));
        Run run = new Run("reproduce", experiment.source(), whole);
        Setup setup = scale.of(whole).loadingOnce((name, loaded) -> {
            run.used("training, " + name, loaded.split().train());
            run.used("test, " + name, loaded.split().test());
        });
        run.plan(seeds);
        run.setting("experiment", id);
        run.setting("scale", scale.id());
        run.setting("training", training.text());
        experiment.retraining(training).ifPresent(again -> run.setting("re-training", again.text()));
        run.used("training", setup.data().split().train());
        run.used("test", setup.data().split().test());
        List<Row> rows = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (long seed = setup.seed(); seed < setup.seed() + seeds; seed++) {
            run.begin("seed " + seed);
            Setup seeded = setup.withSeed(seed);
            Found found = part.isPresent() && experiment instanceof Divided divided
                    ? divided.part(seeded, training, part.get())
                    : experiment.run(seeded, training);
            rows.addAll(found.rows());
            boolean first = seed == setup.seed(); // of one seed: the rows have the numbers of all
            Joined.into(
                    findings,
                    found.findings().stream()
                            .filter(finding -> first || Joined.joins(finding))
                            .toList());
            run.cost("seed " + seed, 0, 0, 0);
            soFar.keep(result(run, setup, scale, thresholds, training, experiment, new Found(rows, findings)));
        }
        return result(run, setup, scale, thresholds, training, experiment, new Found(rows, findings));
    }

    private void checkPart(String name, Scale scale) {
        List<String> parts = parts(scale);
        if (!parts.contains(name)) {
            throw new IllegalArgumentException(
                    parts.isEmpty()
                            ? id + " has no parts. Leave out --part."
                            : "Unknown --part '" + name + "'. " + id + " has: " + String.join("; ", parts) + ".");
        }
    }

    private RunResult result(
            Run run,
            Setup setup,
            Scale scale,
            Thresholds thresholds,
            TrainingOptions training,
            Experiment experiment,
            Found found) {
        List<Row> rows = found.rows();
        Reproduced reproduced = new Reproduced(
                id, experiment.source(), deviations(setup, scale, training, experiment), experiment.published(), rows);
        List<Finding> findings = new ArrayList<>(List.of(reproduced));
        findings.addAll(found.findings());
        Judgement judgement =
                judge(thresholds, experiment, reproduced, setup.data().split().test());
        return run.with(findings).result(judgement.verdict(Joined.sentence(reproduced)));
    }

    private Judgement judge(Thresholds thresholds, Experiment experiment, Reproduced reproduced, Dataset test) {
        Judgement judgement = new Judgement(thresholds);
        for (Row row : reproduced.rows()) {
            String name = row.what() + ", seed " + row.seed();
            Expected expected = experiment.expected(row);
            Ratio attack = row.attackSuccessRate();
            if (expected == Expected.TO_SUCCEED && attack != null) {
                judgement.laid(name, attack);
            } else if (expected == Expected.TO_BE_CLEARED && attack != null) {
                judgement.harmless(name, attack);
            }
            if (attack == null || expected != Expected.SHOWN) {
                judgement.accurate(name, row.cleanAccuracy(), test);
            }
        }
        reproduced
                .deviations()
                .forEach(deviation ->
                        judgement.unknown("Comparison with the paper", deviation, "the experiment's own setting"));
        return judgement;
    }

    /** What is not as the experiment asks. */
    private static List<String> deviations(Setup setup, Scale scale, TrainingOptions training, Experiment experiment) {
        List<String> deviations =
                new ArrayList<>(experiment.deviations(setup.data().split().train()));
        if (scale == Scale.SMOKE) {
            deviations.add("Only some of the data, drawn by chance (--scale smoke).");
        }
        TrainingOptions usual = experiment.training(training.replicas());
        if (training.epochs() != usual.epochs()) {
            deviations.add(Words.epochs(training.epochs()) + " of training instead of " + usual.epochs() + ".");
        }
        if (!training.withEpochs(usual.epochs()).equals(usual)) {
            deviations.add("Trained with " + training.text() + " instead of " + usual.text() + ".");
        }
        return deviations;
    }
}
