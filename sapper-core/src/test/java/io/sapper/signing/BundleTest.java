package io.sapper.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import io.sapper.result.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles are made by anybody: every form that is not the one expected ends in one line. */
class BundleTest {
    @TempDir
    Path folder;

    /** Each line: what is replaced in a good bundle, by what, and what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "vnd.dev.sigstore.bundle.v0.3+json | json | is of no signature bundle",
                "\"mediaType\" | \"media\" | mediaType: expected a text, found nothing",
                "\"tlogEntries\" | \"publicKey\" | Duplicate field 'publicKey'",
                "\"dsseEnvelope\":{ | \"dsseEnvelope\":3,\"x\":{ | dsseEnvelope: expected an object, found number",
                "\"publicKey\" | \"key\" | either publicKey or x509CertificateChain",
                "\"hint\":\" | \"hint\":3,\"x\":\" | verificationMaterial.publicKey.hint: expected a text, found number",
                "application/vnd.in-toto+json | text/plain | 'text/plain' is not that of a model's signature",
                "\"payload\":\" | \"payload\":\"! | dsseEnvelope.payload: expected Base64",
                "\"signatures\":[ | \"signatures\":[{\"sig\":\"AAAA\"}, | one signature, and here are 2",
                "\"signatures\":[ | \"signatures\":[],\"x\":[ | one signature, and here are 0",
                "\"signatures\":[ | \"signatures\":[7, | dsseEnvelope.signatures[0]: expected an object",
                "\"sig\":\" | \"sign\":\" | dsseEnvelope.signatures[0].sig: expected a text, found nothing",
            })
    void brokenBundlesAreNamed(String from, String to, String said) throws IOException {
        assertThatThrownBy(() -> Bundle.read(changed(from, to)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "bundle.v0.3+json | bundle+json;version=0.2 | a bundle of another version",
                "\"publicKey\":{ | \"certificate\":{\"rawBytes\":\"AAAA\"},\"x\":{ | a keyless signature",
                "\"dsseEnvelope\" | \"messageSignature\" | it signs one digest",
            })
    void otherKindsAreRefusedWithAWayOut(String from, String to, String said) throws IOException {
        assertThatThrownBy(() -> Bundle.read(changed(from, to)))
                .isInstanceOf(UnsupportedSignatureException.class)
                .hasMessageContaining(said);
    }

    @Test
    void theFirstFormOfThePackageIsRefused() throws IOException {
        String old = "{\"_type\":\"" + Statement.TYPE + "\",\"predicateType\":\"" + Statement.OLD_PREDICATE + "\"}";
        Path bundle = Fixtures.signed(folder.resolve("old.sig"), old);
        assertThatThrownBy(() -> Bundle.read(bundle))
                .isInstanceOf(UnsupportedSignatureException.class)
                .hasMessageContaining("model-signing before 1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "{} {}", "\u0000\u0001"})
    void otherTextsAreNoBundles(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.sig"), text);
        assertThatThrownBy(() -> Bundle.read(file)).isInstanceOf(MalformedFileException.class);
    }

    @Test
    void deepAndLongAndForeignTextsEndAtOnce() throws IOException {
        Path deep = Files.writeString(folder.resolve("deep.sig"), "{\"a\":" + "[".repeat(100_000));
        assertThatThrownBy(() -> Bundle.read(deep)).hasMessageContaining("nesting depth");
        Path huge = folder.resolve("huge.sig");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        assertThatThrownBy(() -> Bundle.read(huge)).hasMessageContaining("longer than 64 MB");
        Path foreign = Files.write(folder.resolve("f.sig"), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
        assertThatThrownBy(() -> Bundle.read(foreign)).hasMessageContaining("no UTF-8");
        assertThatThrownBy(() -> Bundle.read(folder)).hasMessageContaining("this is no file");
        assertThatThrownBy(() -> Bundle.read(folder.resolve("none"))).hasMessageContaining("no such file");
    }

    @Test
    void aChainIsShort() throws IOException {
        String one = "{\"rawBytes\":\"AAAA\"},";
        String text = Files.readString(Fixtures.bundle("leaf"));
        Path many = folder.resolve("many.sig");
        Files.writeString(many, text.replace("\"certificates\":[", "\"certificates\":[" + one.repeat(9)));
        assertThatThrownBy(() -> Bundle.read(many)).hasMessageContaining("1 to 10 certificates, and this one 11");
        Files.writeString(many, text.replace("\"certificates\":[", "\"certificates\":[" + one));
        assertThatThrownBy(() -> Fixtures.byRoot(Fixtures.model(folder), many, "root.crt"))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("a certificate in it cannot be read");
    }

    /** One bit of what is signed, of the signature, and everything that Java before 17.0.3 would have taken. */
    @Test
    void nothingElseIsTheSignature() throws IOException {
        Path model = Fixtures.model(folder);
        Bundle good = Bundle.read(Fixtures.bundle("p256"));
        byte[] payload = good.payload();
        payload[payload.length / 2] ^= 1;
        assertThat(holds(model, payload, good.signature())).isFalse();
        byte[] signature = good.signature();
        assertThat(holds(model, good.payload(), signature)).isTrue();
        byte[] longer = Arrays.copyOf(signature, signature.length + 1);
        assertThat(holds(model, good.payload(), longer)).isFalse();
        signature[signature.length - 1] ^= 1;
        assertThat(holds(model, good.payload(), signature)).isFalse();
        assertThat(holds(model, good.payload(), new byte[0])).isFalse();
        assertThat(holds(model, good.payload(), new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}))
                .isFalse();
        // the length of the sequence in two bytes, where one would do
        byte[] loose = new byte[good.signature().length + 1];
        loose[0] = 0x30;
        loose[1] = (byte) 0x81;
        System.arraycopy(good.signature(), 1, loose, 2, good.signature().length - 1);
        assertThat(holds(model, good.payload(), loose)).isFalse();
    }

    private boolean holds(Path model, byte[] payload, byte[] signature) throws IOException {
        Path file = folder.resolve("changed.sig");
        Bundle good = Bundle.read(Fixtures.bundle("p256"));
        Files.write(file, BundleJson.of(new Bundle(file, payload, signature, good.hint(), good.certificates())));
        return Fixtures.byKey(model, file, "p256.pub.pem").checks().stream()
                .allMatch(check -> check.outcome() == Outcome.GOOD);
    }

    /**
     * DSSE's own example: https://github.com/secure-systems-lab/dsse/blob/v1.0.0/protocol.md#test-vectors, other type.
     */
    @Test
    void whatIsSignedHasTypeAndLengthBeforeIt() {
        assertThat(new String(Bundle.signed("hello world".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 28 application/vnd.in-toto+json 11 hello world");
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Path file = folder.resolve("w.sig");
        byte[] payload = {1, 2};
        Files.write(file, BundleJson.of(new Bundle(file, payload, new byte[] {3}, Optional.of("h"), List.of())));
        Bundle read = Bundle.read(file);
        assertThat(read.payload()).isEqualTo(payload);
        assertThat(read.hint()).contains("h");
        assertThat(Files.readString(file)).contains(Base64.getEncoder().encodeToString(payload));
    }

    private Path changed(String from, String to) throws IOException {
        String text = Files.readString(Fixtures.bundle("p256"));
        assertThat(text).contains(from);
        return Files.writeString(folder.resolve("x.sig"), text.replace(from, to));
    }
}
