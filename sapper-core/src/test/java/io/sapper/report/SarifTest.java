package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.sapper.data.Plain;
import io.sapper.metric.Ratio;
import io.sapper.result.Audited;
import io.sapper.result.Audited.ClassRow;
import io.sapper.result.Audited.Evidence;
import io.sapper.result.Environment;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.RunResult;
import io.sapper.result.SampleResults;
import io.sapper.result.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An audit as SARIF, held against the schema of OASIS and against what the text of the standard wants besides. */
class SarifTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema SCHEMA = schema();

    private static final String MODEL = "models/face net.onnx";
    private static final String DIGEST = "0d" + "1".repeat(62);
    private static final String OTHER = "0e" + "2".repeat(62);

    private static final Evidence STRUCTURE = evidence("structure", Outcome.GOOD);
    private static final Evidence INVERSION = evidence("trigger-inversion", Outcome.UNKNOWN);
    private static final Evidence VALIDATION = evidence("validation", Outcome.BAD);

    private static final List<ClassRow> CLASSES =
            List.of(row("cat", 30, 1, false), row("dog", 6, 0.2, true), row("fox", 3, 0.1, true));

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("all")
    void everyAuditIsValidAndConsistent(RunResult result) {
        JsonNode log = log(result);
        assertThat(errors(log)).isEmpty();
        assertConsistent(log.at("/runs/0"));
        String text = Sarif.toJson(result, MODEL);
        assertThat(text).isEqualTo(Plain.text(text)).endsWith("}\n");
    }

    static Stream<RunResult> all() {
        String hostile = SampleResults.HOSTILE;
        return Stream.of(
                found(),
                none(),
                unknown(),
                audited(Audited.NONE, List.of(), List.of()),
                audited(Audited.UNKNOWN, List.of(), List.of()),
                audited(Audited.FOUND, List.of(VALIDATION, evidence("validation", Outcome.GOOD)), CLASSES),
                with(found(), List.of(), "yesterday"),
                audited(
                        Audited.FOUND,
                        List.of(new Evidence(hostile + '\u202e', hostile, hostile, hostile, Outcome.BAD, Double.NaN)),
                        List.of(row(hostile + "\ud800", Double.NaN, Double.NaN, true))));
    }

    /** That all are valid says something only if what is not is refused. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/runs/0                      | tool                |",
                "/runs/0/tool/driver          | name                |",
                "/runs/0/tool/driver/rules/0  | id                  |",
                "/runs/0/results/0            | message             |",
                "/runs/0/results/0            | kind                | \"perhaps\"",
                "/runs/0/results/0            | level               | \"fatal\"",
                "/runs/0/results/0            | ruleIndex           | \"first\"",
                "/runs/0/results/0            | colour              | \"red\"",
                "/runs/0/results/0/message    | text                | 7",
                "/runs/0/artifacts/0/location | uri                 | \"a b.onnx\"",
                "/runs/0/artifacts/0          | roles               | [\"model\"]",
                "/runs/0/invocations/0        | endTimeUtc          | \"yesterday\"",
                "/runs/0/invocations/0        | executionSuccessful |",
                "''                           | version             | \"2.0.0\"",
            })
    void theSchemaRefusesWhatIsNotSarif(String where, String field, String value) throws IOException {
        JsonNode log = log(found());
        ObjectNode node = (ObjectNode) log.at(where);
        if (value == null) {
            node.remove(field);
        } else {
            node.set(field, JSON.readTree(value));
        }
        assertThat(errors(log)).hasSize(1);
    }

    @Test
    void aBackdoorIsAnErrorInTheClassesThatItLeadsTo() {
        JsonNode run = log(found()).at("/runs/0");
        assertThat(results(run))
                .containsExactly(
                        tuple("structure", "pass", "none"),
                        tuple("trigger-inversion", "informational", "none"),
                        tuple("validation", "fail", "error"));
        JsonNode fail = run.at("/results/2");
        assertThat(fail.at("/message/text").asText()).isEqualTo("What validation saw.");
        assertThat(list(fail.at("/locations/0/logicalLocations")))
                .extracting(
                        at -> at.path("name").asText(), at -> at.path("kind").asText())
                .containsExactly(tuple("dog", "outputClass"), tuple("fox", "outputClass"));
        assertThat(run.at("/results/0/locations/0").has("logicalLocations")).isFalse();
        assertThat(run.at("/results/1/locations/0").has("logicalLocations")).isFalse();
    }

    @Test
    void whereNoneWasFoundNothingFails() {
        JsonNode run = log(none()).at("/runs/0");
        assertThat(results(run))
                .containsExactly(
                        tuple("structure", "pass", "none"), tuple("trigger-inversion", "informational", "none"));
    }

    @Test
    void whereItCannotBeToldSomebodyIsToLook() {
        JsonNode run = log(unknown()).at("/runs/0");
        assertThat(results(run))
                .containsExactly(
                        tuple("structure", "pass", "none"),
                        tuple("trigger-inversion", "informational", "none"),
                        tuple("verdict", "review", "none"));
        assertThat(run.at("/results/2/message/text").asText()).isEqualTo("The sentence of cannot tell.");
        assertThat(run.at("/results/2/locations/0/logicalLocations/1/name").asText())
                .isEqualTo("fox");
        assertThat(run.at("/tool/driver/rules/2/help/text").asText())
                .isEqualTo("What would change it: More images. More time.");
    }

    @Test
    void aBackdoorThatNoLookSpeaksForIsAnErrorToo() {
        RunResult odd = audited(Audited.FOUND, List.of(STRUCTURE), CLASSES);
        assertThat(results(log(odd).at("/runs/0")))
                .containsExactly(tuple("structure", "pass", "none"), tuple("verdict", "fail", "error"));
    }

    @Test
    void theRunSaysHowItEnded() {
        for (RunResult result : List.of(none(), found(), unknown())) {
            JsonNode invocation = log(result).at("/runs/0/invocations/0");
            assertThat(invocation.path("executionSuccessful").asBoolean()).isTrue();
            assertThat(invocation.path("endTimeUtc").asText()).isEqualTo("2026-11-24T10:15:30Z");
        }
        assertThat(Stream.of(none(), found(), unknown())
                        .map(result -> log(result).at("/runs/0/invocations/0"))
                        .map(one -> one.path("exitCode").asInt(-1) + " "
                                + one.path("exitCodeDescription").asText()))
                .containsExactly("0 no backdoor found", "1 backdoor found", "2 cannot tell");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:15:30.987654321Z, 2026-11-24T10:15:30Z",
        "2026-11-24T11:15:30+01:00,      2026-11-24T10:15:30Z",
        "2026-11-24,                     ''",
        "+12026-11-24T10:15:30Z,         ''",
    })
    void theEndIsInUtcOrLeftOut(String finished, String end) {
        JsonNode log = log(with(found(), found().models(), finished));
        assertThat(log.at("/runs/0/invocations/0/endTimeUtc").asText()).isEqualTo(end);
        assertThat(errors(log)).isEmpty();
    }

    @Test
    void eachLookIsARuleWithItsPaper() {
        JsonNode driver = log(found()).at("/runs/0/tool/driver");
        assertThat(driver.path("name").asText()).isEqualTo("Sapper");
        assertThat(driver.path("version").asText()).isEqualTo("0.1.0");
        assertThat(list(driver.path("rules")))
                .extracting(
                        rule -> rule.path("id").asText(),
                        rule -> rule.path("name").asText(),
                        rule -> rule.at("/shortDescription/text").asText(),
                        rule -> rule.at("/help/text").asText(),
                        rule -> rule.at("/defaultConfiguration/level").asText())
                .containsExactly(
                        tuple(
                                "structure",
                                "NameOfStructure",
                                "Name of structure.",
                                "From: Paper of structure.",
                                "error"),
                        tuple(
                                "trigger-inversion",
                                "NameOfTriggerInversion",
                                "Name of trigger-inversion.",
                                "From: Paper of trigger-inversion.",
                                "error"),
                        tuple(
                                "validation",
                                "NameOfValidation",
                                "Name of validation.",
                                "From: Paper of validation.",
                                "error"));
    }

    @Test
    void aNameThatSaysNoMoreThanTheIdIsLeftOut() {
        Evidence plain = new Evidence("head", "Head", "Paper", "Saw.", Outcome.GOOD, 1);
        JsonNode rules =
                log(audited(Audited.UNKNOWN, List.of(plain), List.of())).at("/runs/0/tool/driver/rules");
        assertThat(rules.path(0).has("name")).isFalse();
        assertThat(rules.path(1).path("name").asText()).isEqualTo("AuditVerdict");
    }

    @Test
    void twoLooksOfOneKindShareARule() {
        JsonNode run = log(audited(Audited.FOUND, List.of(STRUCTURE, VALIDATION, STRUCTURE), CLASSES))
                .at("/runs/0");
        assertThat(run.at("/tool/driver/rules")).hasSize(2);
        assertThat(list(run.path("results")))
                .extracting(one -> one.path("ruleIndex").asInt())
                .containsExactly(0, 1, 0);
    }

    @Test
    void theModelIsAnArtifactWithItsDigest() {
        JsonNode run = log(found()).at("/runs/0");
        assertThat(run.path("artifacts")).hasSize(1);
        JsonNode artifact = run.at("/artifacts/0");
        assertThat(artifact.at("/location/uri").asText()).isEqualTo("models/face%20net.onnx");
        assertThat(artifact.at("/hashes/sha-256").asText()).isEqualTo(DIGEST);
        assertThat(artifact.path("length").asLong()).isEqualTo(2048);
        RunResult written = with(
                found(), List.of(new ModelSummary(ModelSummary.WRITTEN, "x.onnx", 1, OTHER)), "2026-11-24T10:15:30Z");
        assertThat(log(written).at("/runs/0/artifacts/0").has("hashes")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "model.onnx,              model.onnx",
        "./a/./b//c.onnx,         a/b/c.onnx",
        "a/../b.onnx,             b.onnx",
        "../../a.onnx,            ../../a.onnx",
        "a b#1?x=50%.onnx,        a%20b%231%3Fx%3D50%25.onnx",
        "http:evil.onnx,          http%3Aevil.onnx",
        "netz-größe_~.onnx,       netz-gr%C3%B6%C3%9Fe_~.onnx",
        "网络😀.onnx,               %E7%BD%91%E7%BB%9C%F0%9F%98%80.onnx",
        "a\\b.onnx,               a%5Cb.onnx",
        "a%20b.onnx,              a%2520b.onnx",
        "/srv/../m d/a.onnx,      file:///m%20d/a.onnx",
    })
    void oddNamesAreEncodedAndComeBack(String path, String uri) {
        assertThat(UriReference.of(path, '/')).isEqualTo(uri);
        String back = URI.create(uri).getPath();
        assertThat(Path.of(back)).isEqualTo(Path.of(path).normalize());
        JsonNode log = log(found(), path);
        assertThat(log.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo(uri);
        assertThat(errors(log)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "models\\a b.onnx,  models/a%20b.onnx",
        "C:\\m\\a.onnx,     file:///C:/m/a.onnx",
        "C:\\..\\a.onnx,    file:///C:/a.onnx",
    })
    void backslashesPartNamesWhereTheSystemSaysSo(String path, String uri) {
        assertThat(UriReference.of(path, '\\')).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "/", "..", "a/.."})
    void aPathThatNamesNoFileIsRefused(String path) {
        assertThatThrownBy(() -> Sarif.toJson(found(), path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + path + "'");
    }

    @Test
    void fingerprintsKnowRuleModelAndTargetAndNothingElse() {
        String usual = fingerprint(found());
        assertThat(usual).matches("[0-9a-f]{64}");
        Evidence otherWords =
                new Evidence(VALIDATION.id(), "Other", "Other", "Other words.", Outcome.BAD, VALIDATION.seconds() + 1);
        List<ClassRow> otherNumbers = List.of(row("dog", 7, 0.3, false), row("fox", 2, 0.05, true));
        assertThat(fingerprint(audited(Audited.FOUND, List.of(otherWords), otherNumbers)))
                .isEqualTo(usual);
        assertThat(fingerprint(audited(Audited.FOUND, List.of(evidence("head", Outcome.BAD)), CLASSES)))
                .isNotEqualTo(usual);
        assertThat(fingerprint(audited(Audited.FOUND, List.of(VALIDATION), List.of(row("dog", 3, 0.1, true)))))
                .isNotEqualTo(usual);
        String finished = found().environment().finishedAt();
        assertThat(fingerprint(with(found(), List.of(read("face net.onnx", OTHER)), finished)))
                .isNotEqualTo(usual);
        List<ModelSummary> outside = List.of(read("face net.onnx", DIGEST), read("weights.bin", OTHER));
        assertThat(fingerprint(with(found(), outside, finished))).isNotEqualTo(usual);
    }

    @Test
    void whatNamesHoldIsNeitherPlaceholderNorLinkNorHidden() {
        Evidence odd =
                new Evidence("head", "Head", "Paper", "Class {0} [a](https://b.example) \u001b[31m.", Outcome.BAD, 1);
        JsonNode result = log(audited(Audited.FOUND, List.of(odd), List.of(row("\u202e{0}", 1, 0.1, true))))
                .at("/runs/0/results/0");
        assertThat(result.at("/message/text").asText()).isEqualTo("Class {{0}} [a] (https://b.example) \\u001b[31m.");
        assertThat(result.at("/locations/0/logicalLocations/0/name").asText()).isEqualTo("\\u202e{0}");
    }

    @Test
    void itIsWrittenInPlaceOfWhatWasThere() throws IOException {
        Path file = folder.resolve("audit.sarif");
        Files.writeString(file, "before");
        Sarif.write(found(), MODEL, file);
        assertThat(file).hasContent(Sarif.toJson(found(), MODEL));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aRunWithoutAnAuditIsRefused() {
        assertThatThrownBy(() -> Sarif.toJson(SampleResults.evaluateOnly(), MODEL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'evaluate' holds no audit");
    }

    /** What the schema cannot say: sections 3.27.6, 3.27.10, 3.4.5 and 3.24. */
    private static void assertConsistent(JsonNode run) {
        List<String> names = new ArrayList<>();
        for (JsonNode rule : run.at("/tool/driver/rules")) {
            names.add(rule.path("id").asText());
        }
        assertThat(names).doesNotHaveDuplicates();
        for (JsonNode result : run.path("results")) {
            boolean fails = result.path("kind").asText().equals("fail");
            assertThat(result.path("level").asText()).isEqualTo(fails ? "error" : "none");
            assertThat(names.get(result.path("ruleIndex").asInt()))
                    .isEqualTo(result.path("ruleId").asText());
            JsonNode file = result.at("/locations/0/physicalLocation/artifactLocation");
            assertThat(run.path("artifacts").path(file.path("index").asInt(-1)).at("/location/uri"))
                    .isEqualTo(file.path("uri"));
            assertThat(result.path("partialFingerprints")).isNotEmpty();
        }
    }

    private static List<org.assertj.core.groups.Tuple> results(JsonNode run) {
        return list(run.path("results")).stream()
                .map(one -> tuple(
                        one.path("ruleId").asText(),
                        one.path("kind").asText(),
                        one.path("level").asText()))
                .toList();
    }

    private static String fingerprint(RunResult result) {
        return list(log(result).at("/runs/0/results")).stream()
                .filter(one -> one.path("kind").asText().equals("fail"))
                .map(one -> one.at("/partialFingerprints/sapperAudit~1v1").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static RunResult found() {
        return audited(Audited.FOUND, List.of(STRUCTURE, INVERSION, VALIDATION), CLASSES);
    }

    private static RunResult none() {
        return audited(Audited.NONE, List.of(STRUCTURE, INVERSION), List.of(row("cat", 30, 1, false)));
    }

    private static RunResult unknown() {
        return audited(Audited.UNKNOWN, List.of(STRUCTURE, INVERSION), CLASSES);
    }

    private static Evidence evidence(String id, Outcome outcome) {
        return new Evidence(id, "Name of " + id, "Paper of " + id, "What " + id + " saw.", outcome, 1.5);
    }

    private static ClassRow row(String name, double size, double ratio, boolean suspicious) {
        return new ClassRow(name, size, ratio, new Ratio(9, 10), suspicious);
    }

    private static ModelSummary read(String name, String digest) {
        return new ModelSummary(ModelSummary.READ, name, 2048, digest);
    }

    private static RunResult audited(String verdict, List<Evidence> evidence, List<ClassRow> classes) {
        Audited audit = new Audited(
                verdict, evidence, 784, null, classes, List.of(), List.of(), List.of("More images.", "More time."));
        RunResult head = SampleResults.evaluateOnly();
        return new RunResult(
                "audit",
                List.of(),
                "A network, audited",
                new Verdict(Outcome.UNKNOWN, "The sentence of " + verdict + ".", List.of()),
                List.of(),
                7,
                Map.of(),
                List.of(read("face net.onnx", DIGEST)),
                List.of(),
                List.of(audit),
                List.of(),
                head.environment());
    }

    private static RunResult with(RunResult result, List<ModelSummary> models, String finishedAt) {
        Environment old = result.environment();
        Environment environment = new Environment(
                old.sapper(),
                old.java(),
                old.libtorch(),
                old.platform(),
                old.processor(),
                old.device(),
                old.threads(),
                old.peakMemoryBytes(),
                finishedAt);
        return new RunResult(
                result.command(),
                result.commandLine(),
                result.title(),
                result.verdict(),
                result.warnings(),
                result.seed(),
                result.settings(),
                models,
                result.data(),
                result.findings(),
                result.costs(),
                environment);
    }

    private static JsonNode log(RunResult result) {
        return log(result, MODEL);
    }

    private static JsonNode log(RunResult result, String model) {
        try {
            return JSON.readTree(Sarif.toJson(result, model));
        } catch (JsonProcessingException e) {
            throw new AssertionError("It is no JSON.", e);
        }
    }

    private static List<String> errors(JsonNode log) {
        return SCHEMA.validate(log).stream().map(Error::toString).toList();
    }

    private static Schema schema() {
        SchemaRegistryConfig strict =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7, builder -> builder.schemaRegistryConfig(strict));
        try (InputStream text = SarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return registry.getSchema(Objects.requireNonNull(text, "the schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
