package io.sapper.signing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/** What a file's digest is made with. */
public enum HashAlgorithm {
    SHA256("SHA-256", 64),
    SHA512("SHA-512", 128),
    /**
     * Of old collections of models. Two files with the same digest can be made since 2017 (SHAttered, Stevens et al.).
     */
    SHA1("SHA-1", 40);

    private final String text;
    private final int digits;

    HashAlgorithm(String text, int digits) {
        this.text = text;
        this.digits = digits;
    }

    /** For people, and as the JDK calls it: {@code SHA-256}. */
    public String text() {
        return text;
    }

    /** How many hexadecimal digits a digest has. */
    public int digits() {
        return digits;
    }

    /** As it stands before a digest: {@code sha256}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a file can be made to have the digest of another. */
    public boolean forgeable() {
        return this == SHA1;
    }

    MessageDigest start() {
        try {
            return MessageDigest.getInstance(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has " + text + ".", e);
        }
    }

    /** By its name, with or without hyphen, large or small. */
    static Optional<HashAlgorithm> named(String name) {
        String plain = name.replace("-", "").toLowerCase(Locale.ROOT);
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.id().equals(plain)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** By how many hexadecimal digits its digests have. */
    static Optional<HashAlgorithm> ofDigits(int digits) {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.digits == digits) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
