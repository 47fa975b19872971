package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is signed: an in-toto statement of the predicate {@code https://model_signing/signature/v1.0}. It names every
 * file of a model with its digest, and says by which rules files were chosen.
 *
 * @param subject the model's name, which tells people something and nothing else
 * @param links whether links were followed
 * @param ignored names of files and folders that were left out
 * @param shardBytes how large the pieces are that have a digest each; 0 where each file has one
 * @param digests SHA-256 in hexadecimal digits by name, in their order; pieces are called {@code FILE:START:END}
 */
record Statement(String subject, boolean links, List<String> ignored, long shardBytes, Map<String, String> digests) {
    static final String TYPE = "https://in-toto.io/Statement/v1";
    static final String PREDICATE = "https://model_signing/signature/v1.0";

    /** Of model-signing 0.2, whose signature is over another text. */
    static final String OLD_PREDICATE = "https://model_signing/Digests/v0.1";

    private static final String SHA256 = HashAlgorithm.SHA256.id();

    /**
     * Reads one whose signature holds.
     *
     * @param file the bundle, for messages
     * @throws MalformedFileException if it contradicts itself, or names files outside the model
     * @throws UnsupportedSignatureException if its digests are of a kind that is not computed here
     */
    static Statement read(Path file, byte[] payload) throws IOException {
        JsonPart statement = JsonPart.read(file, payload, "an in-toto statement");
        expect(statement, "_type", TYPE);
        expect(statement, "predicateType", PREDICATE);
        List<JsonPart> subjects = statement.parts("subject");
        if (subjects.size() != 1) {
            throw statement.malformed("a model's signature has one subject, and here are " + subjects.size());
        }
        JsonPart predicate = statement.part("predicate");
        JsonPart rules = predicate.part("serialization");
        String method = rules.text("method");
        long shards = 0;
        if (method.equals("shards")) {
            shards = rules.count("shard_size");
        } else if (!method.equals("files")) {
            throw new UnsupportedSignatureException(
                    file,
                    "files are put together by the method '" + method + "', which is not known here. Verify it with"
                            + " model-signing.");
        }
        checkKind(file, rules.text("hash_type"));
        Map<String, String> digests = digests(predicate, shards);
        String said = subjects.get(0).part("digest").text(SHA256);
        if (!said.equals(together(digests))) {
            throw statement.malformed("it says that all files together have the digest " + said
                    + ", and those that it names have " + together(digests));
        }
        return new Statement(
                subjects.get(0).maybe("name").orElse(""),
                rules.flag("allow_symlinks"),
                plain(rules.texts("ignore_paths")),
                shards,
                digests);
    }

    private static void expect(JsonPart statement, String name, String wanted) throws IOException {
        String found = statement.text(name);
        if (!found.equals(wanted)) {
            throw statement.malformed("its " + name + " is '" + found + "', and that of a model's signature " + wanted);
        }
    }

    private static void checkKind(Path file, String kind) throws IOException {
        if (!kind.equals(SHA256)) {
            throw new UnsupportedSignatureException(
                    file,
                    "it holds digests of the kind '" + kind + "', and only sha256 is computed here. Sign the model with"
                            + " sha256, which is the default of model-signing.");
        }
    }

    private static Map<String, String> digests(JsonPart predicate, long shards) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        String kind = shards == 0 ? SHA256 : SHA256 + "-sharded-" + shards;
        for (JsonPart resource : predicate.parts("resources")) {
            String name = resource.text("name");
            if (!resource.text("algorithm").equals(kind)) {
                throw resource.malformed(
                        "its digest is of the kind '" + resource.text("algorithm") + "', and that of all is " + kind);
            }
            String problem = problem(name, shards > 0);
            if (!problem.isEmpty()) {
                throw resource.malformed(problem);
            }
            String digest = resource.text("digest");
            if (!digest.matches("[0-9a-f]{64}")) {
                throw resource.malformed("'" + digest + "' is no SHA-256");
            }
            if (digests.put(name, digest) != null) {
                throw resource.malformed("'" + name + "' is named twice");
            }
        }
        if (digests.isEmpty()) {
            throw predicate.malformed("it names no file, so that it would fit to any model");
        }
        return digests;
    }

    private static String problem(String name, boolean sharded) {
        String file = name;
        if (sharded) {
            if (!name.matches(".+:\\d{1,18}:\\d{1,18}")) {
                return "'" + name + "' is no piece of a file (FILE:START:END)";
            }
            file = name.replaceFirst(":\\d+:\\d+$", "");
        }
        return file.equals(ResourceNames.ITSELF)
                ? ""
                : ResourceNames.problem(file).orElse("");
    }

    /** What is outside the folder is not looked at anyway. */
    private static List<String> plain(List<String> ignored) {
        List<String> plain = new ArrayList<>();
        for (String name : ignored) {
            if (ResourceNames.problem(name).isEmpty()) {
                plain.add(name);
            }
        }
        return plain;
    }

    /** The digest of a whole model: SHA-256 of the digests of its files, one behind the other, as bytes. */
    static String together(Map<String, String> digests) {
        MessageDigest all = HashAlgorithm.SHA256.start();
        digests.values().forEach(digest -> all.update(HexFormat.of().parseHex(digest)));
        return HexFormat.of().formatHex(all.digest());
    }

    /** Whether it is of a model that is one file. */
    boolean oneFile() {
        return digests.keySet().stream()
                .allMatch(name -> name.equals(ResourceNames.ITSELF) || name.startsWith(ResourceNames.ITSELF + ":"));
    }
}
