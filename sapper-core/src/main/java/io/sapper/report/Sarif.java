package io.sapper.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sapper.data.Output;
import io.sapper.data.Plain;
import io.sapper.result.Audited;
import io.sapper.result.Audited.ClassRow;
import io.sapper.result.Audited.Evidence;
import io.sapper.result.ModelSummary;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An audit as SARIF 2.1.0 with errata 01 (OASIS, 2023), which code scanners read. Each look at the network is a rule
 * and has one result: {@code fail} where it speaks for a backdoor, {@code pass} where it speaks against one,
 * {@code informational} where it speaks for neither. Where the audit cannot tell, one result more asks for a
 * {@code review} and says why. Only {@code fail} has a level, as section 3.27.10 wants it.
 *
 * <p>The model has no lines, so a result lies in the whole file, and names the suspicious classes.
 */
public final class Sarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static final String FAIL = "fail";
    private static final String REVIEW = "review";

    /** The exit codes of an audit. */
    private static final List<String> BY_EXIT_CODE = List.of(Audited.NONE, Audited.FOUND, Audited.UNKNOWN);

    private final RunResult result;
    private final Audited audit;
    private final List<ModelSummary> read;
    private final String uri;
    private final List<Told> told;
    private final List<String> rules;

    /**
     * A rule and its result.
     *
     * @param rule for machines
     * @param name for people
     * @param help where the rule comes from, or what to do about its result
     * @param said of the model
     * @param kind of result
     */
    private record Told(String rule, String name, String help, String said, String kind) {
        static Told of(Evidence evidence) {
            String kind =
                    switch (evidence.outcome()) {
                        case GOOD -> "pass";
                        case UNKNOWN -> "informational";
                        case BAD -> FAIL;
                    };
            return new Told(evidence.id(), evidence.name(), "From: " + evidence.source() + ".", evidence.saw(), kind);
        }

        /** Whether somebody has to look at it. */
        boolean suspicious() {
            return kind.equals(FAIL) || kind.equals(REVIEW);
        }

        String level() {
            return kind.equals(FAIL) ? "error" : "none";
        }
    }

    private Sarif(RunResult result, String modelUri) {
        this.result = result;
        audit = result.first(Audited.class)
                .orElseThrow(() -> new IllegalArgumentException("A result of '" + result.command()
                        + "' holds no audit, so there is nothing to tell a code scanner."));
        read = result.models().stream()
                .filter(model -> model.role().equals(ModelSummary.READ))
                .toList();
        uri = UriReference.of(modelUri);
        told = new ArrayList<>(audit.evidence().stream().map(Told::of).toList());
        boolean failed = told.stream().anyMatch(one -> one.kind().equals(FAIL));
        if (audit.verdict().equals(Audited.UNKNOWN)) {
            told.add(verdict(REVIEW));
        } else if (audit.verdict().equals(Audited.FOUND) && !failed) {
            told.add(verdict(FAIL)); // no scanner may take it for a model without findings
        }
        rules = told.stream().map(Told::rule).distinct().toList();
    }

    /**
     * An audit as text.
     *
     * @param modelUri path of the model's file, best relative to what the scanner calls its root; it is encoded here
     * @throws IllegalArgumentException if the result holds no {@link Audited}, or the path names no file
     */
    public static String toJson(RunResult result, String modelUri) {
        return Plain.text(new Sarif(result, modelUri).log().toPrettyString()) + "\n";
    }

    /** Puts an audit into {@code file}, replacing what was there only once all is written. */
    public static void write(RunResult result, String modelUri, Path file) throws IOException {
        Output.replace(file, toJson(result, modelUri).getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode log() {
        ObjectNode log = object().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Sapper").put("version", result.environment().sapper());
        ArrayNode described = driver.putArray("rules");
        rules.forEach(rule -> described.add(rule(first(rule))));
        run.putArray("invocations").add(invocation());
        run.putArray("artifacts").add(artifact());
        ArrayNode results = run.putArray("results");
        told.forEach(one -> results.add(result(one)));
        return log;
    }

    private Told verdict(String kind) {
        String help = "What would change it: " + String.join(" ", audit.change());
        return new Told("verdict", "Audit verdict", help, result.verdict().sentence(), kind);
    }

    private Told first(String rule) {
        return told.stream().filter(one -> one.rule().equals(rule)).findFirst().orElseThrow();
    }

    private static ObjectNode rule(Told one) {
        ObjectNode rule = object().put("id", one.rule());
        String name = pascalCase(one.name());
        if (!name.equalsIgnoreCase(one.rule())) { // otherwise it says nothing more (section 3.49.7)
            rule.put("name", name);
        }
        rule.set("shortDescription", message(one.name() + "."));
        rule.set("fullDescription", message("Looks for a backdoor in the network: " + one.name() + "."));
        rule.set("help", message(one.help()));
        rule.putObject("defaultConfiguration").put("level", "error");
        return rule;
    }

    private ObjectNode invocation() {
        ObjectNode invocation = object().put("executionSuccessful", true);
        invocation.put("exitCode", BY_EXIT_CODE.indexOf(audit.verdict()));
        invocation.put("exitCodeDescription", audit.verdict());
        utc(result.environment().finishedAt()).ifPresent(end -> invocation.put("endTimeUtc", end));
        return invocation;
    }

    private ObjectNode artifact() {
        ObjectNode artifact = object();
        artifact.putObject("location").put("uri", uri).put("index", 0);
        artifact.putArray("roles").add("analysisTarget");
        read.stream().findFirst().ifPresent(model -> {
            artifact.put("length", model.bytes());
            artifact.putObject("hashes").put("sha-256", model.sha256());
        });
        return artifact;
    }

    private ObjectNode result(Told one) {
        ObjectNode node = object().put("ruleId", one.rule()).put("ruleIndex", rules.indexOf(one.rule()));
        node.put("kind", one.kind()).put("level", one.level());
        node.set("message", message(one.said()));
        List<ClassRow> classes = one.suspicious()
                ? audit.classes().stream().filter(ClassRow::suspicious).toList()
                : List.of();
        node.putArray("locations").add(location(classes));
        node.putObject("partialFingerprints").put("sapperAudit/v1", fingerprint(one.rule(), classes));
        return node;
    }

    private ObjectNode location(List<ClassRow> classes) {
        ObjectNode location = object();
        ObjectNode file = location.putObject("physicalLocation").putObject("artifactLocation");
        file.put("uri", uri).put("index", 0);
        if (!classes.isEmpty()) {
            ArrayNode logical = location.putArray("logicalLocations");
            classes.forEach(row ->
                    logical.addObject().put("name", Plain.line(row.name())).put("kind", "outputClass"));
        }
        return location;
    }

    /**
     * The same for the same rule, model and target. The target is the class with the smallest trigger: whether a second
     * one falls below the limit too may change from run to run. All files that the model lies in count.
     */
    private String fingerprint(String rule, List<ClassRow> classes) {
        List<String> parts = new ArrayList<>(List.of(rule));
        read.forEach(model -> parts.add(model.sha256()));
        classes.stream().min(Comparator.comparingDouble(ClassRow::ratio)).ifPresent(row -> parts.add(row.name()));
        byte[] all = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /**
     * Text as a message: braces would be placeholders (section 3.11.5), and names that come from files must not make
     * links (section 3.11.6).
     */
    private static ObjectNode message(String text) {
        String plain = Plain.line(text).replace("{", "{{").replace("}", "}}").replace("](", "] (");
        return object().put("text", plain);
    }

    /** For example {@code TriggerInversion} of {@code Trigger inversion}. */
    private static String pascalCase(String name) {
        return Arrays.stream(name.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** A moment as section 3.9 writes it; empty where it is none, or of a year that has not four digits. */
    private static Optional<String> utc(String moment) {
        try {
            String end = Instant.parse(moment).truncatedTo(ChronoUnit.SECONDS).toString();
            return Optional.of(end).filter(text -> Character.isDigit(text.charAt(0)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
