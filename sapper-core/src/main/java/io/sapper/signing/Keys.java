package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Public keys: their files, and how a bundle hints at them. */
final class Keys {
    static final String CURVES = "Models are signed with ECDSA keys of the curves P-256, P-384 or P-521: 'openssl"
            + " genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem'.";

    private Keys() {}

    /** A public key that is of one of the curves. */
    record Public(Curve curve, ECPublicKey key) {}

    /**
     * Reads a public key, in PEM.
     *
     * @throws MalformedFileException if it is none
     * @throws UnsupportedSignatureException if it is of another kind than model signatures have
     */
    static Public read(Path file) throws IOException {
        List<Pem> blocks = Pem.read(file, "a public key");
        for (Pem block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                throw new MalformedFileException(
                        file,
                        "",
                        "this is a private key, and the public one is wanted, which" + " 'openssl pkey -in "
                                + file.getFileName() + " -pubout' gives. Keep the private one secret.");
            } else if (block.is("CERTIFICATE")) {
                throw new MalformedFileException(
                        file,
                        "",
                        "this is a certificate, not a public key. Trust it with"
                                + " --certificate-chain (certificate-chain: in a policy).");
            }
        }
        if (blocks.size() != 1 || !blocks.get(0).is("PUBLIC KEY", "RSA PUBLIC KEY")) {
            throw new MalformedFileException(
                    file,
                    "",
                    "expected one public key (BEGIN PUBLIC KEY), found "
                            + String.join(", ", blocks.stream().map(Pem::label).toList()) + ".");
        }
        return supported(file, decoded(file, blocks.get(0)));
    }

    private static PublicKey decoded(Path file, Pem block) throws IOException {
        String[] kinds = {"EC", "RSA", "EdDSA", "DSA", "X25519"};
        for (String kind : kinds) {
            try {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(block.der()));
            } catch (GeneralSecurityException e) {
                // another kind, then
            }
        }
        if (block.is("RSA PUBLIC KEY")) {
            throw wrongKind(file, "RSA");
        }
        // The JDK knows no other curves, so a key of one looks damaged to it; it begins as every key of a curve.
        if (ellipticCurve(block.der())) {
            throw wrongKind(file, "EC, of another curve");
        }
        throw new MalformedFileException(
                file, "", "what stands below BEGIN PUBLIC KEY is no key. Maybe it is damaged.");
    }

    private static boolean ellipticCurve(byte[] der) {
        try {
            return Der.of(der).in(Der.SEQUENCE).in(Der.SEQUENCE).object().equals("1.2.840.10045.2.1");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @throws UnsupportedSignatureException if it is of no curve of ours */
    static Public supported(Path file, PublicKey key) throws UnsupportedSignatureException {
        if (!(key instanceof ECPublicKey ec)) {
            throw wrongKind(file, key.getAlgorithm());
        }
        Curve curve = Curve.of(ec).orElseThrow(() -> wrongKind(file, "EC, of another curve"));
        return new Public(curve, ec);
    }

    static UnsupportedSignatureException wrongKind(Path file, String kind) {
        return new UnsupportedSignatureException(file, "a key of the kind " + kind + ". " + CURVES);
    }

    /** How the package model-signing names a key in a bundle: SHA-256 of its PEM text. */
    static String hint(PublicKey key) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
        return HexFormat.of().formatHex(HashAlgorithm.SHA256.start().digest(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
