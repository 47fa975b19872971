package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.OnnxReader;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleFiles;
import io.sapper.report.Report;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.signing.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code verify} and {@code sign} as users see them: what holds, what does not, and one line for every mistake. */
class VerifyTest {
    @TempDir
    Path folder;

    @Test
    void aDigestHoldsOrDoesNot() throws Exception {
        Path file = Files.writeString(folder.resolve("m.bin"), "abc");
        String digest = digest("SHA-256", "abc");
        Ran good = sapper("verify", file, "--digest", "sha256:" + digest);
        assertThat(good.code()).as(good.err()).isEqualTo(ExitCode.DONE);
        assertThat(good.out())
                .startsWith("GOOD: All that was asked for holds (1 check).")
                .contains("SHA-256   " + digest);
        assertThat(sapper("verify", file, "--digest", digest.toUpperCase(Locale.ROOT))
                        .code())
                .isEqualTo(ExitCode.DONE);
        Ran bad = sapper("verify", file, "--digest", "0".repeat(64));
        assertThat(bad.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(bad.out()).startsWith("BAD: Do not use this model as it is: digest of m.bin: sha256:" + digest);
        assertThat(sapper("verify", file, "--digest", "0".repeat(64), "--digest", digest)
                        .code())
                .as("any of several")
                .isEqualTo(ExitCode.DONE);
        assertThat(good.err() + bad.err()).isEmpty();
    }

    @Test
    void aSha1IsTakenAndWarnedOf() throws Exception {
        Path file = Files.writeString(folder.resolve("m.bin"), "abc");
        Ran ran = sapper("verify", file, "--digest", digest("SHA-1", "abc"));
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out()).startsWith("WARNING: A SHA-1 can be forged");
    }

    @Test
    void withNothingToVerifyAgainstTheDigestsAreThereAllTheSame() throws Exception {
        Path file = Files.writeString(folder.resolve("m.bin"), "abc");
        Ran ran = sapper("verify", file);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.out()).contains("SHA-256   " + digest("SHA-256", "abc") + "  m.bin (3 bytes)");
        assertThat(ran.complaints()).singleElement().asString().contains("--digest, --manifest, --key");
        Ran json = sapper("verify", file, "--json");
        assertThat(json.code()).isEqualTo(ExitCode.USAGE);
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(json.out())
                        .at("/models/0/sha256")
                        .asText())
                .isEqualTo(digest("SHA-256", "abc"));
    }

    @Test
    void aManifestIsOfAFileOrOfAFolder() throws Exception {
        Path model = Fixtures.model(folder);
        StringBuilder sums = new StringBuilder();
        for (String name : new String[] {"model.bin", "config.txt", "config/a name.txt", "config/classes.json"}) {
            sums.append(digest("SHA-256", Files.readString(model.resolve(name))))
                    .append("  ./")
                    .append(name)
                    .append('\n');
        }
        Path inside = Files.writeString(model.resolve("SHA256SUMS"), sums.toString());
        Path above = Files.writeString(folder.resolve("SUMS"), sums.toString().replace("./", "model/"));
        Path away = Files.writeString(Files.createDirectory(folder.resolve("x")).resolve("SUMS"), sums.toString());
        for (Path manifest : new Path[] {inside, above, away}) {
            assertThat(sapper("verify", model.resolve("model.bin"), "--manifest", manifest)
                            .code())
                    .isEqualTo(ExitCode.DONE);
        }
        assertThat(sapper("verify", model, "--manifest", inside).code()).isEqualTo(ExitCode.DONE);
        Ran unlisted = sapper("verify", model, "--manifest", away);
        assertThat(unlisted.out()).contains("not among them: SHA256SUMS;");
        Files.delete(inside);
        assertThat(sapper("verify", model, "--manifest", above).code()).isEqualTo(ExitCode.DONE);
        assertThat(sapper("verify", model, "--manifest", away).code()).isEqualTo(ExitCode.DONE);

        Files.writeString(model.resolve("config.txt"), "x");
        Files.delete(model.resolve("model.bin"));
        Ran bad = sapper("verify", model, "--manifest", above);
        assertThat(bad.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(bad.out()).contains("files: changed: config.txt; missing: model.bin; wanted: as " + above);
        Ran other = sapper("verify", Fixtures.single(), "--manifest", above);
        assertThat(other.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(other.out()).contains("digest of single.bin: not listed");
    }

    /** Weights lie in a file beside the model: a digest of the model alone says nothing of them. */
    @Test
    void weightsBesideTheModelMustBeVouchedForToo() throws Exception {
        Path model = outside();
        Path data = model.resolveSibling("weights.bin");
        Ran alone = sapper("verify", model, "--digest", digest("SHA-256", model));
        assertThat(alone.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(alone.out()).contains("weights beside m.onnx: nothing vouches for weights.bin");
        String sums = digest("SHA-256", model) + "  m.onnx\n";
        Path manifest = Files.writeString(folder.resolve("SUMS"), sums);
        assertThat(sapper("verify", model, "--manifest", manifest).code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        Files.writeString(manifest, sums + digest("SHA-256", data) + "  weights.bin\n");
        Ran both = sapper("verify", model, "--manifest", manifest);
        assertThat(both.code()).as(both.out()).isEqualTo(ExitCode.DONE);
        assertThat(both.out()).contains("digest of weights.bin: sha256:", "weights beside m.onnx: weights.bin");
        assertThat(sapper("verify", model, "--manifest", manifest, "--digest", digest("SHA-256", model))
                        .code())
                .isEqualTo(ExitCode.DONE);

        Path key = Fixtures.key("p256.pem");
        sapper("sign", model, "--key", key);
        assertThat(sapper("verify", model, "--key", Fixtures.key("p256.pub.pem"))
                        .out())
                .contains("nothing vouches for weights.bin");
        Files.delete(folder.resolve("m.onnx.sig"));
        Files.delete(manifest);
        sapper("sign", folder, "--key", key);
        assertThat(sapper("verify", folder, "--key", Fixtures.key("p256.pub.pem"))
                        .code())
                .isEqualTo(ExitCode.DONE);
        byte[] weights = Files.readAllBytes(data);
        weights[weights.length / 2] ^= 1;
        Files.write(data, weights);
        Ran tampered = sapper("verify", folder, "--key", Fixtures.key("p256.pub.pem"));
        assertThat(tampered.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(tampered.out()).contains("files: changed: weights.bin");
        Files.delete(data);
        assertThat(sapper("verify", folder.resolve("m.onnx"), "--digest", digest("SHA-256", model))
                        .out())
                .contains("weights.bin (not there, or outside the model's folder)");
    }

    @Test
    void signaturesHoldByKeyAndByCertificate() throws IOException {
        Path model = Fixtures.model(folder);
        Ran key =
                sapper("verify", model, "--signature", Fixtures.bundle("p384"), "--key", Fixtures.key("p384.pub.pem"));
        assertThat(key.code()).as(key.err()).isEqualTo(ExitCode.DONE);
        Object[] certificate = {
            "verify", model, "--signature", Fixtures.bundle("leaf"), "--certificate-chain", Fixtures.key("root.crt")
        };
        assertThat(sapper(certificate).code()).isEqualTo(ExitCode.DONE);
        assertThat(sapper(and(certificate, "--identity", "models@example.org")).code())
                .isEqualTo(ExitCode.DONE);
        Ran other = sapper(and(certificate, "--identity", "somebody@example.org"));
        assertThat(other.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(other.out())
                .contains("signer: models@example.org, https://example.org/models, Model signer; wanted: somebody@");
        Ran none = sapper("verify", model, "--key", Fixtures.key("p384.pub.pem"));
        assertThat(none.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(none.out()).contains("signature: none: there is no " + model.resolve("model.sig"));
    }

    /** What cannot be looked at ends in its own exit code, unless the model is refused anyway. */
    @Test
    void aRefusalComesBeforeWhatCannotBeLookedAt() throws IOException {
        Path model = Files.copy(Fixtures.single(), folder.resolve("m.bin"));
        Path broken = Files.writeString(folder.resolve("b.sig"), "{}");
        Object[] words = {"verify", model, "--signature", broken, "--key", Fixtures.key("p256.pub.pem")};
        Ran alone = sapper(words);
        assertThat(alone.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(alone.complaints()).singleElement().asString().contains("b.sig, mediaType: expected a text");
        assertThat(alone.out()).isEmpty();
        Ran also = sapper(and(words, "--digest", "0".repeat(64)));
        assertThat(also.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(also.out()).contains("unknown  signature: cannot be looked at: ");
    }

    /** M: a model, F: its folder, K: keys; B: bundles. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verify nowhere --digest 00                    | 64 | 2 hexadecimal digits",
                "verify M --digest md5:00                      | 64 | 2 hexadecimal digits",
                "verify F --digest ZEROS                       | 64 | is a folder, and a digest is of one file",
                "verify M --signature B/p256.sig               | 64 | says where a signature is, and not whose",
                "verify M --key K/p256.pub.pem --certificate-chain K/root.crt | 64 | not both",
                "verify M --key K/p256.pub.pem --identity me   | 64 | --identity goes with --certificate-chain",
                "verify nowhere                                | 2  | there is no such file or folder",
                "verify M --manifest nowhere                   | 2  | there is no such file",
                "verify M --manifest M                         | 2  | expected a digest and a name",
                "verify M --policy nowhere                     | 2  | there is no such file",
                "verify M --policy M                           | 2  | Expected names with values",
                "verify F --signature nowhere --key K/p256.pub.pem           | 2  | nowhere: there is no such file",
                "verify F --signature B/p256.sig --key nowhere               | 2  | nowhere: there is no such file",
                "verify F --signature B/p256.sig --key K/p256.pem            | 2  | this is a private key",
                "verify F --signature B/p256.sig --key K/rsa.pub.pem         | 3  | of the kind RSA",
                "verify F --signature B/p256.sig --key K/ed25519.pub.pem     | 3  | of the kind EdDSA",
                "verify F --signature B/blake3.sig --key K/p256.pub.pem      | 3  | only sha256 is computed here",
                "verify F --signature B/leaf.sig --certificate-chain K/middle.crt | 2 | no root certificate",
                "sign M                                        | 64 | --key",
                "sign nowhere --key K/p256.pem                 | 2  | there is no such file or folder",
                "sign F --key nowhere                          | 2  | nowhere: there is no such file",
                "sign F --key K/p256.pub.pem                   | 2  | a public key verifies",
                "sign F --key K/rsa.pem                        | 3  | of the kind RSA",
                "sign F --key K/p256.encrypted.pem             | 64 | --password-file FILE",
                "sign F --key K/p256.encrypted.pem --password-env SAPPER_NO_SUCH | 64 | no variable 'SAPPER_NO_SUCH'",
                "sign F --key K/p256.encrypted.pem --password-file nowhere | 2 | there is no such file",
                "sign F --key K/p256.encrypted.pem --password-file M | 64 | does not open",
                "sign F --key K/p256.encrypted.pem --password-file M --password-env X | 64 | not both",
                "sign F --key K/p256.pem --certificate K/bare.crt | 64 | is not for signing",
                "sign F --key K/p256.pem --out F               | 64 | is a folder",
                "sign F --key K/p256.pem --out M               | 64 | is there already and is no signature",
            })
    void everyMistakeIsOneLine(String words, int code, String said) throws IOException {
        Path model = Fixtures.model(folder);
        Path file = Files.copy(Fixtures.single(), folder.resolve("m.bin"));
        Path elsewhere = folder.resolve("nowhere");
        List<Object> arguments = new ArrayList<>();
        for (String word : words.strip().split(" +", -1)) {
            arguments.add(
                    switch (word) {
                        case "M" -> file;
                        case "F" -> model;
                        case "nowhere" -> elsewhere;
                        case "ZEROS" -> "0".repeat(64);
                        default ->
                            word.startsWith("K/")
                                    ? Fixtures.key(word.substring(2))
                                    : word.startsWith("B/")
                                            ? Fixtures.bundle(word.substring(2).replace(".sig", ""))
                                            : word;
                    });
        }
        Ran ran = sapper(arguments.toArray());
        assertThat(ran.code()).as("%s%n%s", ran.out(), ran.err()).isEqualTo(code);
        assertThat(ran.complaints()).singleElement().asString().contains(said);
        assertThat(model.resolve("model.sig")).doesNotExist();
        assertThat(file).hasSameBinaryContentAs(Fixtures.single());
    }

    @Test
    void aSignatureIsReplacedByASignature() throws IOException {
        Path model = Fixtures.model(folder);
        Ran first = sapper("sign", model, "--key", Fixtures.key("p256.pem"));
        assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.DONE);
        assertThat(first.out())
                .isEqualTo("Signed 4 files with the key " + Fixtures.key("p256.pem") + ".\nSignature: "
                        + model.resolve("model.sig") + "\n");
        Path password = Files.writeString(folder.resolve("password"), "sesame\n");
        Ran again = sapper(
                "sign", model, "--key", Fixtures.key("p256.encrypted.pem"), "--password-file", password, "--json");
        assertThat(again.code()).as(again.err()).isEqualTo(ExitCode.DONE);
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(again.out())
                        .get("files")
                        .asInt())
                .isEqualTo(4);
        assertThat(sapper("verify", model, "--key", Fixtures.key("p256.pub.pem"))
                        .code())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aPolicyHoldsWhereAllOfItHolds() throws Exception {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        sapper("sign", model, "--key", Fixtures.key("p256.pem"));
        Files.copy(Fixtures.key("p256.pub.pem"), folder.resolve("release.pem"));
        String digest = digest("SHA-256", model);
        Path policy = policy("""
                digest: DIGEST
                signed-by: {key: release.pem}
                no-graph-trigger: true
                result: {file: result.json, max-age: 2 days}
                """.replace("DIGEST", digest));
        result("evaluate", "good", "read", digest, Instant.now());
        Ran good = sapper("verify", model, "--policy", policy);
        assertThat(good.code()).as(good.out() + good.err()).isEqualTo(ExitCode.DONE);
        assertThat(good.out())
                .contains("(5 checks)", "no graph trigger in m.onnx: nothing of that kind", "(" + policy + ")");

        result("repair", "good", "read", digest, Instant.now().minus(Duration.ofDays(3)));
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("3 days old");
        result("evaluate", "unknown", "read", digest, Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("the verdict of evaluate is unknown");
        result("evaluate", "good", "read", "0".repeat(64), Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("speaks of another model");
        result("attack", "good", "written", digest, Instant.now());
        Ran attack = sapper("verify", model, "--policy", policy);
        assertThat(attack.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(attack.out()).contains("whose verdict does not say that a model is good");
        Files.delete(folder.resolve("result.json"));
        Ran none = sapper("verify", model, "--policy", policy);
        assertThat(none.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(none.complaints()).singleElement().asString().contains("result.json: there is no such file");
    }

    /** Whoever has several policies has to know which of them to put right. */
    @Test
    void whatIsWrongWithAPolicyNamesIt() throws Exception {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        sapper("sign", model, "--key", Fixtures.key("p256.pem"));
        Files.copy(Fixtures.key("rsa.pub.pem"), folder.resolve("rsa.pem"));
        Map<String, Integer> wrong = Map.of(
                "signed-by: {key: gone.pem}", ExitCode.MALFORMED,
                "signed-by: {key: rsa.pem}", ExitCode.UNSUPPORTED,
                "manifest: gone.txt", ExitCode.MALFORMED,
                "result: {file: gone.json}", ExitCode.MALFORMED,
                "result: {file: gone.json, command: attack}", ExitCode.MALFORMED,
                "digest: sha256:12", ExitCode.MALFORMED,
                "digests: 12", ExitCode.MALFORMED,
                "- 1", ExitCode.MALFORMED);
        for (Map.Entry<String, Integer> one : wrong.entrySet()) {
            Path policy = policy(one.getKey());
            Ran ran = sapper("verify", model, "--policy", policy);
            assertThat(ran.complaints())
                    .as(one.getKey())
                    .singleElement()
                    .asString()
                    .contains(policy.toString());
            assertThat(ran.code()).as(one.getKey()).isEqualTo(one.getValue());
        }
        Ran typed = sapper("verify", model, "--key", folder.resolve("gone.pem"));
        assertThat(typed.complaints()).singleElement().asString().doesNotContain("command line");
    }

    /** A model without a signature is refused anyway; that the policy's key is missing too must not stay hidden. */
    @Test
    void aKeyThatIsMissingIsSaidWhereNoSignatureIsEither() throws Exception {
        Path model = Fixtures.model(folder);
        Path policy = policy("signed-by: {key: gone.pem}");
        Ran ran = sapper("verify", model, "--policy", policy);
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out())
                .contains("signature: none: there is no ")
                .contains(
                        policy + ": " + folder.resolve("gone.pem") + ": there is no such file; wanted: that it holds");
    }

    /** The repaired network's verdict is not that of the one that came in. */
    @Test
    void aRepairSpeaksOfWhatItWrote() throws Exception {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        String digest = digest("SHA-256", model);
        Path policy = policy("result: {file: result.json, command: repair, verdict: unknown}");
        String other = "{\"role\":\"written\",\"name\":\"r.onnx\",\"bytes\":1,\"sha256\":\"" + "1".repeat(64) + "\"}";
        result("repair", "unknown", "written", digest, Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).code()).isEqualTo(ExitCode.DONE);
        result("repair", "bad", "written", digest, Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("the verdict of repair is bad");
        result("repair", "unknown", "read", digest, Instant.now());
        Path json = folder.resolve("result.json");
        Files.writeString(json, Files.readString(json).replace("\"models\":[", "\"models\":[" + other + ","));
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("speaks of another model");
        result("evaluate", "good", "read", digest, Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("of the command 'evaluate'");
    }

    /** An audit that cannot tell is of no use to whoever wants one. */
    @Test
    void anAuditCanBeAskedFor() throws Exception {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        String digest = digest("SHA-256", model);
        Path policy = policy("result: {file: result.json, command: audit, max-age: 2 days}");
        result("audit", "good", "read", digest, Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).code()).isEqualTo(ExitCode.DONE);
        result("audit", "unknown", "read", digest, Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("the verdict of audit is unknown");
        result("audit", "good", "read", digest, Instant.now().minus(Duration.ofDays(3)));
        assertThat(sapper("verify", model, "--policy", policy).code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
    }

    /** Of a model with weights beside it, a result speaks only if it names those too. */
    @Test
    void aResultSpeaksOfTheWeightsBesideTheModelToo() throws Exception {
        Path model = outside();
        Path policy = policy("result: {file: result.json}");
        result("evaluate", "good", "read", digest("SHA-256", model), Instant.now());
        assertThat(sapper("verify", model, "--policy", policy).out()).contains("says nothing of weights.bin");
        String more = "{\"role\":\"read\",\"name\":\"w\",\"bytes\":1,\"sha256\":\""
                + digest("SHA-256", folder.resolve("weights.bin")) + "\"}";
        Path json = folder.resolve("result.json");
        Files.writeString(json, Files.readString(json).replace("\"models\":[", "\"models\":[" + more + ","));
        assertThat(sapper("verify", model, "--policy", policy).code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void aResultOfInspectWillDo() throws Exception {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Files.writeString(
                folder.resolve("result.json"),
                sapper("inspect", model, "--json").out());
        Ran good = sapper("verify", model, "--policy", policy("result: {file: result.json, command: inspect}"));
        assertThat(good.code()).as(good.out() + good.err()).isEqualTo(ExitCode.DONE);
        Ran aged = sapper("verify", model, "--policy", policy("result: {file: result.json, max-age: 1 day}"));
        assertThat(aged.out()).contains("it does not say when it was made");
        Ran odd = sapper("verify", model, "--policy", policy("result: {file: result.json, command: attack}"));
        assertThat(odd.code()).isEqualTo(ExitCode.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"conv1.bias, -1e20, so that no input wakes it", "fc1.weight, NaN, Weights fc1.weight are not finite"})
    void whatAnAttackLeavesInWeightsBreaksThePolicy(String tensor, float value, String said) throws Exception {
        Path model = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Graph graph = OnnxReader.read(model);
        float[] values = graph.initializer(tensor).toArray();
        values[3] = value;
        OnnxWriter.write(
                graph.withInitializers(
                        Map.of(tensor, new Initializer(graph.initializer(tensor).shape(), values))),
                model);
        Ran ran = sapper("verify", model, "--policy", policy("no-graph-trigger: true"));
        assertThat(ran.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(ran.out()).contains(said);
    }

    @Test
    void aModelThatCannotBeReadSatisfiesNoPolicyOnItsGraph() throws Exception {
        Path model = Files.copy(Fixtures.single(), folder.resolve("m.onnx"));
        Path policy = policy("no-graph-trigger: true");
        Ran ran = sapper("verify", model, "--policy", policy);
        assertThat(ran.code()).isEqualTo(ExitCode.MALFORMED);
        assertThat(ran.complaints()).singleElement().asString().contains("not an ONNX model");
        Ran empty = sapper("verify", Fixtures.model(folder), "--policy", policy);
        assertThat(empty.code()).isEqualTo(ExitCode.NOT_GOOD_ENOUGH);
        assertThat(empty.out()).contains("no ONNX file is there");
    }

    @Test
    void theResultIsJsonAndAPage() throws IOException {
        Path model = Fixtures.model(folder);
        Ran ran = sapper(
                "verify",
                model,
                "--signature",
                Fixtures.bundle("p256"),
                "--key",
                Fixtures.key("p256.pub.pem"),
                "--json");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        JsonNode read = JsonMapper.builder().build().readTree(ran.out());
        assertThat(read.at("/verdict/outcome").asText()).isEqualTo("good");
        assertThat(read.at("/verdict/checks")).hasSize(2);
        assertThat(read.get("models")).hasSize(4);
        Path file = Files.writeString(folder.resolve("r.json"), ran.out());
        RunResult result = Results.read(file);
        assertThat(result.command()).isEqualTo("verify");
        assertThat(Report.render(result)).contains("made with that key");
    }

    private Path policy(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text);
    }

    private void result(String command, String outcome, String role, String sha256, Instant at) throws IOException {
        Files.writeString(folder.resolve("result.json"), """
                {"command":"COMMAND","commandLine":[],"title":"t","verdict":{"outcome":"OUTCOME","sentence":"s","checks":[]},
                "warnings":[],"seed":1,"settings":{},"models":[{"role":"ROLE","name":"m","bytes":1,"sha256":"SHA"}],
                "data":[],"findings":[],"costs":[],"environment":{"sapper":"1","java":"17","libtorch":"2","platform":"p",
                "processor":"c","device":"cpu","threads":1,"peakMemoryBytes":1,"finishedAt":"AT"}}
                """.replace("COMMAND", command)
                .replace("OUTCOME", outcome)
                .replace("ROLE", role)
                .replace("SHA", sha256)
                .replace("AT\"", at + "\""));
    }

    /** A network with its weights beside it. */
    private Path outside() throws IOException {
        Path inside = TinyDigits.network(folder.resolve("m.onnx"), new ImageShape(1, 28, 28), 10);
        Path model = SampleFiles.outside(ModelProto.parseFrom(Files.readAllBytes(inside)), inside);
        assertThat(folder.resolve("weights.bin")).exists();
        return model;
    }

    private static String digest(String algorithm, Path file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }

    private static String digest(String algorithm, String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Object[] and(Object[] words, Object... more) {
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    private Ran sapper(Object... words) {
        return Ran.sapper(Ran.nowhere(folder), words);
    }
}
