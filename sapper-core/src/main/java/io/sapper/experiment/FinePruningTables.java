package io.sapper.experiment;

import io.sapper.experiment.Siege.Part;
import io.sapper.result.Reproduced.Measure;
import io.sapper.result.Reproduced.Published;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The tables and figures of Fine-Pruning on its own systems, with the paper's numbers, all from memory. */
final class FinePruningTables {
    private FinePruningTables() {}

    /** Section 2.3: the honest network and the BadNet. */
    static Experiment attack(Victim victim, double clean, double success) {
        return new FinePruningSystems(
                "Fine-Pruning, section 2.3, " + victim.name(),
                List.of(victim),
                EnumSet.of(Part.ATTACK),
                cell(victim.name() + ", " + Siege.BASELINE + ": none", clean, success));
    }

    /** Figure 4. */
    static Experiment activations(List<Victim> victims) {
        return new FinePruningSystems("Fine-Pruning, Figure 4", victims, EnumSet.of(Part.ACTIVATIONS), List.of());
    }

    /** Figure 6: baseline beside pruning-aware. */
    static Experiment curves(List<Victim> victims) {
        List<Published> pruned = List.of(
                new Published("face, baseline: pruned", Measure.ATTACK_SUCCESS, 0, Experiment.FROM_MEMORY),
                new Published("speech, baseline: pruned", Measure.ATTACK_SUCCESS, 0.13, Experiment.FROM_MEMORY));
        return new FinePruningSystems("Fine-Pruning, Figure 6", victims, EnumSet.of(Part.CURVES, Part.AWARE), pruned);
    }

    /** Section 4.2. */
    static Experiment aware(List<Victim> victims) {
        return new FinePruningSystems(
                "Fine-Pruning, section 4.2",
                victims,
                EnumSet.of(Part.AWARE, Part.CURVES, Part.DEFENCES),
                table().stream()
                        .filter(number -> number.what().contains(Siege.AWARE))
                        .toList());
    }

    /** Table 1, its rows for faces and speech. */
    static Experiment table1(List<Victim> victims) {
        return new FinePruningSystems(
                "Fine-Pruning, Table 1", victims, EnumSet.of(Part.ATTACK, Part.AWARE, Part.DEFENCES), table());
    }

    /** Section 4.3: fine-pruning against training. */
    static Experiment cost(List<Victim> victims) {
        return new FinePruningSystems("Fine-Pruning, section 4.3, cost", victims, EnumSet.of(Part.COST), List.of());
    }

    /** How little clean data is enough; the paper does not vary it. */
    static Experiment cleanData(List<Victim> victims) {
        return new FinePruningSystems(
                "Fine-Pruning with less clean data", victims, EnumSet.of(Part.DEFENCES, Part.CLEAN_DATA), List.of());
    }

    /** All of it on one system: each network is trained once a seed. */
    static Experiment all(Victim victim) {
        return new FinePruningSystems(
                "Fine-Pruning, " + victim.name(),
                List.of(victim),
                EnumSet.allOf(Part.class),
                table().stream()
                        .filter(number -> number.what().startsWith(victim.name()))
                        .toList());
    }

    private static List<Published> table() {
        List<Published> table = new ArrayList<>();
        row(table, "face, baseline", 0.978, 1, 0.978, 0, 0.978, 0);
        row(table, "speech, baseline", 0.990, 0.770, 0.990, 0.435, 0.988, 0.020);
        row(table, "face, pruning-aware", 0.974, 0.998, 0.978, 0, 0.977, 0);
        row(table, "speech, pruning-aware", 0.988, 0.780, 0.988, 0.520, 0.986, 0);
        return table;
    }

    /** Clean accuracy and attack success: without defence, fine-tuned, fine-pruned. */
    private static void row(List<Published> table, String what, double... numbers) {
        List<String> defences = List.of("none", "fine-tuning", "fine-pruning");
        for (int i = 0; i < defences.size(); i++) {
            table.addAll(cell(what + ": " + defences.get(i), numbers[2 * i], numbers[2 * i + 1]));
        }
    }

    private static List<Published> cell(String what, double clean, double success) {
        return List.of(
                new Published(what, Measure.CLEAN_ACCURACY, clean, Experiment.FROM_MEMORY),
                new Published(what, Measure.ATTACK_SUCCESS, success, Experiment.FROM_MEMORY));
    }
}
