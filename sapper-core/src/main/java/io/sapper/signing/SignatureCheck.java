package io.sapper.signing;

import io.sapper.result.Outcome;
import io.sapper.result.Verdict.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whether a model is as somebody signed it. In this order: the bundle's form, whom its key belongs to, the signature,
 * and only then what it says of files.
 */
public final class SignatureCheck {
    private final Path file;
    private final Trust trust;
    private final List<Check> checks = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Path> covered = new ArrayList<>();

    private SignatureCheck(Path file, Trust trust) {
        this.file = file;
        this.trust = trust;
    }

    /**
     * Looks at a model.
     *
     * @param model a file or folder
     * @param file the bundle
     */
    public static SignatureCheck of(Path model, Path file, Trust trust, Hashes hashes) throws IOException {
        SignatureCheck check = new SignatureCheck(file, trust);
        Bundle bundle = Bundle.read(file);
        boolean signed = trust instanceof Trust.Key key
                ? check.byKey(bundle, Keys.read(key.file()))
                : check.byCertificate(bundle, (Trust.Roots) trust);
        if (signed) {
            check.files(model, Statement.read(file, bundle.payload()), hashes);
        }
        return check;
    }

    /** What was looked at. */
    public List<Check> checks() {
        return List.copyOf(checks);
    }

    /** What people should know, a sentence each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Files that are as they were signed. */
    public Collection<Path> covered() {
        return List.copyOf(covered);
    }

    private boolean byKey(Bundle bundle, Keys.Public key) {
        String wanted = "by the key " + ((Trust.Key) trust).file();
        Optional<String> hint = bundle.hint();
        if (hint.isPresent() && !hint.get().equals(Keys.hint(key.key()))) {
            return found(
                    "signature", "made with another key, as it says itself (" + cut(hint.get()) + ")", wanted, false);
        }
        boolean holds = Ecdsa.verify(key.curve(), key.key(), bundle.signed(), bundle.signature());
        return found(
                "signature",
                holds
                        ? "made with that key (" + key.curve().text() + ")"
                        : "not made with that key, or what it signs was changed",
                wanted,
                holds);
    }

    private boolean byCertificate(Bundle bundle, Trust.Roots roots) throws IOException {
        CertificateChain trusted = CertificateChain.trusting(roots.file());
        String wanted = "by a certificate that a root in " + roots.file() + " vouches for";
        if (bundle.certificates().isEmpty()) {
            return found("certificate", "the bundle is signed with a bare key; trust that with --key", wanted, false);
        }
        List<X509Certificate> chain = Certificates.decode(file, bundle.certificates());
        Optional<String> problem = trusted.problem(chain);
        if (problem.isPresent()) {
            return found("certificate", problem.get(), wanted, false);
        }
        Signer signer = new Signer(chain.get(0));
        List<String> names = signer.names();
        found("certificate", "of " + (names.isEmpty() ? "nobody named" : String.join(", ", names)), wanted, true);
        boolean purpose = purpose(signer); // all three are looked at and said
        boolean identity = identity(names, roots);
        return signature(bundle, signer) && purpose && identity;
    }

    private boolean purpose(Signer signer) {
        if (signer.forOtherPurposes() && signer.signs()) {
            warnings.add("The certificate that signed the model is for other purposes than code, such as a server; it"
                    + " may sign (digital signature), and model-signing takes it too.");
        }
        Instant end = signer.certificate().getNotAfter().toInstant();
        if (Instant.now().isAfter(end)) {
            warnings.add("The certificate that signed the model ended on "
                    + end.toString().substring(0, 10)
                    + ". The bundle does not prove that it was signed before.");
        }
        return found(
                "certificate's purpose",
                signer.signs() ? "signing" : "neither digital signature nor code signing",
                "digital signature or code signing",
                signer.signs());
    }

    private boolean identity(List<String> names, Trust.Roots roots) {
        return roots.identity().isEmpty()
                || found(
                        "signer",
                        names.isEmpty() ? "nobody named" : String.join(", ", names),
                        roots.identity().get(),
                        names.contains(roots.identity().get()));
    }

    private boolean signature(Bundle bundle, Signer signer) throws IOException {
        Keys.Public key = Keys.supported(file, signer.certificate().getPublicKey());
        boolean holds = Ecdsa.verify(key.curve(), key.key(), bundle.signed(), bundle.signature());
        return found(
                "signature",
                holds
                        ? "made with the certificate's key (" + key.curve().text() + ")"
                        : "not made with the certificate's key, or what it signs was changed",
                "by the certificate's key",
                holds);
    }

    private void files(Path model, Statement statement, Hashes hashes) throws IOException {
        ModelTree tree =
                ModelTree.of(model, new ModelTree.Choice(statement.ignored(), List.of(file), statement.links()));
        String wanted = statement.digests().size() + (statement.shardBytes() > 0 ? " piece" : " file")
                + (statement.digests().size() == 1 ? "" : "s") + " as signed, and no other";
        if (statement.oneFile() == tree.folder()) {
            found(
                    "files",
                    tree.folder()
                            ? "this is a folder, and one file was signed; name the file"
                            : "this is one file, and a folder was signed; name the folder",
                    wanted,
                    false);
            return;
        }
        Difference difference = new SignedFiles(statement, hashes).compare(tree);
        found("files", difference.none() ? "as signed" : difference.text(), wanted, difference.none());
        if (difference.none()) {
            covered.addAll(tree.files().values());
        }
        List<String> left = tree.left().stream()
                .filter(name -> !ResourceNames.under(name, ModelTree.GIT) && !name.equals(ModelSigner.BUNDLE))
                .toList();
        if (!left.isEmpty()) {
            warnings.add("The signature leaves out what is there: " + String.join(", ", left)
                    + ". Whoever signed it chose so.");
        }
    }

    private boolean found(String what, String measured, String wanted, boolean good) {
        checks.add(new Check(what, measured, wanted, good ? Outcome.GOOD : Outcome.BAD));
        return good;
    }

    private static String cut(String hint) {
        return hint.length() <= 16 ? hint : hint.substring(0, 16) + "...";
    }
}
