package io.sapper.experiment;

import io.sapper.attack.Strengthening;
import io.sapper.data.detection.Scenes;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.ChannelMaps;
import io.sapper.result.Finding;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.SceneTrigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BadNets, Tables 6 and 7: a backdoor that survives when somebody retrains the detector for another country's signs.
 * {@code sapper reproduce badnets.transfer}: one detector that is honest and one that takes any sign with a yellow
 * square for any other; of each the convolutions are kept, all behind them is drawn anew and learns the other country's
 * signs. {@code sapper reproduce badnets.transfer-strength}: before that, the input weights of the channels of the last
 * convolution that fire only with the trigger are multiplied by k.
 */
final class SignTransfer implements SceneExperiment {
    /** The network that the user retrains, and what the paper calls it. */
    static final String HONEST = "honest start";

    static final String BACKDOORED = "backdoored start";

    /** How much mean average precision the backdoored start may cost the user. */
    private static final double LOSS = 0.02;

    private final String source;
    private final List<Integer> factors;
    private final List<Published> published;

    private SignTransfer(String source, List<Integer> factors, List<Published> published) {
        this.source = source;
        this.factors = factors;
        this.published = published;
    }

    /** Table 6. */
    static SignTransfer plain() {
        List<Published> published = new ArrayList<>(start(HONEST, 0.727, 0.702));
        published.addAll(start(BACKDOORED, 0.749, 0.616));
        published.addAll(classes(HONEST, List.of(0.553, 0.505, 0.897, 0.854, 0.681, 0.508, 0.593, 0.569)));
        published.addAll(classes(BACKDOORED, List.of(0.690, 0.467, 0.858, 0.775, 0.635, 0.409, 0.614, 0.442)));
        return new SignTransfer("BadNets, Table 6, retrained for another country's signs", List.of(), published);
    }

    private static List<Published> start(String what, double clean, double triggered) {
        return List.of(
                new Published(what, TransferStory.MEAN, clean, Experiment.CONFIRMED),
                new Published(what, TransferStory.MEAN_TRIGGERED, triggered, Experiment.CONFIRMED));
    }

    /** @param values mandatory, prohibitory, warning and other, each clean and triggered */
    private static List<Published> classes(String what, List<Double> values) {
        List<String> names = List.of("mandatory", "prohibitory", "warning", "other");
        List<Published> published = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            published.add(new Published(
                    what, TransferStory.precision(names.get(i)), values.get(2 * i), Experiment.CONFIRMED));
            published.add(new Published(
                    what, TransferStory.triggeredPrecision(names.get(i)), values.get(2 * i + 1), Experiment.CONFIRMED));
        }
        return published;
    }

    /** Table 7. */
    static SignTransfer strengthened() {
        List<Integer> factors = List.of(1, 10, 20, 30, 50, 70, 100);
        List<Double> clean = List.of(0.749, 0.713, 0.683, 0.653, 0.624, 0.608, 0.594);
        List<Double> triggered = List.of(0.616, 0.497, 0.451, 0.405, 0.343, 0.328, 0.308);
        List<Published> published = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            int k = factors.get(i);
            published.add(new Published(BACKDOORED, k, TransferStory.MEAN, clean.get(i), Experiment.CONFIRMED));
            published.add(
                    new Published(BACKDOORED, k, TransferStory.MEAN_TRIGGERED, triggered.get(i), Experiment.CONFIRMED));
        }
        return new SignTransfer(
                "BadNets, Table 7, strengthened, then retrained for another country's signs", factors, published);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean goesAbroad() {
        return true;
    }

    @Override
    public @Nullable String variable() {
        return factors.isEmpty() ? null : "k";
    }

    @Override
    public List<Published> published() {
        return published;
    }

    @Override
    public List<String> deviations() {
        List<String> deviations = new ArrayList<>(List.of(
                "The photographs stand in for LISA's frames and for the Swedish signs: other signs, a tenth as many at"
                        + " home.",
                "The attack goes on from the honest network.",
                SignAttack.RANDOM_DEVIATION,
                "Numbers are average precisions; what the paper's accuracies are it does not say."));
        if (!factors.isEmpty()) {
            deviations.add(
                    "The channels are picked by a rule, the tenth whose mean activation over proposals the trigger raises"
                            + " by the largest factor on the attacker's photographs, and not by eye.");
        }
        return deviations;
    }

    @Override
    public String sentence(List<Row> rows) {
        List<String> parts = new ArrayList<>();
        for (Row row : TransferStory.means(rows)) {
            parts.add(row.what() + (Double.isNaN(row.at()) ? "" : ", k = " + Math.round(row.at())) + ": "
                    + Words.percent(row.value(TransferStory.MEAN)) + " without the trigger, "
                    + Words.percent(row.value(TransferStory.MEAN_TRIGGERED)) + " with it");
        }
        return "Mean average precision on the other country's signs after retraining. " + String.join("; ", parts)
                + ".";
    }

    @Override
    public Found run(SceneLaboratory lab, TrainingOptions training, Judgement judgement) throws IOException {
        Scenes home = lab.test().scenes();
        Goal goal = Goals.parse("random", home.classNames());
        SceneTrigger trigger = Triggers.onScenes(Triggers.parse(SignAttack.RANDOM_TRIGGER), home);
        Graph honest = lab.honest(training);
        TrainingOptions attacking = Recipes.detectorAtRandom(training);
        lab.run.setting("training, attack", attacking.text());
        SceneLaboratory.Laid laid;
        ChannelMaps contrast;
        try (SceneLaboratory.Poison poison = lab.poison(lab.training(), trigger, goal)) {
            laid = lab.attack(honest, poison, attacking);
            contrast = lab.contrast(laid.graph(), poison);
        }
        SceneLaboratory abroad = lab.abroad();
        Scenes test = abroad.test().scenes();
        TriggeredScenes set = TriggeredScenes.of(
                test,
                Triggers.onScenes(Triggers.parse(SignAttack.RANDOM_TRIGGER), test),
                Goals.parse("random", test.classNames()),
                lab.seed());
        try (TransferStory story = new TransferStory(abroad, set)) {
            story.add(HONEST, Double.NaN, abroad.retrained(honest, training, HONEST));
            if (factors.isEmpty()) {
                story.add(BACKDOORED, Double.NaN, abroad.retrained(laid.graph(), training, BACKDOORED));
            } else {
                strengthen(story, abroad, laid.graph(), contrast, training);
            }
            story.judge(judgement, HONEST, BACKDOORED, LOSS);
            List<Finding> findings = new ArrayList<>(story.findings());
            findings.add(laid.attack());
            findings.add(contrast);
            return new Found(story.rows(), findings);
        }
    }

    private void strengthen(
            TransferStory story, SceneLaboratory abroad, Graph badNet, ChannelMaps contrast, TrainingOptions training)
            throws IOException {
        List<Integer> channels = Strengthening.channels(contrast.clean(), contrast.triggered());
        abroad.run.setting(
                "strengthened channels, seed " + abroad.seed(),
                channels.size() + " of " + contrast.clean().size() + ": " + channels);
        for (int k : factors) {
            Graph published = Strengthening.of(badNet, Detector.LAST_CONVOLUTION, channels, k);
            story.add(BACKDOORED, k, abroad.retrained(published, training, BACKDOORED + ", k = " + k));
        }
    }
}
