package io.sapper.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsTest {
    @TempDir
    Path folder;

    /** A repair looks as an audit does, but its own verdict is what counts. */
    @Test
    void onlyAnAuditHasAnAuditsVerdict() {
        RunResult audit = SampleResults.audited(Audited.UNKNOWN);
        assertThat(audit.audited()).isPresent();
        RunResult repair = new RunResult(
                "repair",
                audit.commandLine(),
                audit.title(),
                audit.verdict(),
                audit.warnings(),
                audit.seed(),
                audit.settings(),
                audit.models(),
                audit.data(),
                audit.findings(),
                audit.costs(),
                audit.environment());
        assertThat(repair.audited()).isEmpty();
        assertThat(repair.first(Audited.class)).isPresent();
    }

    @Test
    void everyResultComesBackAsItWas() throws IOException {
        for (RunResult result : List.of(
                SampleResults.full(),
                SampleResults.unknownTrigger(),
                SampleResults.evaluateOnly(),
                SampleResults.refusedRepair(),
                SampleResults.reproduced(List.of()),
                SampleResults.reproduced(List.of("Other data.")),
                SampleDetections.all(1),
                SampleResults.hostile())) {
            Path file = folder.resolve("result.json");
            Results.write(result, file);
            assertThat(Results.read(file)).isEqualTo(result);
        }
    }

    @Test
    void settingsKeepTheirOrder() throws IOException {
        RunResult full = SampleResults.full();
        Path file = folder.resolve("result.json");
        Results.write(full, file);
        assertThat(Results.read(file).settings().keySet())
                .containsExactly(
                        "architecture", "training", "pruned layer", "allowed loss after tuning", "fine-tuning");
    }

    @Test
    void ratesCarryCountsAndValueAndAbsentNetworksAreLeftOut() throws IOException {
        JsonNode json = new ObjectMapper().readTree(Results.toJson(SampleResults.full()));
        for (String network : List.of("honest", "backdoored", "repaired")) {
            for (String rate : List.of("cleanAccuracy", "attackSuccessRate", "recoveredAccuracy")) {
                assertThat(json.path(network).path(rate).fieldNames())
                        .toIterable()
                        .contains("hits", "total", "value");
            }
        }
        assertThat(json.at("/backdoored/attackSuccessRate/hits").asInt()).isEqualTo(8930);
        assertThat(json.at("/backdoored/attackSuccessRate/value").asDouble()).isEqualTo(8930 / 9000.0);
        JsonNode least = new ObjectMapper().readTree(Results.toJson(SampleResults.evaluateOnly()));
        assertThat(least.has("honest")).isFalse();
        assertThat(least.has("backdoored")).isTrue();
    }

    @Test
    void whatTheCopiesAtTheTopSayIsNotReadBack() throws IOException {
        Path file = folder.resolve("edited.json");
        Files.writeString(
                file,
                Results.toJson(SampleResults.full()).replaceFirst("\"honest\" : \\{", "\"honest\" : {\"no\": 1,"));
        assertThat(Results.read(file)).isEqualTo(SampleResults.full());
    }

    @Test
    void eachFindingSaysItsKind() throws IOException {
        JsonNode json = new ObjectMapper().readTree(Results.toJson(SampleResults.hostile()));
        assertThat(json.path("findings"))
                .extracting(finding -> finding.path("kind").asText())
                .containsExactly(
                        "rates",
                        "steps",
                        "run-table",
                        "audited",
                        "audited-networks",
                        "samples",
                        "reproduced",
                        "pruning-curve",
                        "activations",
                        "filters",
                        "decisions",
                        "changes",
                        "attack",
                        "photographs",
                        "detection-rates",
                        "precision-recall",
                        "proposal-recall",
                        "channel-maps",
                        "heat-map",
                        "reproduced-figures");
        assertThat(json.path("findings").size()).isEqualTo(Finding.class.getPermittedSubclasses().length);
    }

    @Test
    void undefinedNumbersAreNullAndComeBackUndefined() throws IOException {
        ActivationProfile undefined =
                new ActivationProfile("n", "l", List.of(Double.NaN, 1.0), List.of(Double.POSITIVE_INFINITY, 2.0));
        FilterPictures.Filter filter = new FilterPictures.Filter(0, 1, 2, List.of(Float.NaN, 0.1f), Double.NaN, false);
        assertThat(Results.toJson(undefined)).contains("null").doesNotContain("NaN", "Infinity");
        assertThat(Results.toJson(filter)).contains("0.1").doesNotContain("NaN", "0.10000000149");
        assertThat(Results.toJson(SampleResults.evaluateOnly())).contains("\"value\" : null");

        Path file = folder.resolve("undefined.json");
        Results.write(filter, file);
        assertThat(Results.read(file, FilterPictures.Filter.class)).isEqualTo(filter);
        Results.write(undefined, file);
        assertThat(Results.read(file, ActivationProfile.class).clean()).containsExactly(Double.NaN, 1.0);
    }

    @Test
    void fieldsOfANewerVersionAreLeftOut() throws IOException {
        Path file = folder.resolve("newer.json");
        String json = Results.toJson(SampleResults.full());
        Files.writeString(file, json.replaceFirst("\\{", "{\"novel\": [1],"));
        assertThat(Results.read(file)).isEqualTo(SampleResults.full());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                        | (it is empty). Maybe
            {                                         | , line 1, column 2: not a result of Sapper (it ends too early). Maybe it was cut off
            null                                      | (it says null)
            []                                        | , line 1, column 1: not a result of Sapper (it holds something else)
            {"command": demo}                         | , line 1, column 18: not a result of Sapper (this is not JSON)
            {"command": "demo"                        | it ends too early
            {"command": "demo"}                       | "commandLine" is missing
            {"seed": "many"}                          | (seed: 'many' is no number that fits here)
            {"seed": 99999999999999999999}            | seed:
            {"command": "demo", "commandLine": [null]} | missing
            {"verdict": "splendid"}                   | verdict: this does not belong there
            {"verdict": {"outcome": "splendid"}}      | (verdict.outcome: 'splendid' is not known here)
            {"findings": [null]}                      | missing
            {"findings": [{"kind": "prophecy"}]}      | (findings[0]: the kind 'prophecy' is not known here)
            {"findings": [{"networks": []}]}          | (findings[0]: its "kind" is missing)
            {"findings": [{"kind": "rates", "networks": [{"network": "n", "measurement": {}}]}]} | "cleanAccuracy" is missing
            {"findings": [{"kind": "rates", "networks": [{"measurement": {"cleanAccuracy": {"hits": 3, "total": 2}}}]}]} | 0 <= hits <= total, not 3 of 2
            {"findings": [{"kind": "reproduced", "published": [{"measure": "luck"}]}]} | (findings[0].published[0].measure: 'luck' is not known here)
            {"findings": [{"kind": "filters", "network": "n", "layer": "l", "filters": [{"height": 2, "width": 2, "weights": [1]}]}]} | 2 x 2
            {"findings": [{"kind": "photographs", "chosen": "c", "trigger": "t", "photographs": [{"name": "p"}]}]} | "picture" is missing
            {"findings": [{"kind": "photographs", "photographs": [{"name": "p", "picture": "", "height": 0}]}]} | not 0 x 0
            {"findings": [{"kind": "photographs", "photographs": [{"signs": [{"box": {"left": 3, "right": 1}}]}]}]} | left <= right
            {"findings": [{"kind": "photographs", "photographs": [{"panels": [{"network": "n", "detections": [{"answer": "luck"}]}]}]}]} | (findings[0].photographs[0].panels[0].detections[0].answer: 'luck' is not known here)
            {"findings": [{"kind": "photographs", "photographs": [{"panels": [{"detections": [{"box": {"left": 0, "top": 0, "right": 1, "bottom": 1}, "className": "c", "score": 2}]}]}]}]} | lies in [0, 1], not at 2.0
            {"findings": [{"kind": "detection-rates", "networks": []}]} | An overlap lies in (0, 1], not at
            {"findings": [{"kind": "detection-rates", "networks": [{"clean": {"classes": [{"name": "c", "averagePrecision": 1.5}]}}]}]} | not at 1.5
            {"findings": [{"kind": "detection-rates", "networks": [{"network": "n", "clean": {"classes": []}, "signs": {"found": {"hits": 3, "total": 4}, "calledTrue": {"hits": 1, "total": 4}, "calledOther": {"hits": 1, "total": 4}}}]}]} | 3 signs found needs one answer; there are 0 + 1 + 1
            {"findings": [{"kind": "detection-rates", "networks": [{"network": "n", "clean": {"classes": []}, "signs": {"found": {"hits": 2, "total": 4}, "calledTrue": {"hits": 1, "total": 4}, "calledOther": {"hits": 1, "total": 2}}}]}]} | Answers are of all 4 signs
            {"findings": [{"kind": "precision-recall", "overlap": 0.5, "curves": [{"points": [{"recall": 1.2}]}]}]} | not at 1.2 and
            {"findings": [{"kind": "proposal-recall", "overlap": 0.5, "sizes": [{"from": 0}], "rows": [{"network": "n", "all": {"hits": 1, "total": 2}, "bySize": []}]}]} | each of the 1 sizes, not 0
            {"findings": [{"kind": "channel-maps", "network": "n", "layer": "l", "clean": [1], "triggered": []}]} | not 0 beside 1
            {"findings": [{"kind": "reproduced-figures", "rows": [{"what": "w", "note": "", "figures": [{"value": 1}]}]}]} | "name" is missing
            {"findings": [{"kind": "activations", "network": "n", "layer": "l", "clean": ["x"], "triggered": []}]} | findings[0].clean[0]: this does not belong there
            """)
    void aBrokenFileIsOneLineThatNamesFileAndProblem(String text, String problem) throws IOException {
        Path file = folder.resolve("broken.json");
        Files.writeString(file, text);
        assertThatThrownBy(() -> Results.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining("not a result of Sapper")
                .hasMessageContaining(problem)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .hasMessageEndingWith("Maybe it was cut off or edited, or another file is meant: the result.json that a"
                        + " command wrote.")
                .satisfies(e -> assertThat(e.getMessage())
                        .as("words of ours, not the parser's")
                        .doesNotContainIgnoringCase(
                                "token", "deserialize", "io.sapper", "java.", "expecting", "jackson"));
    }

    @Test
    void bytesThatAreNoTextAndWhatFollowsAResultAreMalformed() throws IOException {
        Path file = folder.resolve("broken.json");
        Files.write(file, new byte[] {0, 0, (byte) 0xff, (byte) 0xff, 0, 0, 1, 2});
        assertThatThrownBy(() -> Results.read(file)).isInstanceOf(MalformedFileException.class);
        Files.write(file, (Results.toJson(SampleResults.full()) + "more").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Results.read(file)).isInstanceOf(MalformedFileException.class);
        Files.writeString(file, "[".repeat(100_000));
        assertThatThrownBy(() -> Results.read(file)).isInstanceOf(MalformedFileException.class);
    }
}
