package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signs a model as the package model-signing does: all files of a folder, or one file. Left out are the bundle itself
 * and what git keeps.
 *
 * @param key the private key, in PEM
 * @param password of an encrypted key
 * @param certificates of that key, in PEM, then those that lead to a root; empty where a bare key signs
 */
public record ModelSigner(Path key, Optional<String> password, Optional<Path> certificates) {
    /** Where a folder has its signature by default; never signed, so that a model may have several. */
    static final String BUNDLE = "model.sig";

    /**
     * What was signed.
     *
     * @param files how many
     * @param with the key or certificate, in words
     * @param hashes of the files
     * @param names and places of the files
     */
    public record Signed(int files, String with, Hashes hashes, Map<String, Path> names) {}

    /** Where the bundle of a model is by default: in a folder {@code model.sig}, of a file beside it. */
    public static Path bundleOf(Path model) {
        return Files.isDirectory(model) ? model.resolve(BUNDLE) : model.resolveSibling(model.getFileName() + ".sig");
    }

    /**
     * Signs and writes the bundle, whole or not at all. It is verified before it is written.
     *
     * @throws MalformedFileException if the key, a certificate or the model is broken
     */
    public Signed sign(Path model, Path out) throws IOException {
        PrivateKeys.Pair pair = PrivateKeys.read(key, password);
        List<X509Certificate> chain = certificates.isEmpty() ? List.of() : Certificates.read(certificates.get());
        if (!chain.isEmpty()) {
            check(chain.get(0), pair);
        }
        Hashes hashes = new Hashes(Set.of());
        ModelTree tree = ModelTree.of(model, new ModelTree.Choice(leftOut(), List.of(out), false));
        byte[] payload = BundleJson.of(statement(model, tree, out, hashes));
        byte[] signed = Bundle.signed(payload);
        byte[] signature = signature(pair, signed);
        hashes.checkUnchanged();
        Optional<String> hint =
                chain.isEmpty() ? Optional.of(Keys.hint(pair.open().key())) : Optional.empty();
        Bundle bundle = new Bundle(out, payload, signature, hint, encoded(chain));
        Output.replace(out, BundleJson.of(bundle));
        String with = chain.isEmpty()
                ? "the key " + key
                : "the certificate of " + String.join(", ", new Signer(chain.get(0)).names());
        return new Signed(tree.files().size(), with, hashes, tree.files());
    }

    private static List<String> leftOut() {
        List<String> names = new ArrayList<>(ModelTree.GIT);
        names.add(BUNDLE);
        return names;
    }

    private void check(X509Certificate certificate, PrivateKeys.Pair pair) throws IOException {
        Path file = certificates.orElseThrow();
        if (!Keys.supported(file, certificate.getPublicKey())
                .key()
                .getW()
                .equals(pair.open().key().getW())) {
            throw new IllegalArgumentException("The first certificate in " + file + " is of another key than " + key
                    + ". The signer's own stands first, then those that lead to a root.");
        }
        if (!new Signer(certificate).signs()) {
            throw new IllegalArgumentException("The certificate in " + file + " is not for signing: it says neither"
                    + " digital signature (key usage) nor code signing (extended key usage).");
        }
    }

    private static Statement statement(Path model, ModelTree tree, Path out, Hashes hashes) throws IOException {
        if (!tree.oddities().isEmpty()) {
            throw new MalformedFileException(
                    model, "", tree.oddities().get(0) + ", which cannot be signed. Copy the folder with 'cp -RL'.");
        }
        if (tree.files().isEmpty()) {
            throw new MalformedFileException(model, "", "there is no file in this folder to sign.");
        }
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : tree.files().entrySet()) {
            Optional<String> problem = tree.folder() ? ResourceNames.problem(file.getKey()) : Optional.<String>empty();
            if (problem.isPresent()) {
                throw new MalformedFileException(model, "", problem.get() + ". Rename the file.");
            }
            digests.put(file.getKey(), hashes.sha256(file.getValue()));
        }
        List<String> ignored = leftOut();
        Path root = model.toRealPath();
        Path bundle = out.toAbsolutePath().normalize();
        Path folder = bundle.getParent();
        Path real = folder != null && Files.isDirectory(folder)
                ? folder.toRealPath().resolve(bundle.getFileName())
                : bundle;
        if (tree.folder() && real.startsWith(root) && !real.equals(root.resolve(BUNDLE))) {
            ignored.add(root.relativize(real)
                    .toString()
                    .replace(root.getFileSystem().getSeparator(), "/"));
        }
        return new Statement(String.valueOf(root.getFileName()), false, ignored, 0, digests);
    }

    private byte[] signature(PrivateKeys.Pair pair, byte[] signed) throws IOException {
        try {
            byte[] signature = Ecdsa.sign(pair.open().curve(), pair.secret(), signed);
            if (Ecdsa.verify(pair.open().curve(), pair.open().key(), signed, signature)) {
                return signature;
            }
        } catch (GeneralSecurityException e) {
            throw new MalformedFileException(key, "", "nothing can be signed with this key (" + e.getMessage() + ").");
        }
        throw new MalformedFileException(
                key,
                "",
                "its public part belongs to another key. Write it anew: 'openssl pkey -in FILE -out new.pem'.");
    }

    private static List<byte[]> encoded(List<X509Certificate> chain) throws IOException {
        List<byte[]> encoded = new ArrayList<>();
        for (X509Certificate one : chain) {
            try {
                encoded.add(one.getEncoded());
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("What was read can be written.", e);
            }
        }
        return encoded;
    }
}
