package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Private keys as OpenSSL writes them: PKCS#8 ({@code PRIVATE KEY}, or encrypted) and SEC 1 ({@code EC PRIVATE KEY}).
 */
final class PrivateKeys {
    private static final String EC = "1.2.840.10045.2.1";

    private final Path file;

    private PrivateKeys(Path file) {
        this.file = file;
    }

    /** A private key with its public one. */
    record Pair(Keys.Public open, PrivateKey secret) {}

    /**
     * Reads one.
     *
     * @param password of an encrypted one
     * @throws MalformedFileException if it is none
     * @throws UnsupportedSignatureException if it is of another kind than models are signed with
     * @throws IllegalArgumentException if a password is needed, or wrong
     */
    static Pair read(Path file, Optional<String> password) throws IOException {
        List<Pem> blocks = Pem.read(file, "a private key").stream()
                .filter(block -> !block.is("EC PARAMETERS")) // which the key says itself
                .toList();
        PrivateKeys reader = new PrivateKeys(file);
        if (blocks.size() != 1 || !blocks.get(0).label().endsWith("PRIVATE KEY")) {
            String found = String.join(", ", blocks.stream().map(Pem::label).toList());
            throw reader.malformed("expected one private key, found " + found
                    + (found.equals("PUBLIC KEY") ? ": a public key verifies, and the private one signs" : ""));
        }
        Pem block = blocks.get(0);
        if (block.is("RSA PRIVATE KEY", "DSA PRIVATE KEY", "OPENSSH PRIVATE KEY")) {
            throw Keys.wrongKind(file, block.label().replace(" PRIVATE KEY", ""));
        } else if (block.headers()) {
            throw new UnsupportedSignatureException(
                    file,
                    "a key encrypted in the old way. Write it anew: 'openssl pkcs8" + " -topk8 -in "
                            + file.getFileName() + " -out new.pem'.");
        }
        try {
            return switch (block.label()) {
                case "PRIVATE KEY" -> reader.pkcs8(block.der());
                case "ENCRYPTED PRIVATE KEY" -> reader.pkcs8(reader.decrypted(block.der(), password));
                case "EC PRIVATE KEY" -> reader.sec1(block.der(), "");
                default ->
                    throw new UnsupportedSignatureException(
                            file, "a key of the kind '" + block.label() + "'. " + Keys.CURVES);
            };
        } catch (Damage e) {
            throw reader.malformed("this key is damaged (" + e.getMessage() + ")");
        }
    }

    /** That bytes are no key. */
    private static final class Damage extends Exception {
        private static final long serialVersionUID = 1L;

        Damage(Exception cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    private byte[] decrypted(byte[] der, Optional<String> password) throws IOException, Damage {
        String given = password.orElseThrow(() -> new IllegalArgumentException(file
                + " is encrypted. Its password is read from a file (--password-file FILE) or a variable of the"
                + " environment (--password-env NAME)."));
        PBEKeySpec spec = new PBEKeySpec(given.toCharArray());
        EncryptedPrivateKeyInfo info;
        Cipher cipher;
        SecretKeyFactory factory;
        try {
            info = new EncryptedPrivateKeyInfo(der);
            // Of PBES2 the parameters alone know which one it is.
            String named = String.valueOf(info.getAlgParameters());
            String algorithm = named.startsWith("PBE") ? named : info.getAlgName();
            cipher = Cipher.getInstance(algorithm);
            factory = SecretKeyFactory.getInstance(algorithm);
        } catch (IOException e) {
            throw new Damage(e);
        } catch (GeneralSecurityException e) {
            throw new UnsupportedSignatureException(
                    file,
                    "encrypted in a way that this Java does not know ("
                            + e.getMessage() + "). Write it anew: 'openssl pkcs8 -topk8 -in " + file.getFileName()
                            + " -out new.pem'.");
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, factory.generateSecret(spec), info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The password given does not open " + file + ".", e);
        } finally {
            spec.clearPassword();
        }
    }

    private Pair pkcs8(byte[] der) throws IOException, Damage {
        try {
            Der info = Der.of(der).in(Der.SEQUENCE);
            info.number();
            Der algorithm = info.in(Der.SEQUENCE);
            String kind = algorithm.object();
            if (!kind.equals(EC)) {
                throw Keys.wrongKind(file, kind(kind));
            }
            String curve = algorithm.next(Der.OBJECT) ? algorithm.object() : "";
            return sec1(info.take(Der.OCTET_STRING), curve);
        } catch (IllegalArgumentException e) {
            throw new Damage(e);
        }
    }

    private static String kind(String object) {
        return switch (object) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.3.101.112" -> "Ed25519";
            case "1.3.101.113" -> "Ed448";
            default -> object;
        };
    }

    /** RFC 5915: version, number, the curve's name where it does not stand outside, the public key. */
    private Pair sec1(byte[] der, String outside) throws IOException, Damage {
        try {
            Der key = Der.of(der).in(Der.SEQUENCE);
            key.number();
            byte[] number = key.take(Der.OCTET_STRING);
            String named = outside;
            if (key.next(Der.FIRST)) {
                Der parameters = key.in(Der.FIRST);
                named = parameters.next(Der.OBJECT) ? parameters.object() : "";
            }
            Curve curve = Curve.ofOid(named).orElseThrow(() -> Keys.wrongKind(file, "EC, of another curve"));
            if (!key.next(Der.SECOND)) {
                throw new UnsupportedSignatureException(
                        file,
                        "its public part does not stand with it. Write it anew:" + " 'openssl pkey -in "
                                + file.getFileName() + " -out new.pem'.");
            }
            byte[] point = key.in(Der.SECOND).take(Der.BIT_STRING);
            PrivateKey secret = KeyFactory.getInstance("EC")
                    .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, number), curve.parameters()));
            return new Pair(new Keys.Public(curve, open(curve, point)), secret);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new Damage(e);
        }
    }

    private static ECPublicKey open(Curve curve, byte[] point) throws GeneralSecurityException {
        int bytes = curve.bytes();
        if (point.length != 2 + 2 * bytes || point[0] != 0 || point[1] != 4) {
            throw new IllegalArgumentException("its public part is no point in the plain form");
        }
        ECPoint at = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 2, 2 + bytes)),
                new BigInteger(1, Arrays.copyOfRange(point, 2 + bytes, 2 + 2 * bytes)));
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(at, curve.parameters()));
    }

    private MalformedFileException malformed(String problem) {
        return new MalformedFileException(file, "", problem + ".");
    }
}
