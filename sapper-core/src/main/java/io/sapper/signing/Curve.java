package io.sapper.signing;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Optional;

/**
 * The curves of keys that models are signed with, each with its hash: those of Sigstore's bundles, and of the package
 * model-signing.
 */
enum Curve {
    P256("P-256", "secp256r1", "1.2.840.10045.3.1.7", "SHA256withECDSA"),
    P384("P-384", "secp384r1", "1.3.132.0.34", "SHA384withECDSA"),
    P521("P-521", "secp521r1", "1.3.132.0.35", "SHA512withECDSA");

    private final String text;
    private final String oid;
    private final String algorithm;
    private final String jdk;

    Curve(String text, String jdk, String oid, String algorithm) {
        this.text = text;
        this.jdk = jdk;
        this.oid = oid;
        this.algorithm = algorithm;
    }

    String text() {
        return text;
    }

    String oid() {
        return oid;
    }

    /** Of the JDK: ECDSA with the hash that belongs to the curve. */
    String algorithm() {
        return algorithm;
    }

    ECParameterSpec parameters() {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(jdk));
            return named.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has the curve " + jdk + ".", e);
        }
    }

    BigInteger order() {
        return parameters().getOrder();
    }

    /** Bytes of a coordinate. */
    int bytes() {
        return (parameters().getCurve().getField().getFieldSize() + 7) / 8;
    }

    static Optional<Curve> of(ECKey key) {
        for (Curve curve : values()) {
            ECParameterSpec known = curve.parameters();
            boolean same = known.getCurve().equals(key.getParams().getCurve())
                    && known.getGenerator().equals(key.getParams().getGenerator())
                    && known.getOrder().equals(key.getParams().getOrder());
            if (same) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }

    static Optional<Curve> ofOid(String oid) {
        for (Curve curve : values()) {
            if (curve.oid.equals(oid)) {
                return Optional.of(curve);
            }
        }
        return Optional.empty();
    }
}
