package io.sapper.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a bundle signs, once the signature holds: signers may err, and their keys may be stolen. */
class StatementTest {
    private static final String DIGEST = "a4703c8fefe0ab93c7170e56a5c7c661d5af8f96dfda5fb29c0a84eb5f6dbf26";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"../x\" | leaves the model's folder",
                "\"a/../../x\" | leaves the model's folder",
                "\"/etc/passwd\" | is absolute",
                "\"C:/x\" | is absolute",
                "\"a\\\\x\" | has a backslash",
                "\"a//b\" | is not written plainly",
                "\"./a\" | is not written plainly",
                "\"a\\u0000b\" | has a control character",
                "\"a\\nb\" | has a control character",
                "\"\" | a name is empty",
                "7 | expected a text",
            })
    void namesStayInTheModel(String name, String said) {
        assertThatThrownBy(() -> read(statement(
                        "files", "{\"name\":" + name + ",\"algorithm\":\"sha256\",\"digest\":\"" + DIGEST + "\"}")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "https://in-toto.io/Statement/v1 | https://in-toto.io/Statement/v0.1 | its _type is",
                "signature/v1.0 | signature/v2.0 | its predicateType is",
                "\"subject\":[ | \"subject\":[{}, | one subject, and here are 2",
                "\"sha256\":\"70799d | \"sha256\":\"80799d | all files together have the digest 80799d",
                "\"sha256\":\"70799d | \"sha512\":\"70799d | subject[0].digest.sha256: expected a text",
                "\"algorithm\":\"sha256\" | \"algorithm\":\"sha1\" | of the kind 'sha1', and that of all is sha256",
                "\"digest\":\"a470 | \"digest\":\"A470 | is no SHA-256",
                "\"digest\":\"a470 | \"digest\":\"470 | is no SHA-256",
                "\"allow_symlinks\":false | \"allow_symlinks\":\"false\" | expected true or false under allow_symlinks",
                "\"method\":\"files\" | \"method\":\"shards\",\"shard_size\":0 | shard_size is no whole number above 0",
                "\"method\":\"files\" | \"method\":\"shards\",\"shard_size\":1.5 | shard_size is no whole number above 0",
                "\"method\":\"files\" | \"method\":\"shards\" | shard_size is no whole number above 0",
                "\"resources\":[ | \"resources\":[],\"x\":[ | it names no file",
            })
    void contradictionsAreNamed(String from, String to, String said) {
        String good = statement("files", resource(".")).replace("TOGETHER", together());
        assertThat(good).contains(from);
        assertThatThrownBy(() -> read(good.replace(from, to)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aNameStandsOnce() {
        assertThatThrownBy(() -> read(statement("files", resource("a") + "," + resource("a"))))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("'a' is named twice");
    }

    @Test
    void anUnknownMethodIsRefused() {
        assertThatThrownBy(() -> read(statement("tensors", resource("a"))))
                .isInstanceOf(UnsupportedSignatureException.class)
                .hasMessageContaining("the method 'tensors'");
    }

    @Test
    void thePackagesOwnIsRead() throws IOException {
        Statement files = read(Fixtures.payload("p256"));
        assertThat(files.subject()).isEqualTo("folder");
        assertThat(files.links()).isFalse();
        assertThat(files.ignored()).contains(".git", ".gitignore");
        assertThat(files.digests().keySet())
                .as("in the package's own order")
                .containsExactly("config/a name.txt", "config/classes.json", "config.txt", "model.bin");
        assertThat(files.oneFile()).isFalse();
        Statement pieces = read(Fixtures.payload("shards"));
        assertThat(pieces.shardBytes()).isEqualTo(10);
        assertThat(pieces.digests()).hasSize(10).containsKey("model.bin:20:25");
        assertThat(read(Fixtures.payload("single")).oneFile()).isTrue();
    }

    /** The digest of the only file, as bytes, hashed again; as 'xxd -r -p | sha256sum' has it. */
    @Test
    void theDigestOfAllIsThatOfTheDigests() throws IOException {
        assertThat(together()).startsWith("70799da3877165f8");
        Map<String, String> digests = new LinkedHashMap<>();
        digests.put(".", DIGEST);
        Statement written = new Statement("n", false, List.of(".git"), 0, digests);
        assertThat(read(new String(BundleJson.of(written), StandardCharsets.UTF_8)))
                .isEqualTo(written);
    }

    private static String together() {
        return Statement.together(Map.of(".", DIGEST));
    }

    private static String resource(String name) {
        return "{\"name\":\"" + name + "\",\"algorithm\":\"sha256\",\"digest\":\"" + DIGEST + "\"}";
    }

    private static String statement(String method, String resources) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"n\",\"digest\":{\"sha256\":\"TOGETHER\"}}],"
                + "\"predicateType\":\"https://model_signing/signature/v1.0\",\"predicate\":{\"serialization\":{"
                + "\"method\":\"" + method + "\",\"hash_type\":\"sha256\",\"allow_symlinks\":false},\"resources\":["
                + resources + "]}}";
    }

    /** Through a bundle, as it would come. */
    private Statement read(String payload) throws IOException {
        Path bundle = Fixtures.signed(folder.resolve("x.sig"), payload);
        return Statement.read(bundle, Bundle.read(bundle).payload());
    }
}
