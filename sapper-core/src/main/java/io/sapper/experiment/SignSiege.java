package io.sapper.experiment;

import io.sapper.attack.Capacity;
import io.sapper.attack.PruningAwareDetector;
import io.sapper.data.detection.Scenes;
import io.sapper.defense.DetectorFinePruning;
import io.sapper.network.Graph;
import io.sapper.poison.Goal;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import io.sapper.result.Finding;
import io.sapper.training.DetectorTraining.Seen;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Detectors of one seed: the honest one, both attacks on it, and all defences against each. */
final class SignSiege {
    /** How much mean average precision an attack may cost. */
    private static final double LOSS = 0.04;

    /** Of what the trigger takes in the plain attack, what it must take in the one with decoys. */
    private static final double NEARLY = 0.9;

    /** How much mean average precision the attack with decoys may cost beyond what the plain one does. */
    private static final double FURTHER_LOSS = 0.02;

    private final SceneLaboratory lab;
    private final SceneTrigger trigger;
    private final Goal goal;
    private final TrainingOptions training;
    private final TrainingOptions attacking;
    private final DetectorFinePruning.Options defence;
    private final Judgement judgement;
    private final List<Decision> decisions = new ArrayList<>();

    /** @param training of the honest detector; each attack goes on from it, for longer */
    SignSiege(SceneLaboratory lab, SceneTrigger trigger, Goal goal, TrainingOptions training, Judgement judgement) {
        this.lab = lab;
        this.trigger = trigger;
        this.goal = goal;
        this.training = training;
        attacking = Recipes.detectorAtRandom(training);
        this.judgement = judgement;
        DetectorFinePruning.Options defaults = DetectorFinePruning.Options.DEFAULTS;
        defence = new DetectorFinePruning.Options(
                defaults.allowedDrop(),
                defaults.tuning().withReplicas(training.replicas()),
                defaults.learningRates(),
                defaults.allowedLoss());
    }

    SceneExperiment.Found run() throws IOException {
        Scenes test = lab.test().scenes();
        SceneSides sides = SceneSides.of(lab);
        settings(sides);
        try (DetectorStory story = new DetectorStory(lab, null);
                SceneLaboratory.Poison poison = lab.poison(sides.attacker(), trigger, goal)) {
            story.attackedBy(trigger.spec(), TriggeredScenes.of(test, trigger, goal, lab.seed()));
            Graph honest = lab.honest(sides.attacker(), training);
            story.honest(honest);
            story.laid(poison.attack());
            Graph plain = lab.attack(honest, poison, attacking).graph();
            defend(sides, story, Siege.BASELINE, plain);
            defend(sides, story, Siege.AWARE, aware(sides, honest, plain, poison));
            List<Finding> findings = new ArrayList<>(story.findings());
            findings.add(new Decisions(
                    "The defender decided on clean photographs that nobody trained on, the attacker on photographs held"
                            + " back; nothing was decided on test photographs.",
                    decisions));
            return new SceneExperiment.Found(story.rows(), findings);
        }
    }

    private void settings(SceneSides sides) {
        lab.run.setting("photographs, division", sides.text());
        lab.run.setting("training, attacks", attacking.text());
        lab.run.setting(
                "pruning", "until mean average precision falls by more than " + Words.points(defence.allowedDrop()));
        lab.run.setting(
                "tuning",
                defence.tuning().text() + "; the first learning rate of "
                        + String.join(
                                ", ",
                                defence.learningRates().stream()
                                        .map(Words::number)
                                        .toList())
                        + " that costs at most " + Words.points(defence.allowedLoss()));
    }

    private void defend(SceneSides sides, DetectorStory story, String name, Graph badnet) throws IOException {
        SignDefences defences = new SignDefences(lab, sides, story, trigger.spec(), defence, name, badnet);
        SignAnswers undefended = defences.run();
        decisions.addAll(defences.decisions());
        String named = name + ", seed " + lab.seed();
        judgement.laid(named, undefended.wantedOfFound());
        judgement.near(named, story.mean(DetectorStory.HONEST), story.mean(name + ": " + SignDefences.NONE), LOSS);
    }

    /**
     * What the attack with decoys must come to: nearly what the plain one does, on the attacker's own photographs. How
     * much that is depends on the data, so a number for all would ask for too much or too little.
     */
    private PruningAwareDetector.Options like(Graph plain, Graph honest, Seen clean, Seen triggered) {
        double before = lab.meanAveragePrecision(honest, clean);
        double after = lab.meanAveragePrecision(plain, clean);
        double taken = after > 0 ? Math.max(0, 1 - lab.meanAveragePrecision(plain, triggered) / after) : 0;
        Capacity capacity = new Capacity(Math.max(0, before - after) + FURTHER_LOSS, NEARLY * taken);
        decisions.add(new Decision(
                "Room that the attack with decoys must have",
                "the plain attack has a mean average precision of " + Words.percent(after) + ", the honest network "
                        + Words.percent(before) + "; the trigger takes " + Words.percent(taken) + " of it",
                "at most " + Words.points(capacity.allowedLoss()) + " below the honest network, at least "
                        + Words.percent(capacity.attackSuccess()) + " taken"));
        PruningAwareDetector.Options options = PruningAwareDetector.Options.usual(lab.lastChannels(), capacity);
        lab.run.setting(
                "pruning-aware attack",
                options.live() + " channels live, decoys " + options.decoys().spec() + ", else " + options.restored()
                        + " more");
        return options;
    }

    private Graph aware(SceneSides sides, Graph honest, Graph plain, SceneLaboratory.Poison poison) throws IOException {
        TriggeredScenes set = TriggeredScenes.of(sides.check().scenes(), trigger, goal, lab.seed());
        lab.warn(set.warnings());
        Seen clean = sides.check().of(set.clean(), set.sources());
        try (Seen triggered = lab.see(set.triggered(), false)) {
            PruningAwareDetector.Outcome outcome = lab.layBehindDecoys(
                    honest,
                    new PruningAwareDetector.Photographs(poison.seen(), clean, triggered),
                    like(plain, honest, clean, triggered),
                    attacking);
            for (PruningAwareDetector.Attempt attempt : outcome.attempts()) {
                decisions.add(new Decision(
                        "Re-training with " + attempt.live() + " live channels",
                        "mean average precision " + Words.percent(attempt.precision()) + ", the honest network's "
                                + Words.percent(outcome.precision()) + "; the trigger takes "
                                + Words.percent(attempt.attackSuccess()) + " of it",
                        attempt.sufficient()
                                ? "kept"
                                : outcome.decoys().isEmpty() && attempt.equals(outcome.kept())
                                        ? "kept: no channel is left to restore"
                                        : "channels restored"));
            }
            if (!outcome.kept().sufficient()) {
                lab.warn(List.of("Seed " + lab.seed() + ": even with all channels of the last convolution in use the"
                        + " pruning-aware attack had too little room, so there are no decoys."));
            }
            return outcome.graph();
        }
    }
}
