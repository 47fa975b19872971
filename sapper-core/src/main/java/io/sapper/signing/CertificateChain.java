package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a way from the certificate that signed a model to a root that is trusted, by PKIX (RFC 5280) as the JDK does
 * it. Asked for the time at which the signer's certificate began to hold, as the package model-signing does: a bundle
 * proves no time of signing, and a model is used long after its certificate has ended. Nobody is asked whether a
 * certificate was revoked, for that takes a network.
 */
final class CertificateChain {
    private final List<X509Certificate> roots;
    private final List<X509Certificate> between;

    private CertificateChain(List<X509Certificate> roots, List<X509Certificate> between) {
        this.roots = roots;
        this.between = between;
    }

    /**
     * Reads what is trusted.
     *
     * @throws MalformedFileException if no root is in it
     */
    static CertificateChain trusting(Path file) throws IOException {
        List<X509Certificate> roots = new ArrayList<>();
        List<X509Certificate> between = new ArrayList<>();
        for (X509Certificate one : Certificates.read(file)) {
            (Certificates.selfSigned(one) ? roots : between).add(one);
        }
        if (roots.isEmpty()) {
            throw new MalformedFileException(
                    file,
                    "",
                    "it holds no root certificate (one that vouches for itself), so that nothing can be trusted by it."
                            + " Add the root.");
        }
        return new CertificateChain(roots, between);
    }

    /**
     * Why a chain leads to none of the roots; empty where it does.
     *
     * @param chain certificates out of a bundle, that of the signer first
     */
    Optional<String> problem(List<X509Certificate> chain) {
        X509Certificate signer = chain.get(0);
        if (Instant.now().isBefore(signer.getNotBefore().toInstant())) {
            return Optional.of("its certificate does not hold before "
                    + signer.getNotBefore().toInstant());
        }
        try {
            Set<TrustAnchor> anchors =
                    roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
            X509CertSelector wanted = new X509CertSelector();
            wanted.setCertificate(signer);
            PKIXBuilderParameters asked = new PKIXBuilderParameters(anchors, wanted);
            asked.setRevocationEnabled(false);
            asked.setDate(signer.getNotBefore());
            List<X509Certificate> known = new ArrayList<>(chain);
            known.addAll(between);
            asked.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
            CertPathBuilder.getInstance("PKIX").build(asked);
            return Optional.empty();
        } catch (CertPathBuilderException e) {
            return Optional.of("no way leads from its certificate to a trusted root" + reason(e));
        } catch (GeneralSecurityException e) {
            return Optional.of("its certificates cannot be checked (" + e.getMessage() + ")");
        }
    }

    private static String reason(CertPathBuilderException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof CertPathValidatorException && cause.getMessage() != null
                ? " (" + cause.getMessage() + ")"
                : "";
    }
}
