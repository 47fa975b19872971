package io.sapper.experiment;

import io.sapper.data.Seeds;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import io.sapper.result.DetectionRates;
import io.sapper.result.Finding;
import io.sapper.result.Photographs;
import io.sapper.result.ReproducedFigures;
import io.sapper.result.RunResult;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables and figures of the papers on traffic signs in photographs, by the names that users type. */
public enum SceneReproduction {
    /** See {@link SignAttack}: stop signs become speed limits. */
    SIGNS_TARGETED("badnets.signs-targeted"),
    /** See {@link SignAttack}: any sign becomes any other. */
    SIGNS_RANDOM("badnets.signs-random"),
    /** See {@link SignActivations}. */
    SIGNS_ACTIVATIONS("badnets.signs-activations"),
    /** See {@link SignTransfer}: as it is. */
    TRANSFER("badnets.transfer"),
    /** See {@link SignTransfer}: made stronger first. */
    TRANSFER_STRENGTH("badnets.transfer-strength"),
    /** See {@link FinePruningSigns}: the random attack, and defences against it. */
    FINE_PRUNING_SIGNS("fine-pruning.signs");

    /** The stand-in for LISA's frames. */
    public static final String DATA = "road-sign-detection";

    /** The stand-in for the Swedish signs. */
    public static final String ABROAD = "italian-signs";

    private static final int SMOKE_TRAINING = 24;
    private static final int SMOKE_TEST = 12;

    private final String id;

    SceneReproduction(String id) {
        this.id = id;
    }

    private SceneExperiment experiment() {
        return switch (this) {
            case SIGNS_TARGETED -> SignAttack.targeted();
            case SIGNS_RANDOM -> SignAttack.random();
            case SIGNS_ACTIVATIONS -> new SignActivations();
            case TRANSFER -> SignTransfer.plain();
            case TRANSFER_STRENGTH -> SignTransfer.strengthened();
            case FINE_PRUNING_SIGNS -> new FinePruningSigns();
        };
    }

    /** The name that users type. */
    public String id() {
        return id;
    }

    /** Where it stands in which paper, in the paper's own numbering. */
    public String source() {
        return experiment().source();
    }

    /** Whether it needs photographs of another country too ({@link SceneSetup#withAbroad}). */
    public boolean goesAbroad() {
        return experiment().goesAbroad();
    }

    /** What its rows, of all seeds, come to. */
    String sentence(List<ReproducedFigures.Row> rows) {
        return experiment().sentence(rows);
    }

    /** All names, for messages. */
    public static String names() {
        return String.join(
                ", ", Arrays.stream(values()).map(SceneReproduction::id).toList());
    }

    /** The experiment of this name; empty where there is none. */
    public static Optional<SceneReproduction> named(String id) {
        return Arrays.stream(values()).filter(known -> known.id().equals(id)).findFirst();
    }

    /**
     * Settings where the user gives none. At the scale of the papers they are for {@link DetectorStart.Zf}, at the
     * others for {@link DetectorStart.OnBackbone}.
     */
    public static TrainingOptions training(Scale scale, int replicas) {
        return scale.of(scale == Scale.PAPER ? Recipes.detectorOfThePaper(replicas) : Recipes.detector(replicas));
    }

    /**
     * Runs it with the seed of the setup and the {@code seeds - 1} after it.
     *
     * @param soFar is given all rows after each seed
     * @throws IllegalArgumentException if the data do not suffice
     */
    public RunResult run(
            SceneSetup whole,
            Thresholds thresholds,
            Scale scale,
            int seeds,
            TrainingOptions training,
            Reproduction.SoFar soFar)
            throws IOException {
        SceneExperiment experiment = experiment();
        checkClasses(experiment, whole.data());
        Run run = new Run("reproduce", experiment.source(), whole);
        if (experiment.goesAbroad() && whole.abroad().isEmpty()) {
            throw new IllegalArgumentException(id + " needs photographs of another country's signs.");
        }
        whole.abroad().ifPresent(run::abroad);
        SceneSetup setup = scale == Scale.SMOKE ? some(whole) : whole;
        run.plan(seeds);
        run.setting("experiment", id);
        run.setting("scale", scale.id());
        run.setting("training", training.text());
        Judgement judgement = new Judgement(thresholds);
        List<String> deviations = deviations(experiment, setup, scale, training);
        List<ReproducedFigures.Row> rows = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        RunResult result = null;
        try (SceneLaboratory lab = new SceneLaboratory(setup, run)) {
            run.cost("look at all photographs", 0, 0, 0);
            for (long seed = setup.seed(); seed < setup.seed() + seeds; seed++) {
                run.begin("seed " + seed);
                lab.seed(seed);
                SceneExperiment.Found found = experiment.run(lab, training, judgement);
                rows.addAll(found.rows());
                if (seed == setup.seed()) {
                    findings.addAll(found.findings()); // of one seed: the rows have the numbers of all
                }
                run.cost("seed " + seed, 0, 0, 0);
                result = result(run, experiment, deviations, judgement, rows, findings);
                soFar.keep(result);
            }
        }
        if (result == null) {
            throw new IllegalArgumentException("There must be at least one seed.");
        }
        return result;
    }

    private RunResult result(
            Run run,
            SceneExperiment experiment,
            List<String> deviations,
            Judgement judgement,
            List<ReproducedFigures.Row> rows,
            List<Finding> findings) {
        List<Finding> all = new ArrayList<>();
        findings.stream().filter(SceneReproduction::tells).forEach(all::add);
        all.add(new ReproducedFigures(
                id, experiment.source(), deviations, experiment.variable(), experiment.published(), List.copyOf(rows)));
        findings.stream().filter(finding -> !tells(finding)).forEach(all::add);
        return run.with(all).result(judgement.verdict(experiment.sentence(rows)));
    }

    /** Whether it tells what happened, and so stands before the paper's numbers. */
    private static boolean tells(Finding finding) {
        return finding instanceof Photographs || finding instanceof DetectionRates;
    }

    /** Every class that the experiment names must be there, with boxes in both parts. */
    private void checkClasses(SceneExperiment experiment, SceneSplit data) {
        List<String> there = data.train().classNames();
        List<String> missing = experiment.classes().stream()
                .filter(name -> !there.contains(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(id + " needs boxes of the class" + (missing.size() == 1 ? " " : "es ")
                    + String.join(" and ", missing) + ", but the data have the classes " + String.join(", ", there)
                    + ". Say which of them are meant, for example --classes "
                    + experiment.classes().stream().map(name -> name + "=...").collect(Collectors.joining(" ")) + ".");
        }
        for (String name : experiment.classes()) {
            int label = there.indexOf(name);
            if (data.train().boxCounts()[label] == 0 || data.test().boxCounts()[label] == 0) {
                throw new IllegalArgumentException(id + " needs boxes of the class " + name
                        + " to train and to test on, but there are "
                        + data.train().boxCounts()[label] + " and "
                        + data.test().boxCounts()[label] + ". Divide the data otherwise, or take others.");
            }
        }
    }

    private static List<String> deviations(
            SceneExperiment experiment, SceneSetup setup, Scale scale, TrainingOptions training) {
        List<String> deviations = new ArrayList<>(experiment.deviations());
        deviations.add(setup.start().deviation());
        if (scale == Scale.SMOKE) {
            deviations.add("Only some of the photographs, drawn by chance (--scale smoke).");
        }
        TrainingOptions usual = training(scale == Scale.SMOKE ? Scale.SMALL : scale, training.replicas());
        if (!training.equals(usual)) {
            deviations.add("Trained with " + training.text() + " instead of " + usual.text() + ".");
        }
        return deviations;
    }

    private static SceneSetup some(SceneSetup whole) {
        SceneSetup fewer = whole.withData(some(whole.data(), whole.seed()));
        return whole.abroad()
                .map(abroad -> fewer.withAbroad(some(abroad, whole.seed())))
                .orElse(fewer);
    }

    private static SceneSplit some(SceneSplit data, long seed) {
        return new SceneSplit(
                some(data.train(), SMOKE_TRAINING, seed),
                some(data.test(), SMOKE_TEST, seed),
                data.source(),
                data.warnings(),
                data.settings());
    }

    /** By chance, but of every class something where that can be. */
    private static Scenes some(Scenes scenes, int most, long seed) {
        int[] order = Seeds.permutation(scenes.size(), Seeds.generator(seed, "smoke"));
        List<Integer> chosen = new ArrayList<>();
        for (int label = 0; label < scenes.classNames().size(); label++) {
            int wanted = label;
            Arrays.stream(order)
                    .filter(i -> scenes.scenes().get(i).boxes().stream().anyMatch(box -> box.label() == wanted))
                    .limit(Math.max(1, most / scenes.classNames().size() / 2))
                    .forEach(chosen::add);
        }
        Arrays.stream(order).forEach(chosen::add);
        return new Scenes(
                scenes.name() + ", some",
                scenes.classNames(),
                chosen.stream().distinct().limit(most).map(scenes.scenes()::get).toList());
    }
}
