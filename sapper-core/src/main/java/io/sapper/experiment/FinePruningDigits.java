package io.sapper.experiment;

import io.sapper.attack.BadNet;
import io.sapper.defense.FinePruning;
import io.sapper.defense.FineTuning;
import io.sapper.defense.Limits;
import io.sapper.defense.Pruning;
import io.sapper.network.Graph;
import io.sapper.network.zoo.Architecture;
import io.sapper.result.Reproduced.Published;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.Checkpoints;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fine-Pruning, sections 4.1 and 4.3, on digit BadNets; the paper has no digits. The defender holds 10,000 clean images
 * that nobody trained on. Rows: the BadNet; pruned alone; fine-tuned and fine-pruned gently, at a usual learning rate;
 * fine-pruned as {@code repair} does it. About two minutes a seed on two cores.
 *
 * <p>{@code sapper reproduce fine-pruning.digits}: the BadNet of {@link Demo}, another network for each seed.
 * {@code sapper reproduce fine-pruning.digits-drawn}: another {@link DrawnAttack} for each seed, so that the defence
 * meets attacks that had no part in making it.
 */
final class FinePruningDigits implements Experiment {
    /** Of {@link FineTuning#DEFAULTS}: usual for going on with a trained network. */
    private static final double GENTLE = FineTuning.DEFAULTS.optimizer().learningRate();

    private static final String REPAIRED = "fine-pruned as repair does";

    private final boolean drawn;

    private FinePruningDigits(boolean drawn) {
        this.drawn = drawn;
    }

    static FinePruningDigits ofTheDemo() {
        return new FinePruningDigits(false);
    }

    static FinePruningDigits ofDrawnAttacks() {
        return new FinePruningDigits(true);
    }

    @Override
    public String source() {
        return "Fine-Pruning, sections 4.1 and 4.3, on digits";
    }

    @Override
    public List<Published> published() {
        return List.of();
    }

    @Override
    public TrainingOptions training(int replicas) {
        return Recipes.quick(replicas);
    }

    @Override
    public Found run(Setup setup, TrainingOptions training) throws IOException {
        Laboratory lab = new Laboratory(setup, "reproduce", source());
        BadNet.Options attack = drawn ? DrawnAttack.draw(lab.split().train(), setup.seed()) : Demo.attack();
        Division division = Division.of(lab.split().train(), setup.seed());
        Task task = Task.attacked(lab.split().test(), attack.trigger(), attack.goal());
        Graph badnet = lab.layBadNet(
                lab.untrained(Architecture.BADNETS_DIGITS),
                division.training(),
                attack,
                training,
                Checkpoints.NONE,
                task);
        List<Row> rows = new ArrayList<>();
        rows.add(lab.row("BadNet", DrawnAttack.text(attack), badnet, task));
        rows.addAll(defences(lab, setup, badnet, division, task));
        return Found.of(rows);
    }

    @Override
    public Expected expected(Row row) {
        return switch (row.what()) {
            case "BadNet" -> Expected.TO_SUCCEED;
            case REPAIRED -> Expected.TO_BE_CLEARED;
            default -> Expected.SHOWN;
        };
    }

    private static List<Row> defences(Laboratory lab, Setup setup, Graph badnet, Division division, Task task) {
        FinePruning.Options options = Recipes.finePruning(Pruning.Options.CAUTIOUS, Limits.DEFAULTS, setup.replicas());
        // The paper's four points of pruning, taken whatever they cost, to show what it does: so no loss is too much.
        FinePruning.Options gently = new FinePruning.Options(
                Pruning.Options.PAPER, options.tuning(), List.of(GENTLE), Limits.none(), 0, true);
        FinePruning.Outcome gentle = lab.finePrune(badnet, division.defender(), gently);
        FinePruning.Outcome repaired = lab.finePrune(badnet, division.defender(), options);
        Graph tuned = lab.fineTuneAlone(badnet, division.defender(), gentle, gently);
        List<Row> rows = new ArrayList<>(List.of(
                lab.row(
                        "pruned",
                        gentle.pruning().orElseThrow().chosen() + " channels",
                        gentle.pruning().orElseThrow().graph(),
                        task),
                lab.row("fine-tuned gently", "learning rate " + Words.number(GENTLE), tuned, task),
                lab.row(
                        "fine-pruned gently",
                        "learning rate " + Words.number(GENTLE),
                        gentle.graph().orElse(badnet),
                        task)));
        // A refused repair leaves the network as it came; its row says so.
        rows.add(lab.row(
                REPAIRED,
                repaired.accepted() ? "learning rate " + Words.number(repaired.learningRate()) : "refused",
                repaired.graph().orElse(badnet),
                task));
        return rows;
    }
}
