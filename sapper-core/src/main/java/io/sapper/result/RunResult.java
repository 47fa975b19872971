package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run produced; {@code result.json} is this record, and {@code report.html} is drawn from it alone.
 *
 * @param command the verb, for example {@code demo}
 * @param title one line
 * @param verdict one plain sentence
 * @param good whether the run's outcome is what the user hopes for (colours the verdict)
 * @param warnings each one sentence, for example that the data are synthetic
 * @param seed of every random choice
 * @param settings name to value, in the order in which to show them
 * @param data what was used for what
 * @param attack absent where none was laid
 * @param honest network trained on clean data, absent where none was
 * @param backdoored the network under attack, or as received
 * @param pruned after pruning alone
 * @param fineTuned after fine-tuning alone
 * @param repaired after fine-pruning
 * @param pruning the curve
 * @param activations profiles of the pruned layer, possibly of several networks
 * @param filters of the first layer
 * @param samples some test inputs
 * @param costs step by step
 * @param environment where it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunResult(
        String command,
        String title,
        String verdict,
        boolean good,
        List<String> warnings,
        long seed,
        Map<String, String> settings,
        List<DataSummary> data,
        @Nullable AttackSummary attack,
        @Nullable Measurement honest,
        @Nullable Measurement backdoored,
        @Nullable Measurement pruned,
        @Nullable Measurement fineTuned,
        @Nullable Measurement repaired,
        @Nullable PruningCurve pruning,
        List<ActivationProfile> activations,
        @Nullable FilterPictures filters,
        List<Sample> samples,
        List<Cost> costs,
        Environment environment) {
    public RunResult {
        Parts.present(command, "command");
        Parts.present(title, "title");
        Parts.present(verdict, "verdict");
        warnings = Parts.list(warnings, "warnings");
        settings = Parts.map(settings, "settings");
        data = Parts.list(data, "data");
        activations = Parts.list(activations, "activations");
        samples = Parts.list(samples, "samples");
        costs = Parts.list(costs, "costs");
        Parts.present(environment, "environment");
    }
}
