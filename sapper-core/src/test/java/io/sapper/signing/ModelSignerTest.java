package io.sapper.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sapper.data.MalformedFileException;
import io.sapper.result.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is signed here verifies here, and is what the package model-signing would have signed. */
class ModelSignerTest {
    @TempDir
    Path folder;

    private Path model = Path.of(".");

    @BeforeEach
    void copy() throws IOException {
        model = Fixtures.model(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "p384", "p521"})
    void aFolderGoesThereAndBack(String curve) throws IOException {
        Path out = ModelSigner.bundleOf(model);
        assertThat(out).isEqualTo(model.resolve("model.sig"));
        ModelSigner.Signed signed = signer(curve + ".sec1.pem").sign(model, out);
        assertThat(signed.files()).isEqualTo(4);
        assertThat(good(Fixtures.byKey(model, out, curve + ".pub.pem"))).isTrue();
        Files.writeString(model.resolve("config.txt"), "x");
        assertThat(good(Fixtures.byKey(model, out, curve + ".pub.pem"))).isFalse();
    }

    @Test
    void oneFileGoesThereAndBack() throws IOException {
        Path file = Files.copy(Fixtures.single(), folder.resolve("m.onnx"));
        Path out = ModelSigner.bundleOf(file);
        assertThat(out).isEqualTo(folder.resolve("m.onnx.sig"));
        signer("p256.pem").sign(file, out);
        assertThat(good(Fixtures.byKey(file, out, "p256.pub.pem"))).isTrue();
    }

    @Test
    void aCertificateGoesThereAndBack() throws IOException {
        Path chain = folder.resolve("chain.pem");
        Files.writeString(
                chain, Files.readString(Fixtures.key("leaf.crt")) + Files.readString(Fixtures.key("middle.crt")));
        Path out = folder.resolve("m.sig");
        new ModelSigner(Fixtures.key("p256.pem"), Optional.empty(), Optional.of(chain)).sign(model, out);
        assertThat(good(Fixtures.byRoot(model, out, "root.crt", "models@example.org")))
                .isTrue();
        assertThat(good(Fixtures.byRoot(model, out, "other.crt"))).isFalse();
    }

    /** Field for field: only the order of names, the signature and the place of blanks may differ. */
    @Test
    void theBundleHasTheFormOfThePackages() throws IOException {
        Path out = model.resolve("model.sig");
        signer("p256.pem").sign(model, out);
        JsonMapper json = JsonMapper.builder().build();
        JsonNode ours = json.readTree(out.toFile());
        JsonNode theirs = json.readTree(Fixtures.bundle("p256").toFile());
        assertThat(ours.get("mediaType")).isEqualTo(theirs.get("mediaType"));
        assertThat(ours.get("verificationMaterial")).isEqualTo(theirs.get("verificationMaterial"));
        assertThat(ours.at("/dsseEnvelope/payloadType")).isEqualTo(theirs.at("/dsseEnvelope/payloadType"));
        assertThat(ours.at("/dsseEnvelope/signatures/0/keyid"))
                .isEqualTo(theirs.at("/dsseEnvelope/signatures/0/keyid"));
        JsonNode our = json.readTree(payload(ours));
        JsonNode their = json.readTree(payload(theirs));
        assertThat(our.get("_type")).isEqualTo(their.get("_type"));
        assertThat(our.get("predicateType")).isEqualTo(their.get("predicateType"));
        assertThat(our.at("/subject/0/digest")).isEqualTo(their.at("/subject/0/digest"));
        assertThat(our.at("/predicate/resources")).isEqualTo(their.at("/predicate/resources"));
        assertThat(our.at("/predicate/serialization/method").asText()).isEqualTo("files");
        assertThat(our.at("/predicate/serialization/hash_type").asText()).isEqualTo("sha256");
        assertThat(our.at("/predicate/serialization/allow_symlinks").asBoolean(true))
                .isFalse();
        assertThat(our.at("/predicate/serialization/ignore_paths").toString()).contains("\"model.sig\"", "\".git\"");
    }

    private static String payload(JsonNode bundle) {
        return new String(
                Base64.getDecoder().decode(bundle.at("/dsseEnvelope/payload").asText()), StandardCharsets.UTF_8);
    }

    @Test
    void whatCannotBeSignedIsNamedAndNothingIsWritten() throws IOException {
        Path out = folder.resolve("m.sig");
        Files.createSymbolicLink(model.resolve("link"), Path.of("config.txt"));
        refused(signer("p256.pem"), out, "link is a symbolic link, which cannot be signed");
        Files.delete(model.resolve("link"));
        Files.writeString(model.resolve("a\\b"), "x");
        refused(signer("p256.pem"), out, "has a backslash");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> signer("p256.pem").sign(empty, out))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("no file in this folder");
        assertThatThrownBy(() -> signer("p256.pem").sign(folder.resolve("none"), out))
                .hasMessageContaining("there is no such file or folder");
        assertThat(out).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aCertificateIsTheKeysOwnAndForSigning() {
        Path out = folder.resolve("m.sig");
        refused(with("p384.pem", "leaf.crt"), out, "is of another key than");
        refused(with("p256.pem", "bare.crt"), out, "is not for signing");
        refused(with("p256.pem", "middle.crt"), out, "is of another key than");
        assertThat(out).doesNotExist();
    }

    /** A private key beside the public part of another. */
    @Test
    void halvesOfTwoKeysAreRefused() throws IOException {
        byte[] one = der("p256.sec1.pem");
        byte[] other = der("p256.sec1.pem");
        System.arraycopy(new byte[32], 0, other, 7, 31); // another number
        Path file = folder.resolve("k.pem");
        Files.writeString(
                file,
                "-----BEGIN EC PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(other)
                        + "\n-----END EC PRIVATE KEY-----\n");
        assertThat(other).isNotEqualTo(one);
        refused(
                new ModelSigner(file, Optional.empty(), Optional.empty()),
                folder.resolve("m.sig"),
                "belongs to another key");
    }

    private static byte[] der(String name) throws IOException {
        String text = Files.readString(Fixtures.key(name));
        return Base64.getMimeDecoder()
                .decode(text.replaceFirst("(?s).*-----BEGIN EC PRIVATE KEY-----", "")
                        .replaceFirst("-----END.*", ""));
    }

    private void refused(ModelSigner signer, Path out, String said) {
        assertThatThrownBy(() -> signer.sign(model, out)).hasMessageContaining(said);
        assertThat(out).doesNotExist();
    }

    private static ModelSigner signer(String key) {
        return new ModelSigner(Fixtures.key(key), Optional.empty(), Optional.empty());
    }

    private static ModelSigner with(String key, String certificate) {
        return new ModelSigner(Fixtures.key(key), Optional.empty(), Optional.of(Fixtures.key(certificate)));
    }

    private static boolean good(SignatureCheck check) {
        return check.checks().stream().allMatch(one -> one.outcome() == Outcome.GOOD);
    }
}
