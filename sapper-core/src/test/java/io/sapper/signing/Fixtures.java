package io.sapper.signing;

import io.sapper.data.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the package model-signing made (its README says how), and bundles that it would not make. */
public final class Fixtures {
    private static final Path FOLDER = Path.of("src/test/resources/io/sapper/signing");

    private Fixtures() {}

    public static Path key(String name) {
        return FOLDER.resolve("keys").resolve(name);
    }

    public static Path bundle(String name) {
        return FOLDER.resolve("bundles").resolve(name + ".sig");
    }

    /** A copy of the signed folder. */
    public static Path model(Path folder) throws IOException {
        Path copy = folder.resolve("model");
        Path original = FOLDER.resolve("folder");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(original.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }

    public static Path single() {
        return FOLDER.resolve("single.bin");
    }

    /** What a bundle of the package signs, as text. */
    static String payload(String bundle) throws IOException {
        return new String(Bundle.read(bundle(bundle)).payload(), StandardCharsets.UTF_8);
    }

    /** A bundle of any text, with a signature that holds. */
    static Path signed(Path file, String payload) throws IOException {
        try {
            PrivateKeys.Pair pair = PrivateKeys.read(key("p256.pem"), Optional.empty());
            byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
            byte[] signature = Ecdsa.sign(pair.open().curve(), pair.secret(), Bundle.signed(bytes));
            Output.replace(file, BundleJson.of(new Bundle(file, bytes, signature, Optional.empty(), List.of())));
            // without a hint there is an empty chain; a bare key is what it is
            String text = Files.readString(file);
            Files.writeString(file, text.replace("\"x509CertificateChain\":{\"certificates\":[]}", "\"publicKey\":{}"));
            return file;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    static SignatureCheck byKey(Path model, Path bundle, String key) throws IOException {
        return SignatureCheck.of(model, bundle, new Trust.Key(key(key)), new Hashes(Set.of()));
    }

    static SignatureCheck byRoot(Path model, Path bundle, String roots, String... identity) throws IOException {
        Trust trust = new Trust.Roots(key(roots), Stream.of(identity).findFirst());
        return SignatureCheck.of(model, bundle, trust, new Hashes(Set.of()));
    }
}
