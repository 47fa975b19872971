package io.sapper.signing;

import io.sapper.result.Outcome;
import io.sapper.result.Verdict.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether files have the digests that somebody published. */
public final class DigestCheck {
    private final Hashes hashes;
    private final List<Check> checks = new ArrayList<>();
    private final List<Path> covered = new ArrayList<>();

    private DigestCheck(Hashes hashes) {
        this.hashes = hashes;
    }

    /**
     * One file against digests, any of which will do.
     *
     * @param from who wants it, for people
     */
    public static DigestCheck of(Path model, List<Digest> wanted, String from, Hashes hashes) throws IOException {
        DigestCheck check = new DigestCheck(hashes);
        List<Digest> found = new ArrayList<>();
        for (Digest one : wanted) {
            Digest digest = hashes.of(model, one.algorithm());
            if (!found.contains(digest)) {
                found.add(digest);
            }
        }
        boolean good = wanted.stream().anyMatch(found::contains);
        check.found("digest of " + model.getFileName(), text(found), text(wanted) + " (" + from + ")", good);
        if (good) {
            check.covered.add(model);
        }
        return check;
    }

    /**
     * A file, or all of a folder, against a manifest. Of a file, those that lie beside it are looked at too, as far as
     * they are named.
     *
     * @param beside files that belong to the model and lie beside it
     * @param own files that belong to nobody's model, such as the signature
     */
    public static DigestCheck of(
            Path model, DigestManifest manifest, Collection<Path> beside, List<Path> own, Hashes hashes)
            throws IOException {
        DigestCheck check = new DigestCheck(hashes);
        Map<Path, Digest> listed = manifest.within(model);
        String wanted = "as " + manifest.file() + " lists them";
        if (Files.isDirectory(model)) {
            check.folder(model, manifest, listed, wanted, own);
            return check;
        }
        Path real = model.toRealPath();
        check.file(real, listed, wanted);
        for (Path file : beside) {
            if (Files.exists(file) && listed.containsKey(file.toRealPath())) {
                check.file(file.toRealPath(), listed, wanted);
            }
        }
        return check;
    }

    private void file(Path file, Map<Path, Digest> listed, String wanted) throws IOException {
        Digest digest = listed.get(file);
        String what = "digest of " + file.getFileName();
        if (digest == null) {
            found(what, "not listed", wanted, false);
            return;
        }
        Digest measured = hashes.of(file, digest.algorithm());
        boolean good = measured.equals(digest);
        found(what, measured.toString(), digest + " (" + wanted.replaceFirst("^as (.*) lists them$", "$1") + ")", good);
        if (good) {
            covered.add(file);
        }
    }

    private void folder(Path model, DigestManifest manifest, Map<Path, Digest> listed, String wanted, List<Path> own)
            throws IOException {
        List<Path> others = new ArrayList<>(own);
        others.add(manifest.file());
        ModelTree tree = ModelTree.of(model, new ModelTree.Choice(ModelTree.GIT, others, false));
        Path root = model.toRealPath();
        List<String> changed = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        List<Path> good = new ArrayList<>();
        for (Map.Entry<String, Path> file : tree.files().entrySet()) {
            Digest digest = listed.get(file.getValue());
            if (digest == null) {
                extra.add(file.getKey());
            } else if (hashes.of(file.getValue(), digest.algorithm()).equals(digest)) {
                good.add(file.getValue());
            } else {
                changed.add(file.getKey());
            }
        }
        TreeSet<Path> gone = new TreeSet<>(listed.keySet());
        gone.removeIf(file -> Files.isRegularFile(file));
        List<String> missing = gone.stream()
                .map(file -> Objects.toString(root.relativize(file)))
                .toList();
        Difference difference = new Difference(changed, missing, extra, tree.oddities());
        found("files", difference.none() ? listed.size() + " as listed" : difference.text(), wanted, difference.none());
        covered.addAll(good);
    }

    private void found(String what, String measured, String wanted, boolean good) {
        checks.add(new Check(what, measured, wanted, good ? Outcome.GOOD : Outcome.BAD));
    }

    private static String text(List<Digest> digests) {
        return digests.stream().map(Digest::toString).collect(Collectors.joining(" or "));
    }

    /** What was looked at. */
    public List<Check> checks() {
        return List.copyOf(checks);
    }

    /** Files that have the digests wanted. */
    public Collection<Path> covered() {
        return List.copyOf(covered);
    }
}
