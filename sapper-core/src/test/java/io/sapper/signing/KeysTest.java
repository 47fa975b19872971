package io.sapper.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as OpenSSL writes them, and whatever else people hand over for one. */
class KeysTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"p256", "p384", "p521"})
    void bothFormsOfAPrivateKeyGiveThePublicOne(String curve) throws IOException {
        Keys.Public open = Keys.read(Fixtures.key(curve + ".pub.pem"));
        assertThat(open.curve().text()).isEqualTo("P-" + curve.substring(1));
        for (String form : new String[] {".pem", ".sec1.pem"}) {
            PrivateKeys.Pair pair = PrivateKeys.read(Fixtures.key(curve + form), Optional.empty());
            assertThat(pair.open().key().getW()).isEqualTo(open.key().getW());
        }
    }

    /** As the package writes it into the bundle. */
    @Test
    void theHintIsThePackages() throws IOException {
        assertThat(Keys.hint(Keys.read(Fixtures.key("p384.pub.pem")).key()))
                .isEqualTo(Bundle.read(Fixtures.bundle("p384")).hint().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa.pub.pem     | a key of the kind RSA",
                "ed25519.pub.pem | a key of the kind EdDSA",
                "k256.pub.pem    | a key of the kind EC, of another curve",
            })
    void otherKindsOfPublicKeys(String file, String said) {
        assertThatThrownBy(() -> Keys.read(Fixtures.key(file)))
                .isInstanceOf(UnsupportedSignatureException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("P-256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p256.pem      | this is a private key, and the public one is wanted",
                "p256.sec1.pem | this is a private key, and the public one is wanted",
                "p256.encrypted.pem | this is a private key, and the public one is wanted",
                "leaf.crt      | this is a certificate, not a public key",
                "none          | there is no such file",
            })
    void whatIsNoPublicKey(String file, String said) {
        assertThatThrownBy(() -> Keys.read(Fixtures.key(file)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(said);
    }

    @Test
    void brokenPemIsNamed() throws IOException {
        String good = Files.readString(Fixtures.key("p256.pub.pem"));
        Path file = folder.resolve("k.pem");
        Files.writeString(file, good.substring(0, 60));
        assertThatThrownBy(() -> Keys.read(file)).hasMessageContaining("it is cut off");
        Files.writeString(file, "hello");
        assertThatThrownBy(() -> Keys.read(file)).hasMessageContaining("this is not a public key in PEM");
        Files.writeString(file, good.replace("\nM", "\n!"));
        assertThatThrownBy(() -> Keys.read(file)).hasMessageContaining("is no Base64");
        Files.writeString(file, good.replace("MFkw", "MFkx"));
        assertThatThrownBy(() -> Keys.read(file)).hasMessageContaining("is no key");
        Files.writeString(file, good.replace("END PUBLIC", "END OTHER"));
        assertThatThrownBy(() -> Keys.read(file)).hasMessageContaining("ends as END OTHER KEY");
        Files.writeString(file, good + good);
        assertThatThrownBy(() -> Keys.read(file)).hasMessageContaining("expected one public key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rsa.pem                 | a key of the kind RSA",
                "ed25519.pem             | a key of the kind Ed25519",
                "k256.pem                | EC, of another curve",
                "k256.sec1.pem           | EC, of another curve",
                "p256.encrypted-sec1.pem | encrypted in the old way",
            })
    void otherKindsOfPrivateKeys(String file, String said) {
        assertThatThrownBy(() -> PrivateKeys.read(Fixtures.key(file), Optional.empty()))
                .isInstanceOf(UnsupportedSignatureException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aPasswordIsAskedForAndTried() throws IOException {
        Path file = Fixtures.key("p256.encrypted.pem");
        assertThat(PrivateKeys.read(file, Optional.of("sesame")).open().key().getW())
                .isEqualTo(Keys.read(Fixtures.key("p256.pub.pem")).key().getW());
        assertThatThrownBy(() -> PrivateKeys.read(file, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--password-file");
        for (String wrong : new String[] {"open", "", "s\u00e9same"}) {
            assertThatThrownBy(() -> PrivateKeys.read(file, Optional.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The password given does not open");
        }
    }

    @Test
    void brokenPrivateKeysAreNamed() throws IOException {
        Path file = folder.resolve("k.pem");
        assertThatThrownBy(() -> PrivateKeys.read(Fixtures.key("p256.pub.pem"), Optional.empty()))
                .hasMessageContaining("a public key verifies, and the private one signs");
        String good = Files.readString(Fixtures.key("p256.pem"));
        Files.writeString(file, good.replace("\nM", "\nA"));
        assertThatThrownBy(() -> PrivateKeys.read(file, Optional.empty()))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("this key is damaged");
        Files.writeString(file, good.replaceFirst("(?s)\n.*\n-----END", "\nMIGH\n-----END"));
        assertThatThrownBy(() -> PrivateKeys.read(file, Optional.empty())).hasMessageContaining("it ends too early");
    }

    @Test
    void rootsAreRoots() {
        assertThatThrownBy(() -> CertificateChain.trusting(Fixtures.key("middle.crt")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("no root certificate");
        assertThatThrownBy(() -> CertificateChain.trusting(Fixtures.key("p256.pub.pem")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("A bare key is trusted with --key");
    }
}
