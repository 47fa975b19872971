package io.sapper.cli;

import io.sapper.data.Reason;
import io.sapper.experiment.Host;
import io.sapper.network.FilesBeside;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import io.sapper.result.Verdict.Check;
import io.sapper.signing.Digest;
import io.sapper.signing.DigestCheck;
import io.sapper.signing.DigestManifest;
import io.sapper.signing.HashAlgorithm;
import io.sapper.signing.Hashes;
import io.sapper.signing.ModelSigner;
import io.sapper.signing.ModelTree;
import io.sapper.signing.Requirements;
import io.sapper.signing.Requirements.SignedBy;
import io.sapper.signing.SignatureCheck;
import io.sapper.signing.Trust;
import io.sapper.signing.UnsupportedSignatureException;
import io.sapper.signing.WantedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at everything that is wanted of a model, for {@code verify}. */
final class Verification {
    private final Path model;
    private final List<Requirements> wanted;
    private final ModelTree tree;
    private final List<Check> checks = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<Path> covered = new LinkedHashSet<>();
    private final Map<Path, DigestManifest> manifests = new LinkedHashMap<>();
    private Hashes hashes = new Hashes(Set.of());
    private @Nullable Exception failure;

    private Verification(Path model, List<Requirements> wanted) throws IOException {
        this.model = model;
        this.wanted = wanted;
        List<Path> own = new ArrayList<>(List.of(ModelSigner.bundleOf(model)));
        wanted.forEach(one -> one.signedBy().flatMap(SignedBy::bundle).ifPresent(own::add));
        wanted.forEach(one -> one.manifest().ifPresent(own::add));
        tree = ModelTree.of(model, new ModelTree.Choice(ModelTree.GIT, own, false));
    }

    /**
     * Looks at a model. What could not be looked at is a failure of the whole, unless something else does not hold:
     * then the model is refused anyway, and that is what is said.
     *
     * @param wanted nothing, one or several lists; all of them must hold
     * @param commandLine as it was typed
     */
    static RunResult of(Path model, List<Requirements> wanted, List<String> commandLine) throws IOException {
        Verification verification = new Verification(model, wanted);
        verification.look();
        return verification.result(commandLine);
    }

    /** A part of it. */
    @FunctionalInterface
    private interface Part {
        void look() throws IOException;
    }

    private void look() throws IOException {
        for (Requirements one : wanted) {
            attempt(one, "manifest", () -> {
                if (one.manifest().isPresent()) {
                    manifests.put(
                            one.manifest().get(),
                            DigestManifest.read(one.manifest().get()));
                }
            });
        }
        hashes = new Hashes(algorithms());
        for (Requirements one : wanted) {
            attempt(one, "digest", () -> digest(one));
            attempt(one, "manifest", () -> manifest(one));
            attempt(one, "signature", () -> signature(one));
        }
        if (wanted.stream()
                .anyMatch(one -> !one.digests().isEmpty()
                        || one.manifest().isPresent()
                        || one.signedBy().isPresent())) {
            for (Path onnx : onnx()) {
                attempt("weights beside " + onnx.getFileName(), () -> beside(onnx));
            }
        }
        if (wanted.stream().anyMatch(Requirements::noGraphTrigger)) {
            attempt("no graph trigger", () -> checks.addAll(GraphCheck.of(onnx())));
        }
        for (Requirements one : wanted) {
            if (one.result().isPresent()) {
                attempt(one, "result", () -> result(one.result().get()));
            }
        }
    }

    private void result(WantedResult result) throws IOException {
        List<Path> beside = new ArrayList<>();
        for (Path onnx : onnx()) {
            namesBeside(onnx).forEach(name -> besideOf(onnx, name, beside));
        }
        checks.add(ResultCheck.of(result, onnx(), beside, hashes));
    }

    /** Part of what a policy wants: what is wrong with it names the policy, which is where it is put right. */
    private void attempt(Requirements one, String what, Part part) {
        attempt(what, () -> {
            try {
                part.look();
            } catch (UnsupportedSignatureException e) {
                throw one.policy() ? e.wantedBy(one.from()) : e;
            } catch (IOException e) {
                throw one.policy() ? new IOException(one.from() + ": " + Reason.of(e), e) : e;
            } catch (IllegalArgumentException e) {
                throw one.policy() && e.getClass() == IllegalArgumentException.class
                        ? new IllegalArgumentException(one.from() + ": " + e.getMessage(), e)
                        : e;
            }
        });
    }

    private void attempt(String what, Part part) {
        try {
            part.look();
        } catch (IOException | IllegalArgumentException e) {
            String reason = e instanceof IOException io ? Reason.of(io) : String.valueOf(e.getMessage());
            String measured = "cannot be looked at: " + reason.replaceFirst("\\.$", "");
            checks.add(new Check(what, measured, "that it holds", Outcome.UNKNOWN));
            failure = failure == null ? e : failure;
        }
    }

    private Set<HashAlgorithm> algorithms() {
        Set<HashAlgorithm> algorithms = EnumSet.noneOf(HashAlgorithm.class);
        wanted.forEach(one -> one.digests().forEach(digest -> algorithms.add(digest.algorithm())));
        manifests.values().stream()
                .flatMap(manifest -> manifest.digests().values().stream())
                .map(Digest::algorithm)
                .forEach(algorithms::add);
        if (algorithms.stream().anyMatch(HashAlgorithm::forgeable)) {
            warnings.add("A SHA-1 can be forged: two files with the same one can be made. It finds damage, not an"
                    + " attacker; ask for a SHA-256.");
        }
        return algorithms;
    }

    private void digest(Requirements one) throws IOException {
        if (one.digests().isEmpty()) {
            return;
        }
        if (tree.folder()) {
            throw new IllegalArgumentException(model + " is a folder, and a digest is of one file. Name the file, or"
                    + " give a manifest of all files: 'sha256sum' writes one.");
        }
        take(DigestCheck.of(model, one.digests(), one.from(), hashes));
    }

    private void manifest(Requirements one) throws IOException {
        DigestManifest manifest = one.manifest().map(manifests::get).orElse(null);
        if (manifest == null) {
            return;
        }
        List<Path> beside = new ArrayList<>();
        if (!tree.folder()) {
            namesBeside(model).forEach(name -> besideOf(model, name, beside));
        }
        take(DigestCheck.of(model, manifest, beside, List.of(ModelSigner.bundleOf(model)), hashes));
    }

    private void take(DigestCheck check) throws IOException {
        checks.addAll(check.checks());
        cover(check.covered());
    }

    private void signature(Requirements one) throws IOException {
        if (one.signedBy().isEmpty()) {
            return;
        }
        Trust trust = one.signedBy().get().trust();
        Path bundle = one.signedBy().get().bundle().orElse(ModelSigner.bundleOf(model));
        if (one.signedBy().get().bundle().isEmpty() && !Files.exists(bundle)) {
            checks.add(new Check(
                    "signature",
                    "none: there is no " + bundle + " (--signature says where another is)",
                    "a signature (" + one.from() + ")",
                    Outcome.BAD));
            if (!Files.exists(trust.file())) { // else it would be missed only once a signature is there
                throw new NoSuchFileException(trust.file().toString());
            }
            return;
        }
        SignatureCheck check = SignatureCheck.of(model, bundle, trust, hashes);
        checks.addAll(check.checks());
        warnings.addAll(check.warnings());
        cover(check.covered());
    }

    private void cover(Collection<Path> files) throws IOException {
        for (Path file : files) {
            covered.add(file.toRealPath());
        }
    }

    /** A model file without the files that its weights lie in is half a model. */
    private void beside(Path onnx) throws IOException {
        Set<String> names = namesBeside(onnx);
        List<String> bare = new ArrayList<>();
        for (String name : names) {
            List<Path> file = new ArrayList<>();
            besideOf(onnx, name, file);
            if (file.isEmpty() || !covered.contains(file.get(0).toRealPath())) {
                bare.add(name + (file.isEmpty() ? " (not there, or outside the model's folder)" : ""));
            }
        }
        if (!names.isEmpty()) {
            checks.add(new Check(
                    "weights beside " + onnx.getFileName(),
                    bare.isEmpty() ? String.join(", ", names) : "nothing vouches for " + String.join(", ", bare),
                    "vouched for as the model is: by a manifest of all files, or a signature of the folder",
                    bare.isEmpty() ? Outcome.GOOD : Outcome.BAD));
        }
    }

    private Set<String> namesBeside(Path onnx) throws IOException {
        try {
            return FilesBeside.of(onnx);
        } catch (IOException e) {
            if (isOnnx(onnx)) {
                warnings.add(Reason.of(e) + " So it is not known whether weights lie beside it.");
            }
            return Set.of();
        }
    }

    private static void besideOf(Path onnx, String name, List<Path> files) {
        Path folder = onnx.toAbsolutePath().normalize().getParent();
        if (folder != null && !name.isEmpty() && name.indexOf('\0') < 0) {
            Path file = folder.resolve(name).normalize();
            if (file.startsWith(folder) && Files.isRegularFile(file)) {
                files.add(file);
            }
        }
    }

    /** The model file, or those of a folder. */
    private List<Path> onnx() {
        return tree.folder()
                ? tree.files().values().stream().filter(Verification::isOnnx).toList()
                : List.of(model);
    }

    private static boolean isOnnx(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    private RunResult result(List<String> commandLine) throws IOException {
        List<ModelSummary> models = new ArrayList<>();
        for (Map.Entry<String, Path> file : tree.files().entrySet()) {
            String name = tree.folder() ? file.getKey() : String.valueOf(model.getFileName());
            models.add(new ModelSummary(
                    ModelSummary.READ, name, Files.size(file.getValue()), hashes.sha256(file.getValue())));
        }
        hashes.checkUnchanged();
        Verdict verdict = verdict();
        if (failure != null && verdict.outcome() != Outcome.BAD) {
            rethrow(failure);
        }
        return new RunResult(
                "verify",
                commandLine,
                "Verification of " + model.toAbsolutePath().normalize().getFileName(),
                verdict,
                List.copyOf(warnings),
                0,
                settings(),
                models,
                List.of(),
                List.of(),
                List.of(),
                Host.withoutEngine());
    }

    private static void rethrow(Exception failure) throws IOException {
        if (failure instanceof IOException io) {
            throw io;
        }
        throw (IllegalArgumentException) failure;
    }

    private Verdict verdict() {
        if (checks.isEmpty()) {
            return new Verdict(Outcome.UNKNOWN, "Nothing was given to verify the model against.", checks);
        }
        List<Check> bad =
                checks.stream().filter(check -> check.outcome() != Outcome.GOOD).toList();
        Outcome outcome = checks.stream().map(Check::outcome).reduce(Outcome.GOOD, Outcome::and);
        String sentence = bad.isEmpty()
                ? "All that was asked for holds (" + checks.size() + (checks.size() == 1 ? " check)." : " checks).")
                : "Do not use this model as it is: " + bad.get(0).what() + ": "
                        + bad.get(0).measured() + "."
                        + (bad.size() == 1
                                ? ""
                                : " And " + (bad.size() - 1) + (bad.size() == 2 ? " more does" : " more do")
                                        + " not hold.");
        return new Verdict(outcome, sentence, checks);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", model.toString());
        for (Requirements one : wanted) {
            one.manifest().ifPresent(file -> settings.put("manifest, " + one.from(), file.toString()));
            one.signedBy()
                    .ifPresent(by -> settings.put(
                            "signature, " + one.from(),
                            by.bundle().orElse(ModelSigner.bundleOf(model)).toString()));
            one.result()
                    .ifPresent(file ->
                            settings.put("result, " + one.from(), file.file().toString()));
        }
        return settings;
    }
}
