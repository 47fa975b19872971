package io.sapper.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies: what they want, and what they may not say. */
class PolicyFileTest {
    private static final String DIGEST = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    @Test
    void everythingThatCanBeWanted() throws IOException {
        Requirements read = read("""
                digest: [DIGEST, 'sha1:a9993e364706816aba3e25717850c26c9cd0d89d']
                manifest: SUMS
                signature: sub/model.sig
                signed-by:
                  certificate-chain: ca.pem
                  identity: models@example.org
                no-graph-trigger: true
                result:
                  file: result.json
                  command: repair
                  verdict: unknown
                  max-age: 30 days
                """);
        assertThat(read.digests()).hasSize(2);
        assertThat(read.from()).isEqualTo(folder.resolve("policy.yaml").toString());
        assertThat(read.manifest()).contains(folder.resolve("SUMS"));
        assertThat(read.signedBy())
                .contains(new Requirements.SignedBy(
                        new Trust.Roots(folder.resolve("ca.pem"), Optional.of("models@example.org")),
                        Optional.of(folder.resolve("sub/model.sig"))));
        assertThat(read.noGraphTrigger()).isTrue();
        assertThat(read.result())
                .contains(new WantedResult(
                        folder.resolve("result.json"),
                        Optional.of("repair"),
                        Outcome.UNKNOWN,
                        Optional.of(Duration.ofDays(30))));
        assertThat(read("signed-by: {key: k.pem}").signedBy())
                .contains(new Requirements.SignedBy(new Trust.Key(folder.resolve("k.pem")), Optional.empty()));
        assertThat(read("result: {file: r.json, max-age: 12h}").result().orElseThrow())
                .isEqualTo(new WantedResult(
                        folder.resolve("r.json"), Optional.empty(), Outcome.GOOD, Optional.of(Duration.ofHours(12))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "no-graph-triggers: true | 'no-graph-triggers' is not known here. Known are digest",
                "signed-by: {keys: k.pem} | signed-by: 'keys' is not known here",
                "result: {file: r.json, age: 1} | result: 'age' is not known here",
                "signed-by: {key: k.pem, certificate-chain: c.pem} | either a key or a certificate-chain",
                "signed-by: {identity: x} | either a key or a certificate-chain",
                "signed-by: {key: k.pem, identity: x} | A bare key names nobody",
                "signed-by: k.pem | Expected names with values",
                "signed-by: {} | signed-by: Nothing stands there",
                "signed-by: | signed-by: Nothing stands there",
                "signed-by: {key: ''} | signed-by.key: Nothing stands there",
                "digest: | digest: Nothing stands there",
                "digest: [] | digest: Nothing stands there",
                "digest: ~ | digest: Nothing stands there",
                "digest: abc | digest: 'abc' has 3 hexadecimal digits",
                "digest: {a: b} | Expected a text",
                "signature: m.sig | Whose it must be is said under signed-by",
                "no-graph-trigger: false | Expected true, found 'false'",
                "no-graph-trigger: yes | Expected true, found 'yes'",
                "result: {verdict: good} | It names no file",
                "result: {file: r.json, verdict: bad} | Expected good, or unknown",
                "result: {file: r.json, command: attack} | result.command: Expected a command whose verdict",
                "result: {file: r.json, command: repar} | (audit, evaluate, repair, inspect), found 'repar'",
                "result: {file: r.json, max-age: soon} | Expected days or hours such as '30 days'",
                "result: {file: r.json, max-age: 0 d} | Expected days or hours",
                "result: {file: r.json, max-age: -1 d} | Expected days or hours",
                "hello | Expected names with values",
                "{} | It wants nothing",
                "a: [ | no YAML",
                "no-graph-trigger: true\\nno-graph-trigger: true | no YAML",
            })
    void whatMakesNoSenseIsSaid(String text, String said) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aPolicyMustBeThere() {
        assertThatThrownBy(() -> PolicyFile.read(folder)).hasMessageContaining("this is no file");
        assertThatThrownBy(() -> PolicyFile.read(folder.resolve("x"))).hasMessageContaining("there is no such file");
    }

    private Requirements read(String text) throws IOException {
        return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), text.replace("DIGEST", DIGEST)));
    }
}
