package io.sapper.experiment;

import io.sapper.data.detection.Scenes;
import io.sapper.defense.DetectorPruning.Ranking;
import io.sapper.poison.Goals;
import io.sapper.result.ReproducedFigures.Published;
import io.sapper.result.ReproducedFigures.Row;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fine-Pruning, Table 1 and Figure 6, traffic signs: {@code sapper reproduce fine-pruning.signs}. The random attack
 * with a yellow square, its pruning-aware form, and pruning, fine-tuning and fine-pruning of each. Success is 1 -
 * A_backdoor / A_clean, of mean average precision. The pruning curves are of both rankings: over the picture and over
 * proposals.
 */
final class FinePruningSigns implements SceneExperiment {
    private static final String TRIGGER = SignAttack.RANDOM_TRIGGER;

    @Override
    public String source() {
        return "Fine-Pruning, Table 1 and Figure 6, traffic signs";
    }

    @Override
    public String variable() {
        return "share of channels pruned";
    }

    @Override
    public List<Published> published() {
        List<Published> table = new ArrayList<>();
        row(table, Siege.BASELINE, 0.849, 0.991, 0.857, 0.921, 0.873, 0.288);
        table.add(published(what(Siege.BASELINE, SignDefences.pruned(Ranking.PICTURE)), DetectorStory.LOST, 0.35));
        row(table, Siege.AWARE, 0.820, 0.899, 0.872, 0.419, 0.874, 0.366);
        return table;
    }

    /** Clean precision and attack success: without defence, fine-tuned, fine-pruned. */
    private static void row(List<Published> table, String attack, double... numbers) {
        List<String> defences = List.of(SignDefences.NONE, SignDefences.FINE_TUNING, SignDefences.FINE_PRUNING);
        for (int i = 0; i < defences.size(); i++) {
            String what = what(attack, defences.get(i));
            table.add(published(what, DetectorStory.MEAN, numbers[2 * i]));
            table.add(published(what, DetectorStory.LOST, numbers[2 * i + 1]));
        }
    }

    private static Published published(String what, String figure, double value) {
        return new Published(what, figure, value, Experiment.FROM_MEMORY);
    }

    private static String what(String attack, String defence) {
        return attack + ": " + defence;
    }

    @Override
    public List<String> deviations() {
        return List.of(
                "The photographs stand in for LISA's frames: other signs, a tenth as many.",
                "Both attacks go on from the honest network.",
                SignAttack.RANDOM_DEVIATION,
                "The defender's photographs are taken from the training ones, a quarter of them; the paper does not say"
                        + " how many its defender has.",
                "Channels are pruned a sixteenth at a time, and one by one only where the rule stops.",
                "The pruning-aware attack takes its channels' number from us, and restores an eighth at a time where they"
                        + " have too little room.");
    }

    @Override
    public String sentence(List<Row> rows) {
        List<String> parts = new ArrayList<>();
        for (String attack : List.of(Siege.BASELINE, Siege.AWARE)) {
            parts.add("of the " + attack + " attack " + mean(rows, what(attack, SignDefences.NONE)) + ", "
                    + mean(rows, what(attack, SignDefences.pruned(Ranking.PICTURE))) + " after pruning, "
                    + mean(rows, what(attack, SignDefences.FINE_TUNING)) + " after fine-tuning, "
                    + mean(rows, what(attack, SignDefences.FINE_PRUNING)) + " after fine-pruning");
        }
        return "What the sticker takes of mean average precision: " + String.join("; ", parts) + ".";
    }

    private static String mean(List<Row> rows, String what) {
        return Words.percent(rows.stream()
                .filter(row -> row.what().equals(what) && Double.isNaN(row.at()))
                .mapToDouble(row -> row.value(DetectorStory.LOST))
                .average()
                .orElse(Double.NaN));
    }

    @Override
    public Found run(SceneLaboratory lab, TrainingOptions training, Judgement judgement) throws IOException {
        Scenes test = lab.test().scenes();
        return new SignSiege(
                        lab,
                        Triggers.onScenes(Triggers.parse(TRIGGER), test),
                        Goals.parse("random", test.classNames()),
                        training,
                        judgement)
                .run();
    }
}
