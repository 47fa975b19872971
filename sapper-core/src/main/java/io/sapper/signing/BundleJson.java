package io.sapper.signing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bundles and what they sign as JSON. Names stand in a fixed order, so that the same model gives the same text. */
final class BundleJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private BundleJson() {}

    /** An in-toto statement, as it is signed. */
    static byte[] of(Statement statement) {
        Map<String, Object> serialization = new LinkedHashMap<>();
        serialization.put("method", "files");
        serialization.put("hash_type", HashAlgorithm.SHA256.id());
        serialization.put("allow_symlinks", statement.links());
        serialization.put("ignore_paths", statement.ignored());
        List<Map<String, String>> resources = new ArrayList<>();
        for (Map.Entry<String, String> entry : statement.digests().entrySet()) {
            Map<String, String> resource = new LinkedHashMap<>();
            resource.put("name", entry.getKey());
            resource.put("algorithm", HashAlgorithm.SHA256.id());
            resource.put("digest", entry.getValue());
            resources.add(resource);
        }
        Map<String, Object> predicate = new LinkedHashMap<>();
        predicate.put("serialization", serialization);
        predicate.put("resources", resources);
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("name", statement.subject());
        subject.put("digest", Map.of(HashAlgorithm.SHA256.id(), Statement.together(statement.digests())));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("_type", Statement.TYPE);
        all.put("subject", List.of(subject));
        all.put("predicateType", Statement.PREDICATE);
        all.put("predicate", predicate);
        return text(all);
    }

    static byte[] of(Bundle bundle) {
        Map<String, Object> material = new LinkedHashMap<>();
        Optional<String> hint = bundle.hint();
        if (hint.isPresent()) {
            material.put("publicKey", Map.of("hint", hint.get()));
        } else {
            List<Map<String, String>> chain = bundle.certificates().stream()
                    .map(der -> Map.of("rawBytes", base64(der)))
                    .toList();
            material.put("x509CertificateChain", Map.of("certificates", chain));
        }
        material.put("tlogEntries", List.of());
        Map<String, Object> signature = new LinkedHashMap<>();
        signature.put("sig", base64(bundle.signature()));
        signature.put("keyid", "");
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("payload", base64(bundle.payload()));
        envelope.put("payloadType", Bundle.PAYLOAD_TYPE);
        envelope.put("signatures", List.of(signature));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("mediaType", Bundle.MEDIA_TYPE);
        all.put("verificationMaterial", material);
        all.put("dsseEnvelope", envelope);
        return text(all);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] text(Map<String, Object> all) {
        try {
            return JSON.writeValueAsString(all).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Names and digests can always be written as JSON.", e);
        }
    }
}
