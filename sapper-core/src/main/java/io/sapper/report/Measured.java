package io.sapper.report;

import io.sapper.result.Attack;
import io.sapper.result.Measurement;
import io.sapper.result.Rates;
import io.sapper.result.RunResult;
import java.util.List;
import java.util.Optional;

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
    public static List<Measured> of(RunResult result, Rates rates) {
        return rates.networks().stream()
                .map(entry -> new Measured(
                        entry.network(),
                        label(result, entry.network()),
                        how(result, entry.network()),
                        entry.measurement()))
                .toList();
    }

    private static String how(RunResult result, String key) {
        return switch (key) {
            case Rates.HONEST -> "trained on clean data";
            case Rates.BACKDOORED -> wasLaid(result) ? "under attack" : "before any repair";
            case Rates.PRUNED -> "dormant channels removed";
            case Rates.FINE_TUNED -> "trained on, on clean data";
            case Rates.REPAIRED ->
                result.settings().containsKey("method") ? "as the ladder left it" : "pruned, then fine-tuned";
            default -> "";
        };
    }

    private static boolean wasLaid(RunResult result) {
        return result.first(Attack.class)
                .filter(attack -> attack.poisoning() != null)
                .isPresent();
    }

    /** Those whose classes are worth a table: before and after, else whatever there is. */
    public static List<Measured> classByClass(List<Measured> networks) {
        List<Measured> withClasses = networks.stream()
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
            case "backdoored" -> wasLaid(result) ? "Backdoored" : "As received";
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
}
