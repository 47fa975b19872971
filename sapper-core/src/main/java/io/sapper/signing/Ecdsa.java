package io.sapper.signing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;

/** Signatures with elliptic curves (FIPS 186-4), with the hash that belongs to the curve. */
final class Ecdsa {
    private Ecdsa() {}

    /**
     * Whether a signature is of this key over these bytes.
     *
     * <p>Its form is checked first: two numbers from 1 to the curve's order, in DER, and nothing behind them. Java
     * before 17.0.3 took zeros for a signature of anything (CVE-2022-21449). That the negative of the second number
     * would do as well is so with ECDSA, and half of what OpenSSL makes is of either kind; nothing here takes a
     * signature's bytes for a name.
     */
    static boolean verify(Curve curve, ECPublicKey key, byte[] signed, byte[] signature) {
        if (!wellFormed(curve, signature)) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(curve.algorithm());
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // the JDK throws at some signatures that are none
        }
    }

    private static boolean wellFormed(Curve curve, byte[] signature) {
        try {
            Der all = Der.of(signature);
            Der numbers = all.in(Der.SEQUENCE);
            all.end();
            BigInteger first = numbers.number();
            BigInteger second = numbers.number();
            numbers.end();
            return inside(first, curve) && inside(second, curve);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean inside(BigInteger number, Curve curve) {
        return number.signum() > 0 && number.compareTo(curve.order()) < 0;
    }

    static byte[] sign(Curve curve, PrivateKey key, byte[] signed) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(curve.algorithm());
        signer.initSign(key);
        signer.update(signed);
        return signer.sign();
    }
}
