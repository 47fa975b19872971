package io.sapper.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digests as people and {@code sha256sum} write them, and how files come by theirs. */
class DigestTest {
    // of "abc": FIPS 180-4's own examples
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final String SHA1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
    private static final String SHA512 = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

    @TempDir
    Path folder;

    @Test
    void allFormsAreRead() {
        for (String form : List.of(SHA256, "sha256:" + SHA256, "SHA-256:" + SHA256.toUpperCase(Locale.ROOT))) {
            assertThat(Digest.parse(form)).isEqualTo(new Digest(HashAlgorithm.SHA256, SHA256));
        }
        assertThat(Digest.parse(SHA1).algorithm()).isEqualTo(HashAlgorithm.SHA1);
        assertThat(Digest.parse("sha512:" + SHA512).algorithm()).isEqualTo(HashAlgorithm.SHA512);
        assertThat(Digest.parse("sha1:" + SHA1)).hasToString("sha1:" + SHA1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "hello                             | is no digest",
                "sha256:                           | is no digest",
                "d41d8cd98f00b204e9800998ecf8427e  | 32 hexadecimal digits (MD5?), which protects from nobody",
                "sha256:a9993e364706816aba3e25717850c26c9cd0d89d | A digest of SHA-256 has 64 hexadecimal digits",
                "blake3:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad | 'blake3' is no digest that is computed",
                "sha256:ba7816bf                   | 8 hexadecimal digits",
            })
    void otherTextsAreRefused(String text, String said) {
        assertThatThrownBy(() -> Digest.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said)
                .hasMessageContaining("hexadecimal digits");
    }

    @Test
    void filesHaveTheDigestsOfTheStandard() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        Hashes hashes = new Hashes(Set.of(HashAlgorithm.values()));
        assertThat(hashes.of(file, HashAlgorithm.SHA256).hex()).isEqualTo(SHA256);
        assertThat(hashes.of(file, HashAlgorithm.SHA1).hex()).isEqualTo(SHA1);
        assertThat(hashes.of(file, HashAlgorithm.SHA512).hex()).isEqualTo(SHA512);
        assertThatThrownBy(() -> new Hashes(Set.of()).of(file, HashAlgorithm.SHA1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Naive oracle: each piece by itself, across the size of what is read at once. */
    @Test
    void piecesHaveTheirOwn() throws IOException {
        byte[] bytes = new byte[(1 << 20) + 70];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 1000);
        }
        Path file = Files.write(folder.resolve("large"), bytes);
        for (int shard : new int[] {bytes.length + 1, bytes.length, 1 << 20, 700_001, 1000}) {
            List<String> found = new Hashes(Set.of()).shards(file, shard);
            assertThat(found).hasSize((bytes.length + shard - 1) / shard);
            for (int i = 0; i < found.size(); i++) {
                byte[] piece = Arrays.copyOfRange(bytes, i * shard, (int) Math.min((i + 1L) * shard, bytes.length));
                Path one = Files.write(folder.resolve("piece"), piece);
                assertThat(found.get(i)).isEqualTo(new Hashes(Set.of()).sha256(one));
                if (i > 3) {
                    break;
                }
            }
        }
    }

    @Test
    void aFileThatChangesEndsIt() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "abc");
        Hashes hashes = new Hashes(Set.of());
        hashes.sha256(file);
        hashes.checkUnchanged();
        FileTime before = Files.getLastModifiedTime(file);
        Files.writeString(file, "abcd");
        Files.setLastModifiedTime(file, before);
        assertThatThrownBy(hashes::checkUnchanged)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed while");
        Files.delete(file);
        assertThatThrownBy(hashes::checkUnchanged).isInstanceOf(IOException.class);
    }

    @Test
    void bothFormsOfAManifestAreRead() throws IOException {
        DigestManifest read = manifest(
                "# of today",
                "",
                SHA256 + "  a.bin",
                SHA1 + " *./b/c d.bin",
                "SHA512 (e.bin) = " + SHA512,
                SHA256 + "  a.bin");
        assertThat(read.digests().keySet()).containsExactly("a.bin", "b/c d.bin", "e.bin");
        assertThat(read.digests().get("b/c d.bin").algorithm()).isEqualTo(HashAlgorithm.SHA1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SHA  ../a        | line 1: the name '../a' leaves",
                "SHA  /a          | line 1: the name '/a' is absolute",
                "\\SHA  a\\\\b    | has a backslash",
                "hello            | line 1: expected a digest and a name",
                "abcd  a          | line 1: 'abcd' has 4 hexadecimal digits",
                "MD5 (a) = abcd   | 4 hexadecimal digits",
                "SHA1 (a) = SHA   | A digest of SHA-1 has 40",
                "# nothing        | it lists no file",
            })
    void brokenLinesAreNamed(String line, String said) {
        assertThatThrownBy(() -> manifest(line.replace("SHA ", SHA256 + " ").replaceFirst("= SHA$", "= " + SHA256)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aNameHasOneDigest() {
        assertThatThrownBy(() -> manifest(SHA256 + "  a", SHA1 + "  a"))
                .hasMessageContaining("line 2: 'a' has another digest further up");
    }

    private DigestManifest manifest(String... lines) throws IOException {
        return DigestManifest.read(Files.write(folder.resolve("SUMS"), List.of(lines)));
    }
}
