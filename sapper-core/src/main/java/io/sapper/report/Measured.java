package io.sapper.report;

import io.sapper.result.Measurement;
import io.sapper.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network of the run under the name that the reader sees. Public for the templates.
 *
 * @param key the name in the result
 * @param label the name on the page
 * @param how how it came to be
 * @param measurement what it does
 */
public record Measured(String key, String label, String how, Measurement measurement) {
    /** The networks that were measured, in the order of the story. */
    public static List<Measured> of(RunResult result) {
        List<Measured> found = new ArrayList<>();
        add(found, result, "honest", "trained on clean data", result.honest());
        add(
                found,
                result,
                "backdoored",
                result.attack() == null ? "before any repair" : "under attack",
                result.backdoored());
        add(found, result, "pruned", "dormant channels removed", result.pruned());
        add(found, result, "fineTuned", "trained on, on clean data", result.fineTuned());
        add(found, result, "repaired", "pruned, then fine-tuned", result.repaired());
        return List.copyOf(found);
    }

    /** Those whose classes are worth a table: before and after, else whatever there is. */
    public static List<Measured> classByClass(RunResult result) {
        List<Measured> withClasses = of(result).stream()
                .filter(network -> !network.measurement().classes().isEmpty())
                .toList();
        List<Measured> beforeAndAfter = withClasses.stream()
                .filter(network ->
                        network.key().equals("backdoored") || network.key().equals("repaired"))
                .toList();
        return beforeAndAfter.isEmpty() ? withClasses : beforeAndAfter;
    }

    /** A network's name on the page. One that nobody attacked here is not called backdoored. */
    public static String label(RunResult result, String key) {
        return switch (key) {
            case "honest" -> "Honest";
            case "backdoored" -> result.attack() == null ? "As received" : "Backdoored";
            case "pruned" -> "Pruned only";
            case "fineTuned" -> "Fine-tuned only";
            case "repaired" -> "Repaired";
            default -> key;
        };
    }

    /** Its row for a class. */
    public Optional<Measurement.ClassRow> row(String className) {
        return measurement.classes().stream()
                .filter(row -> row.name().equals(className))
                .findFirst();
    }

    private static void add(
            List<Measured> to, RunResult result, String key, String how, @Nullable Measurement measurement) {
        if (measurement != null) {
            to.add(new Measured(key, label(result, key), how, measurement));
        }
    }
}
