package io.sapper.experiment;

import io.sapper.defense.DetectorEvidence;
import io.sapper.defense.DetectorFinePruning;
import io.sapper.defense.DetectorPruning;
import io.sapper.defense.DetectorPruning.Ranking;
import io.sapper.defense.Refusal;
import io.sapper.experiment.DetectorStory.Measured;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorFile;
import io.sapper.poison.Goals;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.Attack;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import io.sapper.result.Finding;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import io.sapper.training.DetectorTraining.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A detector that came from outside, fine-pruned on clean photographs and measured before and after. Where the repair
 * is refused, no repaired network is written and none is measured.
 */
final class SceneRepair {
    private static final String GIVEN = "network as received";
    private static final String REPAIRED = "repaired network";
    private static final String LOOK = "look at test photographs";
    private static final int STEPS = 6;

    /** From so much on it is worth a word. It may be chance too, so it only warns, and decides nothing. */
    private static final double TRAINED_ON = 0.05;

    private final SceneLaboratory lab;
    private final Run run;
    private final Graph graph;
    private final CleanScenes clean;
    private final DetectorEvidence evidence;
    private final DetectorFinePruning.Options options;
    private final List<Decision> decisions = new ArrayList<>();
    private double decidedOn = Double.NaN;

    private @Nullable Graph repaired;
    private Optional<Refusal> refusal;

    private SceneRepair(
            SceneLaboratory lab,
            Graph graph,
            CleanScenes clean,
            DetectorEvidence evidence,
            DetectorFinePruning.Options options) {
        this.lab = lab;
        this.run = lab.run;
        this.graph = graph;
        this.clean = clean;
        this.evidence = evidence;
        this.options = options;
        this.refusal = evidence.refusal();
    }

    /**
     * What is known of an attack before anything is looked at.
     *
     * @param attack as the user named it
     * @param set the test photographs with the trigger
     * @param target the class that the attacker wants; null where any wrong class will do
     */
    record Known(
            SceneRuns.SignGoal attack,
            TriggeredScenes set,
            @Nullable String target) {}

    /**
     * Does it all; writes {@code repaired.onnx} if the repair is accepted, and removes an earlier one if not.
     *
     * @param known only measured with, never used to decide
     */
    static RunResult run(
            SceneSetup setup,
            Thresholds thresholds,
            DetectorFile detector,
            int cleanImages,
            DetectorFinePruning.Options options,
            Optional<Known> known,
            Path out)
            throws IOException {
        CleanScenes clean = CleanScenes.of(setup.data().train(), cleanImages, setup.seed());
        DetectorEvidence evidence = DetectorEvidence.of(clean.validation(), options.limits());
        Graph graph = detector.detector().graph();
        Run run = new Run("repair", "A detector, fine-pruned", setup);
        run.plan(STEPS);
        for (Path file : detector.files()) {
            run.read(file);
        }
        run.begin(LOOK);
        try (SceneLaboratory lab = new SceneLaboratory(setup, run, graph);
                DetectorStory story =
                        new DetectorStory(lab, known.map(Known::target).orElse(null))) {
            run.cost(LOOK, lab.test().scenes().size(), 0, 0);
            SceneRepair repair = new SceneRepair(lab, graph, clean, evidence, options);
            repair.settings();
            repair.finePrune();
            List<Finding> written = repair.write(out.resolve("repaired.onnx"));
            return repair.measure(story, known, written, new Judgement(thresholds));
        }
    }

    private void settings() {
        run.setting("clean photographs", clean.text());
        run.setting("decided on", evidence.sentence());
        run.setting("allowed drop while pruning", Words.points(options.allowedDrop()));
        run.setting("allowed loss", Words.points(options.limits().loss()) + " of mean average precision");
        run.setting(
                "allowed loss of one class",
                Words.points(options.limits().classLoss())
                        + " of average precision, or what one of its boxes is worth");
    }

    private void finePrune() throws IOException {
        if (refusal.isPresent()) {
            return;
        }
        run.begin("look at clean photographs");
        try (Seen tuning = lab.see(clean.tuning(), true);
                Seen validation = lab.see(clean.validation(), false)) {
            run.used("defender: fine-tuning", tuning.scenes(), tuning.digest());
            run.used("defender: validation", validation.scenes(), validation.digest());
            run.cost("look at clean photographs", 2L * clean.tuning().size() + validationSize(), 0, 0);
            tune(prune(validation), tuning, validation);
        }
    }

    private long validationSize() {
        return clean.validation().size();
    }

    private DetectorPruning.Outcome prune(Seen validation) {
        run.begin("prune");
        DetectorPruning.Outcome pruning = lab.prune(graph, validation, Ranking.PICTURE, options.allowedDrop());
        decidedOn = pruning.before();
        run.cost("prune", 0, (pruning.points().size() + 1) * validationSize(), 0);
        String channels = pruning.chosen() + " of " + pruning.order().size();
        run.setting("pruned layer", Detector.LAST_CONVOLUTION);
        run.setting("channels pruned", channels);
        String next = pruning.points().stream()
                .filter(point -> point.pruned() > pruning.chosen())
                .findFirst()
                .map(point -> ", with " + point.pruned() + " " + Words.percent(point.precision()))
                .orElse("");
        decisions.add(new Decision(
                "Pruning layer " + Detector.LAST_CONVOLUTION,
                "mean average precision " + Words.percent(pruning.before()) + " before, with " + pruning.chosen()
                        + " pruned " + Words.percent(pruning.after()) + next,
                channels + " channels"));
        return pruning;
    }

    private void tune(DetectorPruning.Outcome pruning, Seen tuning, Seen validation) throws IOException {
        run.begin("fine-tune");
        DetectorFinePruning.Outcome outcome = lab.finePrune(pruning, tuning, validation, options);
        long attempts = outcome.attempts().size();
        long trained = attempts * options.tuning().epochs() * clean.tuning().size();
        run.cost("fine-tune", 0, attempts * validationSize(), trained);
        refusal = outcome.refusal();
        repaired = outcome.accepted() ? outcome.graph() : null;
        run.setting(
                "fine-tuning",
                outcome.accepted() ? options.tuning(outcome.learningRate()).text() : "none was kept");
        for (DetectorFinePruning.Attempt attempt : outcome.attempts()) {
            decisions.add(new Decision(
                    "Fine-tuning at learning rate " + Words.number(attempt.learningRate()) + ", "
                            + Words.epochs(options.tuning().epochs()),
                    Double.isNaN(attempt.precision())
                            ? "training diverged"
                            : "mean average precision " + Words.percent(pruning.before()) + " before, "
                                    + Words.percent(attempt.precision()) + " after",
                    attempt.refusal()
                            .map(Refusal::sentence)
                            .map(why -> "refused: " + why)
                            .orElse("kept")));
        }
    }

    /** @return what there is to tell of the file */
    private List<Finding> write(Path file) throws IOException {
        if (repaired == null) {
            RepairedFile.none(run, file);
            return List.of();
        }
        return List.of(RepairedFile.write(
                run, graph, repaired, file, lab.test().scenes().classNames()));
    }

    private RunResult measure(DetectorStory story, Optional<Known> known, List<Finding> written, Judgement judgement)
            throws IOException {
        List<Finding> laid = new ArrayList<>();
        if (known.isPresent()) {
            SceneRuns.SignGoal attack = known.get().attack();
            String trigger = attack.trigger().spec();
            story.attackedBy(trigger, known.get().set());
            laid.add(new Attack(
                    trigger, Goals.spec(attack.goal(), lab.test().scenes().classNames()), null, List.of()));
        }
        Measured before = measure(story, GIVEN, graph, known);
        trainedOn(decidedOn, before.meanAveragePrecision()).ifPresent(run::warn);
        Measured after = repaired == null ? null : measure(story, REPAIRED, repaired, known);
        List<Finding> findings = new ArrayList<>(laid);
        findings.addAll(story.findings());
        findings.add(new Decisions(summary(), decisions));
        findings.addAll(written);
        if (evidence.accepted() && evidence.weak()) {
            run.warn(evidence.weakness());
        }
        return run.with(findings).result(verdict(judgement, before, after));
    }

    /**
     * What is said of photographs that the network may have been trained on.
     *
     * @param decidedOn mean average precision on those that decide
     * @param test the same on test photographs
     */
    static Optional<String> trainedOn(double decidedOn, double test) {
        return decidedOn - test >= TRAINED_ON
                ? Optional.of("The network does better on the photographs that decided (mean average precision "
                        + Words.percent(decidedOn) + ") than on the test photographs (" + Words.percent(test)
                        + "): maybe it was trained on them, and then they show too little of what a repair costs. Maybe"
                        + " give others, which it has never seen.")
                : Optional.empty();
    }

    private Measured measure(DetectorStory story, String name, Graph network, Optional<Known> known) {
        String step = "measure " + name;
        run.begin(step);
        Measured seen = story.measure(name, network);
        long photographs = (long) lab.test().scenes().size()
                + known.map(one -> one.set().triggered().size()).orElse(0);
        run.cost(step, 0, photographs, 0);
        return seen;
    }

    private String summary() {
        return "Decided on " + evidence.sentence() + ", by average precision as it was counted: it has no interval, so"
                + " a small difference may be chance."
                + refusal.map(why -> " " + why.sentence()).orElse("");
    }

    private Verdict verdict(Judgement judgement, Measured before, @Nullable Measured after) {
        if (after == null) {
            return RepairVerdict.refused(judgement, refusal.orElseThrow(), "photographs");
        }
        if (evidence.weak()) {
            judgement.unknown("What the repair costs", evidence.weakness(), "clean photographs that can tell");
        }
        return SceneRepairVerdict.of(judgement, options.limits(), before, after);
    }
}
