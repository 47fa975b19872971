package io.sapper.signing;

import java.nio.file.Path;
import java.util.Optional;

/** Who must have signed a model. */
public sealed interface Trust {
    /** The PEM file that says it. */
    Path file();

    /**
     * Whoever has the private key to a public one.
     *
     * @param file the public key, in PEM
     */
    record Key(Path file) implements Trust {}

    /**
     * Whoever has a certificate for signing that one of these roots vouches for.
     *
     * @param file root certificates, in PEM; others in it only help to find a way to a root
     * @param identity that the certificate must name: an alternative name (mail address, URI, DNS name) or a common
     *     name; empty where any will do
     */
    record Roots(Path file, Optional<String> identity) implements Trust {}
}
