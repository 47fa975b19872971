package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** X.509 certificates out of files and bundles. */
final class Certificates {
    private Certificates() {}

    /**
     * All certificates of a PEM file, in their order.
     *
     * @throws MalformedFileException if it holds something else, or nothing
     */
    static List<X509Certificate> read(Path file) throws IOException {
        List<X509Certificate> all = new ArrayList<>();
        for (Pem block : Pem.read(file, "a certificate")) {
            if (!block.is("CERTIFICATE", "TRUSTED CERTIFICATE")) {
                throw new MalformedFileException(
                        file,
                        "",
                        "expected certificates, found " + block.label() + "."
                                + (block.is("PUBLIC KEY")
                                        ? " A bare key is trusted with --key (key: in a policy)."
                                        : ""));
            }
            all.add(decode(file, block.der()));
        }
        return all;
    }

    static List<X509Certificate> decode(Path file, List<byte[]> ders) throws MalformedFileException {
        List<X509Certificate> all = new ArrayList<>();
        for (byte[] der : ders) {
            all.add(decode(file, der));
        }
        return all;
    }

    private static X509Certificate decode(Path file, byte[] der) throws MalformedFileException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new MalformedFileException(file, "", "a certificate in it cannot be read (" + e.getMessage() + ").");
        }
    }

    /** Whether it vouches for itself. */
    static boolean selfSigned(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
