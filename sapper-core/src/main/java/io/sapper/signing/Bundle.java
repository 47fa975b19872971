package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Sigstore bundle, version 0.3, as OpenSSF model-signing writes it: a DSSE envelope (what is signed, with one
 * signature) and what helps to verify it, which is a hint at a key or a chain of certificates. Nothing of it is true
 * because it stands there; {@link #payload} is worth something only once {@link #signature} holds over {@link #signed}.
 *
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.0/protocol.md">DSSE</a>
 */
final class Bundle {
    static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    /** That of a model of 200,000 files takes half of it. */
    static final int MOST_BYTES = 64 << 20;

    /** Many that vouch for each other in many ways would take long to find a way through. */
    private static final int MOST_CERTIFICATES = 10;

    private static final String WHAT = "a signature bundle";

    private final Path file;
    private final byte[] payload;
    private final byte[] signature;
    private final Optional<String> hint;
    private final List<byte[]> certificates;

    /**
     * @param file that it was read from or goes to
     * @param payload what is signed
     * @param hint at the key
     * @param certificates in DER, that of the signer first; none where it is signed with a bare key
     */
    Bundle(Path file, byte[] payload, byte[] signature, Optional<String> hint, List<byte[]> certificates) {
        this.file = file;
        this.payload = payload.clone();
        this.signature = signature.clone();
        this.hint = hint;
        this.certificates = List.copyOf(certificates);
    }

    /**
     * Reads one. Only its form is checked.
     *
     * @throws MalformedFileException if it is none, or says something twice
     * @throws UnsupportedSignatureException if it is of a kind that is not verified here
     */
    static Bundle read(Path file) throws IOException {
        JsonPart bundle = JsonPart.read(file, bytes(file), WHAT);
        String type = bundle.text("mediaType");
        if (!type.equals(MEDIA_TYPE)) {
            throw type.startsWith("application/vnd.dev.sigstore.bundle")
                    ? new UnsupportedSignatureException(
                            file,
                            "a bundle of another version (" + type + "), and only "
                                    + MEDIA_TYPE
                                    + " is read. Sign the model again with a newer model-signing, or with 'sapper"
                                    + " sign'.")
                    : bundle.malformed("the mediaType '" + type + "' is of no signature bundle");
        }
        if (bundle.has("messageSignature")) {
            throw new UnsupportedSignatureException(
                    file,
                    "it signs one digest (messageSignature), not the files of a model (dsseEnvelope). Sign the model"
                            + " with model-signing or 'sapper sign'.");
        }
        JsonPart material = bundle.part("verificationMaterial");
        JsonPart envelope = bundle.part("dsseEnvelope");
        return new Bundle(file, payload(envelope), signature(envelope), hint(material), certificates(material));
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", Files.exists(file) ? "this is no file." : "there is no such file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new MalformedFileException(
                        file,
                        "",
                        "it is longer than 64 MB, which no " + WHAT.substring(2) + " is. Maybe another file.");
            }
            return bytes;
        }
    }

    private static byte[] payload(JsonPart envelope) throws IOException {
        String type = envelope.text("payloadType");
        if (!type.equals(PAYLOAD_TYPE)) {
            throw envelope.malformed(
                    "the payloadType '" + type + "' is not that of a model's signature, " + PAYLOAD_TYPE);
        }
        byte[] payload = envelope.bytes("payload");
        if (new String(payload, StandardCharsets.UTF_8).contains("\"" + Statement.OLD_PREDICATE + "\"")) {
            throw new UnsupportedSignatureException(
                    envelope.file(),
                    "a signature of model-signing before 1.0, which signed another text. Sign the model again with"
                            + " model-signing 1.0 or newer, or with 'sapper sign'.");
        }
        return payload;
    }

    private static byte[] signature(JsonPart envelope) throws IOException {
        List<JsonPart> signatures = envelope.parts("signatures");
        if (signatures.size() != 1) {
            throw envelope.malformed("a model's bundle has one signature, and here are " + signatures.size());
        }
        return signatures.get(0).bytes("sig");
    }

    private static Optional<String> hint(JsonPart material) throws IOException {
        if (material.has("certificate") || material.has("timestampVerificationData")) {
            throw new UnsupportedSignatureException(
                    material.file(),
                    "a keyless signature (Sigstore with a certificate of Fulcio), which takes Sigstore's own service to"
                            + " verify. Verify it with 'model_signing verify sigstore', or have the model signed with a"
                            + " key or a certificate.");
        }
        if (material.has("publicKey") == material.has("x509CertificateChain")) {
            throw material.malformed("expected either publicKey or x509CertificateChain");
        }
        return material.has("publicKey") ? material.part("publicKey").maybe("hint") : Optional.empty();
    }

    private static List<byte[]> certificates(JsonPart material) throws IOException {
        List<byte[]> certificates = new ArrayList<>();
        if (material.has("x509CertificateChain")) {
            for (JsonPart one : material.part("x509CertificateChain").parts("certificates")) {
                certificates.add(one.bytes("rawBytes"));
            }
            if (certificates.isEmpty() || certificates.size() > MOST_CERTIFICATES) {
                throw material.malformed(
                        "a chain has 1 to " + MOST_CERTIFICATES + " certificates, and this one " + certificates.size());
            }
        }
        return certificates;
    }

    Path file() {
        return file;
    }

    /** What is signed; to be read once the signature holds. */
    byte[] payload() {
        return payload.clone();
    }

    byte[] signature() {
        return signature.clone();
    }

    /** Which key it says it is signed with: see {@link Keys#hint}. */
    Optional<String> hint() {
        return hint;
    }

    List<byte[]> certificates() {
        return certificates;
    }

    /** The bytes that the signature is over. */
    byte[] signed() {
        return signed(payload);
    }

    /** DSSE's pre-authentication encoding of a payload: its type and length stand before it. */
    static byte[] signed(byte[] payload) {
        byte[] head = ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + payload.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }
}
