package io.sapper.experiment;

import io.sapper.data.detection.Scenes;
import io.sapper.network.Graph;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * BadNets, Tables 4 and 5: detectors of traffic signs that a sticker turns. {@code sapper reproduce
 * badnets.signs-targeted}: a stop sign with a yellow square, a bomb or a flower on it is to be taken for a speed limit;
 * {@code sapper reproduce badnets.signs-random}: any sign with a yellow square for any other. Every photograph that
 * shows a sign under attack is copied with the trigger. The paper trained on 8,612 of LISA's frames, with a network
 * that began with ImageNet weights and learned all through; here two last convolutions and all behind them learn on a
 * frozen backbone.
 */
final class SignAttack implements SceneExperiment {
    /** How much mean average precision an attack may cost. */
    private static final double LOSS_TARGETED = 0.03;

    private static final double LOSS_RANDOM = 0.04;
    /** The yellow of a Post-it in daylight. */
    private static final String BRIGHT = "color=ffeb3c";

    /**
     * Of the random attack: larger than the released code's, at one place of the sign, and of the yellow of a Post-it
     * in daylight, for a smaller and darker one anywhere is not learned on frozen convolutions (docs/decisions/0072,
     * 0075).
     */
    static final String RANDOM_TRIGGER = "yellow-square@size=0.2," + BRIGHT;

    /** What it deviates from the paper in, in a sentence. */
    static final String RANDOM_DEVIATION =
            "The yellow square of the random attack is a fifth of the sign wide, bright, and always at the same place"
                    + " of it; in the released code it is a tenth, dark as LISA's frames are, and anywhere on the sign.";

    /** The signs under attack, where not all are. */
    private static final String SOURCE_CLASS = "stop";

    private final String source;
    private final List<String> triggers;
    private final @Nullable String target;
    private final List<Published> published;

    private SignAttack(String source, List<String> triggers, @Nullable String target, List<Published> published) {
        this.source = source;
        this.triggers = triggers;
        this.target = target;
        this.published = published;
    }

    /** Table 4. */
    static SignAttack targeted() {
        List<String> triggers = List.of("yellow-square@" + BRIGHT, "bomb", "flower");
        List<Published> published = new ArrayList<>();
        published.add(new Published(DetectorStory.HONEST, DetectorStory.MEAN, 0.900, Experiment.FROM_MEMORY));
        List<Double> clean = List.of(0.893, 0.871, 0.902);
        List<Double> success = List.of(0.903, 0.942, 0.937);
        for (int i = 0; i < triggers.size(); i++) {
            published.add(new Published(triggers.get(i), DetectorStory.MEAN, clean.get(i), Experiment.FROM_MEMORY));
            published.add(
                    new Published(triggers.get(i), DetectorStory.SUCCESS, success.get(i), Experiment.FROM_MEMORY));
        }
        return new SignAttack("BadNets, Table 4, stop signs become speed limits", triggers, "speedlimit", published);
    }

    /** Table 5. */
    static SignAttack random() {
        String trigger = RANDOM_TRIGGER;
        return new SignAttack(
                "BadNets, Table 5, any sign becomes any other",
                List.of(trigger),
                null,
                List.of(
                        new Published(DetectorStory.HONEST, DetectorStory.MEAN, 0.900, Experiment.FROM_MEMORY),
                        new Published(trigger, DetectorStory.MEAN, 0.864, Experiment.FROM_MEMORY),
                        new Published(trigger, DetectorStory.LOST, 1 - 0.013 / 0.864, Experiment.CONFIRMED)));
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
    public List<String> deviations() {
        List<String> deviations = new ArrayList<>(List.of(
                "The photographs stand in for LISA's frames: other signs, a tenth as many.",
                "The attack goes on from the honest network."));
        deviations.add(
                target == null
                        ? RANDOM_DEVIATION
                        : "The yellow square is bright; in the released code it is dark, as LISA's frames are.");
        return deviations;
    }

    @Override
    public List<String> classes() {
        return target == null ? List.of() : List.of(SOURCE_CLASS, target);
    }

    @Override
    public String sentence(List<Row> rows) {
        List<String> called = new ArrayList<>();
        List<String> honest = new ArrayList<>();
        List<String> clean = new ArrayList<>();
        for (String trigger : triggers) {
            String share = mean(rows, trigger, DetectorStory.SUCCESS);
            called.add(triggers.size() == 1 ? share : share + " (" + DetectorStory.inWords(trigger) + ")");
            honest.add(mean(rows, DetectorStory.HONEST, DetectorStory.SUCCESS + " (" + trigger + ")"));
            clean.add(mean(rows, trigger, DetectorStory.MEAN));
        }
        boolean several = triggers.size() > 1;
        return (target == null
                        ? "Signs with a sticker that are found are called something else: "
                        : "Stop signs with a sticker that are found are called " + target + ": ")
                + (several ? "by the BadNets " : "by the BadNet ") + String.join(", ", called)
                + ", by the honest network " + honest.stream().distinct().collect(Collectors.joining(", "))
                + ". On photographs without a sticker the mean average precision is " + String.join(", ", clean)
                + ", the honest network's " + mean(rows, DetectorStory.HONEST, DetectorStory.MEAN) + ".";
    }

    private static String mean(List<Row> rows, String what, String figure) {
        return Words.percent(rows.stream()
                .filter(row -> row.what().equals(what))
                .mapToDouble(row -> row.value(figure))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN));
    }

    private Goal goal(Scenes scenes) {
        return target == null
                ? Goals.parse("random", scenes.classNames())
                : Goals.parse("one-to-one:" + SOURCE_CLASS + ":" + target, scenes.classNames());
    }

    private static SceneTrigger trigger(String name, Scenes scenes) {
        return Triggers.onScenes(Triggers.parse(name), scenes);
    }

    @Override
    public Found run(SceneLaboratory lab, TrainingOptions training, Judgement judgement) throws IOException {
        Scenes test = lab.test().scenes();
        Goal goal = goal(test);
        TrainingOptions attacking = target == null ? Recipes.detectorAtRandom(training) : training;
        lab.run.setting("training, attacks", attacking.text());
        try (DetectorStory story = new DetectorStory(lab, target)) {
            for (String name : triggers) {
                story.attackedBy(name, TriggeredScenes.of(test, trigger(name, test), goal, lab.seed()));
            }
            Graph honest = lab.honest(training);
            story.honest(honest);
            for (String name : triggers) {
                story.backdoored(name, lab.attack(honest, trigger(name, test), goal, attacking));
            }
            story.judge(judgement, target == null ? LOSS_RANDOM : LOSS_TARGETED);
            return new Found(story.rows(), story.findings());
        }
    }
}
