package io.sapper.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.result.Outcome;
import io.sapper.result.Verdict.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of the public package, on models as they were signed and as they were not. */
class SignatureCheckTest {
    @TempDir
    Path folder;

    private Path model = Path.of(".");

    @BeforeEach
    void copy() throws IOException {
        model = Fixtures.model(folder);
    }

    @ParameterizedTest
    @CsvSource({"p256, p256", "p384, p384", "p521, p521", "shards, p256", "links, p256", "ignoring, p256"})
    void whatThePackageSignedWithAKeyHolds(String bundle, String key) throws IOException {
        SignatureCheck check = Fixtures.byKey(model, Fixtures.bundle(bundle), key + ".pub.pem");
        assertThat(bad(check)).isEmpty();
        assertThat(check.checks()).hasSize(2);
        assertThat(check.covered()).hasSize(bundle.equals("ignoring") ? 2 : 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"leaf", "with-root", "coder", "server", "expired"})
    void whatItSignedWithACertificateHolds(String bundle) throws IOException {
        SignatureCheck check = Fixtures.byRoot(model, Fixtures.bundle(bundle), "root.crt");
        assertThat(bad(check)).isEmpty();
        assertThat(check.checks()).hasSize(4);
        assertThat(check.warnings()).hasSize(bundle.equals("server") || bundle.equals("expired") ? 1 : 0);
    }

    @Test
    void aModelOfOneFileHolds() throws IOException {
        assertThat(bad(Fixtures.byKey(Fixtures.single(), Fixtures.bundle("single"), "p256.pub.pem")))
                .isEmpty();
        assertThat(bad(Fixtures.byKey(model, Fixtures.bundle("single"), "p256.pub.pem")))
                .hasValueSatisfying(check -> assertThat(check.measured()).contains("one file was signed"));
        assertThat(bad(Fixtures.byKey(Fixtures.single(), Fixtures.bundle("p256"), "p256.pub.pem")))
                .hasValueSatisfying(check -> assertThat(check.measured()).contains("a folder was signed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bare        | root.crt  | neither digital signature nor code signing",
                "undersigned | root.crt  | no way leads from its certificate to a trusted root",
                "leaf        | other.crt | no way leads from its certificate to a trusted root",
                "p256        | root.crt  | signed with a bare key",
            })
    void certificatesThatDoNotDo(String bundle, String roots, String said) throws IOException {
        SignatureCheck check = Fixtures.byRoot(model, Fixtures.bundle(bundle), roots);
        assertThat(bad(check))
                .hasValueSatisfying(one -> assertThat(one.measured()).contains(said));
        assertThat(check.checks()).noneMatch(one -> one.what().equals("files"));
    }

    @ParameterizedTest
    @CsvSource({
        "models@example.org, true",
        "https://example.org/models, true",
        "Model signer, true",
        "model signer, false",
        "example.org, false",
        "Example, false",
    })
    void theSignerIsTheOneWhoIsMeant(String identity, boolean right) throws IOException {
        SignatureCheck check = Fixtures.byRoot(model, Fixtures.bundle("leaf"), "root.crt", identity);
        assertThat(bad(check).isEmpty()).isEqualTo(right);
        assertThat(check.covered().isEmpty()).isEqualTo(!right);
    }

    @Test
    void anotherKeyIsAnother() throws IOException {
        SignatureCheck hinted = Fixtures.byKey(model, Fixtures.bundle("p256"), "p384.pub.pem");
        assertThat(bad(hinted))
                .hasValueSatisfying(one -> assertThat(one.measured()).contains("another key, as it says"));
        Path bare = Fixtures.signed(folder.resolve("bare.sig"), Fixtures.payload("p256"));
        assertThat(bad(Fixtures.byKey(model, bare, "p256.pub.pem"))).isEmpty();
        SignatureCheck unhinted = Fixtures.byKey(model, bare, "p384.pub.pem");
        assertThat(bad(unhinted))
                .hasValueSatisfying(one -> assertThat(one.measured()).contains("not made with that key"));
        assertThat(unhinted.covered()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "shards"})
    void everyChangeOfAFileIsSeen(String bundle) throws IOException {
        Files.writeString(model.resolve("model.bin"), "Weights of a small model\n");
        Files.writeString(model.resolve("extra.bin"), "x");
        Files.move(model.resolve("config.txt"), model.resolve("config.text"));
        SignatureCheck check = Fixtures.byKey(model, Fixtures.bundle(bundle), "p256.pub.pem");
        assertThat(bad(check)).hasValueSatisfying(one -> assertThat(one.measured())
                .isEqualTo("changed: model.bin; missing: config.txt; not among them: config.text, extra.bin"));
        assertThat(check.covered()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p256", "shards"})
    void aFileThatGrewIsSeen(String bundle) throws IOException {
        Files.writeString(model.resolve("model.bin"), Files.readString(model.resolve("model.bin")) + "more than that");
        assertThat(bad(Fixtures.byKey(model, Fixtures.bundle(bundle), "p256.pub.pem")))
                .hasValueSatisfying(one -> assertThat(one.measured()).isEqualTo("changed: model.bin"));
    }

    @Test
    void whatGitKeepsAndTheSignatureItselfAreNoPartOfIt() throws IOException {
        Files.createDirectories(model.resolve(".git/objects"));
        Files.writeString(model.resolve(".git/objects/a"), "x");
        Path own = Files.copy(Fixtures.bundle("p256"), model.resolve("anything.sig"));
        SignatureCheck check = Fixtures.byKey(model, own, "p256.pub.pem");
        assertThat(bad(check)).isEmpty();
        assertThat(check.warnings()).isEmpty();
        Files.copy(own, model.resolve("another.sig"));
        assertThat(bad(Fixtures.byKey(model, own, "p256.pub.pem"))).isPresent();
    }

    @Test
    void whatTheSignerLeftOutIsSaid() throws IOException {
        SignatureCheck check = Fixtures.byKey(model, Fixtures.bundle("ignoring"), "p256.pub.pem");
        assertThat(check.warnings()).singleElement().asString().contains("leaves out what is there: config.");
    }

    @Test
    void linksAreSignedOnlyWhereTheSignerSaysSoAndNeverLeadOut() throws IOException {
        Path outside = Files.move(model.resolve("model.bin"), folder.resolve("outside.bin"));
        Files.createSymbolicLink(model.resolve("model.bin"), outside);
        assertThat(bad(Fixtures.byKey(model, Fixtures.bundle("p256"), "p256.pub.pem")))
                .hasValueSatisfying(one -> assertThat(one.measured()).contains("model.bin is a symbolic link"));
        assertThat(bad(Fixtures.byKey(model, Fixtures.bundle("links"), "p256.pub.pem")))
                .hasValueSatisfying(one -> assertThat(one.measured()).contains("a link that leads out of the folder"));
        Files.delete(model.resolve("model.bin"));
        Files.createSymbolicLink(model.resolve("model.bin"), Path.of("config.txt"));
        assertThat(bad(Fixtures.byKey(model, Fixtures.bundle("links"), "p256.pub.pem")))
                .hasValueSatisfying(one -> assertThat(one.measured()).isEqualTo("changed: model.bin"));
        Files.delete(model.resolve("model.bin"));
        Files.createSymbolicLink(model.resolve("model.bin"), model.resolve("config"));
        assertThat(bad(Fixtures.byKey(model, Fixtures.bundle("links"), "p256.pub.pem")))
                .hasValueSatisfying(one -> assertThat(one.measured()).contains("a link to a folder"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"blake2b", "blake3"})
    void otherDigestsAreRefused(String bundle) {
        assertThatThrownBy(() -> Fixtures.byKey(model, Fixtures.bundle(bundle), "p256.pub.pem"))
                .isInstanceOf(UnsupportedSignatureException.class)
                .hasMessageContaining("'" + bundle + "'")
                .hasMessageContaining("only sha256 is computed here");
    }

    private static Optional<Check> bad(SignatureCheck check) {
        return check.checks().stream()
                .filter(one -> one.outcome() != Outcome.GOOD)
                .findFirst();
    }
}
