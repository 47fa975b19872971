package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one run produced (design D8): a head that every command has, and a list of findings.
 * {@code result.json} is this record, and {@code report.html} is drawn from it alone. In JSON, what the networks
 * {@code honest}, {@code backdoored} and {@code repaired} do stands at the top level too, for scripts.
 *
 * @param command the verb, for example {@code demo}
 * @param commandLine all its words, as they were given; empty where the library was called
 * @param title one line
 * @param verdict what it comes to
 * @param warnings each one sentence, for example that the data are synthetic
 * @param seed of every random choice
 * @param settings name to value as it was used, in the order in which to show them
 * @param models files read and written
 * @param data what was used for what
 * @param findings in the order in which to show them
 * @param costs step by step
 * @param environment where it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
    "command",
    "commandLine",
    "title",
    "verdict",
    "warnings",
    "seed",
    "settings",
    "models",
    "data",
    "honest",
    "backdoored",
    "repaired",
    "findings",
    "costs",
    "environment"
})
public record RunResult(
        String command,
        List<String> commandLine,
        String title,
        Verdict verdict,
        List<String> warnings,
        long seed,
        Map<String, String> settings,
        List<ModelSummary> models,
        List<DataSummary> data,
        List<Finding> findings,
        List<Cost> costs,
        Environment environment) {
    /** The command that audits. */
    public static final String AUDIT = "audit";

    public RunResult {
        Parts.present(command, "command");
        commandLine = Parts.list(commandLine, "commandLine");
        Parts.present(title, "title");
        Parts.present(verdict, "verdict");
        warnings = Parts.list(warnings, "warnings");
        settings = Parts.map(settings, "settings");
        models = Parts.list(models, "models");
        data = Parts.list(data, "data");
        findings = Parts.list(findings, "findings");
        costs = Parts.list(costs, "costs");
        Parts.present(environment, "environment");
    }

    /** All findings of a kind, in order. */
    public <T extends Finding> List<T> all(Class<T> kind) {
        return findings.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What an audit told; empty of other commands, though a repair looks as an audit does. */
    public Optional<Audited> audited() {
        return command.equals(AUDIT) ? first(Audited.class) : Optional.empty();
    }

    /** The first finding of a kind. */
    public <T extends Finding> Optional<T> first(Class<T> kind) {
        return all(kind).stream().findFirst();
    }

    /** The same with other findings. */
    public RunResult withFindings(List<Finding> others) {
        return new RunResult(
                command,
                commandLine,
                title,
                verdict,
                warnings,
                seed,
                settings,
                models,
                data,
                others,
                costs,
                environment);
    }

    /** The same with another verdict. */
    public RunResult withVerdict(Verdict other) {
        return with(other, warnings);
    }

    /** The same with other warnings. */
    public RunResult withWarnings(List<String> others) {
        return with(verdict, others);
    }

    private RunResult with(Verdict other, List<String> others) {
        return new RunResult(
                command, commandLine, title, other, others, seed, settings, models, data, findings, costs, environment);
    }

    /** What the honest network does; null where none was trained. */
    @JsonProperty(value = "honest", access = JsonProperty.Access.READ_ONLY)
    public @Nullable Measurement honest() {
        return measured(Rates.HONEST);
    }

    /** What the network under attack, or as received, does; null where there was none. */
    @JsonProperty(value = "backdoored", access = JsonProperty.Access.READ_ONLY)
    public @Nullable Measurement backdoored() {
        return measured(Rates.BACKDOORED);
    }

    /** What the repaired network does; null where none was. */
    @JsonProperty(value = "repaired", access = JsonProperty.Access.READ_ONLY)
    public @Nullable Measurement repaired() {
        return measured(Rates.REPAIRED);
    }

    private @Nullable Measurement measured(String network) {
        return first(Rates.class).flatMap(rates -> rates.of(network)).orElse(null);
    }
}
