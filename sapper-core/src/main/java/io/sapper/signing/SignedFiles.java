package io.sapper.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds the files of a model against what was signed, file by file or piece by piece. */
final class SignedFiles {
    private final Statement statement;
    private final Hashes hashes;

    SignedFiles(Statement statement, Hashes hashes) {
        this.statement = statement;
        this.hashes = hashes;
    }

    Difference compare(ModelTree tree) throws IOException {
        return statement.shardBytes() > 0 ? pieces(tree) : files(tree);
    }

    private Difference files(ModelTree tree) throws IOException {
        List<String> changed = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        for (Map.Entry<String, Path> file : tree.files().entrySet()) {
            String signed = statement.digests().get(file.getKey());
            if (signed == null) {
                extra.add(file.getKey());
            } else if (!signed.equals(hashes.sha256(file.getValue()))) {
                changed.add(file.getKey());
            }
        }
        return new Difference(changed, missing(statement.digests().keySet(), tree), extra, tree.oddities());
    }

    private Difference pieces(ModelTree tree) throws IOException {
        Map<String, List<String>> signed = new TreeMap<>(ResourceNames.ORDER);
        statement.digests().forEach((piece, digest) -> signed.computeIfAbsent(
                        piece.replaceFirst(":\\d+:\\d+$", ""), name -> new ArrayList<>())
                .add(piece + " " + digest));
        List<String> changed = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        for (Map.Entry<String, Path> file : tree.files().entrySet()) {
            List<String> wanted = signed.get(file.getKey());
            long bytes = Files.size(file.getValue());
            if (wanted == null && bytes > 0) { // a file without bytes has no pieces, so nothing can be signed of it
                extra.add(file.getKey());
            } else if (wanted != null && !asSigned(file.getKey(), file.getValue(), bytes, wanted)) {
                changed.add(file.getKey());
            }
        }
        return new Difference(changed, missing(signed.keySet(), tree), extra, tree.oddities());
    }

    /** How many pieces there are is compared first: small ones of a large file could be more than fit into memory. */
    private boolean asSigned(String name, Path file, long bytes, List<String> wanted) throws IOException {
        long shard = statement.shardBytes();
        if ((bytes + shard - 1) / shard != wanted.size()) {
            return false;
        }
        List<String> found = new ArrayList<>();
        long start = 0;
        for (String digest : hashes.shards(file, shard)) {
            long end = Math.min(start + shard, bytes);
            found.add(name + ":" + start + ":" + end + " " + digest);
            start = end;
        }
        return new TreeSet<>(found).equals(new TreeSet<>(wanted));
    }

    private static List<String> missing(Iterable<String> signed, ModelTree tree) {
        List<String> missing = new ArrayList<>();
        signed.forEach(name -> {
            if (!tree.files().containsKey(name)) {
                missing.add(name);
            }
        });
        missing.sort(ResourceNames.ORDER);
        return missing;
    }
}
