package io.sapper.cli;

import io.sapper.data.Plain;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import io.sapper.signing.Digest;
import io.sapper.signing.PolicyFile;
import io.sapper.signing.Requirements;
import io.sapper.signing.Requirements.SignedBy;
import io.sapper.signing.Trust;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description = {
            "Says whether a model is the one that somebody vouches for: by a digest, a list of digests, or a signature of"
                    + " OpenSSF model-signing with a key or a certificate; and whether it satisfies a policy.",
            "Exit code 0: all that was asked for holds; 1: something does not."
        },
        footer = {
            "",
            "For example: sapper verify model.onnx --digest sha256:4d7a...",
            "             sapper verify folder --signature model.sig --key public.pem",
            "             sapper verify model.onnx --policy policy.yaml"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int MOST_FILES = 20;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A model file, or the folder of a model.")
    Path model = Path.of(".");

    @Option(
            names = "--digest",
            paramLabel = "DIGEST",
            description = "What the file's digest must be: sha256:HEX (or sha512:, sha1:), or the digits alone. Given"
                    + " several times, any will do.")
    List<String> digests = List.of();

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "A list of digests as sha256sum or shasum write it.")
    Optional<Path> manifest = Optional.empty();

    @Option(
            names = "--signature",
            paramLabel = "FILE",
            description = "The signature bundle. Default: model.sig in the folder, or MODEL.sig beside the file.")
    Optional<Path> signature = Optional.empty();

    @Option(names = "--key", paramLabel = "FILE", description = "The public key of who must have signed it, in PEM.")
    Optional<Path> key = Optional.empty();

    @Option(
            names = "--certificate-chain",
            paramLabel = "FILE",
            description = "Root certificates that must vouch for who signed it, in PEM.")
    Optional<Path> roots = Optional.empty();

    @Option(
            names = "--identity",
            paramLabel = "NAME",
            description =
                    "With --certificate-chain: whom the certificate must name (mail address, URI, DNS name, common"
                            + " name). Default: anyone.")
    Optional<String> identity = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "What must hold, in YAML (docs/guide/verify-a-model.md).")
    Optional<Path> policy = Optional.empty();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() throws Exception {
        List<Requirements> wanted = wanted();
        RunResult result = Verification.of(model, wanted, spec == null ? List.of() : SweepCommand.commandLine(spec));
        if (json) {
            Json.print(result);
        } else {
            print(result);
        }
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("There is nothing to verify " + model
                    + " against. Give --digest, --manifest, --key or --certificate-chain (with --signature), or"
                    + " --policy.");
        }
        return result.verdict().outcome() == Outcome.GOOD ? ExitCode.DONE : ExitCode.NOT_GOOD_ENOUGH;
    }

    private List<Requirements> wanted() throws IOException {
        List<Requirements> wanted = new ArrayList<>();
        Requirements typed = new Requirements(
                Requirements.COMMAND_LINE,
                digests.stream().map(Digest::parse).toList(),
                manifest,
                trust().map(trust -> new SignedBy(trust, signature)),
                false,
                Optional.empty());
        if (!typed.none()) {
            wanted.add(typed);
        }
        if (policy.isPresent()) {
            wanted.add(withSignature(PolicyFile.read(policy.get())));
        }
        if (signature.isPresent()
                && wanted.stream().allMatch(one -> one.signedBy().isEmpty())) {
            throw new IllegalArgumentException(
                    "--signature says where a signature is, and not whose it must be. Add --key"
                            + " or --certificate-chain, or signed-by to the policy.");
        }
        return wanted;
    }

    private Optional<Trust> trust() {
        if (key.isPresent() && roots.isPresent()) {
            throw new IllegalArgumentException("A model has one signature: --key or --certificate-chain, not both.");
        } else if (identity.isPresent() && roots.isEmpty()) {
            throw new IllegalArgumentException("--identity goes with --certificate-chain: a bare key names nobody.");
        }
        return roots.isPresent() ? Optional.of(new Trust.Roots(roots.get(), identity)) : key.map(Trust.Key::new);
    }

    /** Where the bundle lies, the command line knows better than a policy for many models. */
    private Requirements withSignature(Requirements read) {
        return signature.isEmpty()
                ? read
                : new Requirements(
                        read.from(),
                        read.digests(),
                        read.manifest(),
                        read.signedBy().map(by -> new SignedBy(by.trust(), signature)),
                        read.noGraphTrigger(),
                        read.result());
    }

    private static void print(RunResult result) {
        PrintStream out = System.out;
        result.warnings().forEach(warning -> out.println(Plain.line("WARNING: " + warning)));
        Verdict verdict = result.verdict();
        out.println(Plain.line(verdict.outcome().name() + ": " + verdict.sentence()));
        for (Verdict.Check check : verdict.checks()) {
            out.println(Plain.line(String.format(
                    Locale.ROOT,
                    "  %-8s %s: %s; wanted: %s",
                    check.outcome().id(),
                    check.what(),
                    check.measured(),
                    check.wanted())));
        }
        out.println();
        List<ModelSummary> files = result.models();
        files.stream()
                .limit(MOST_FILES)
                .forEach(file -> out.println(Plain.line(String.format(
                        Locale.ROOT, "SHA-256   %s  %s (%,d bytes)", file.sha256(), file.name(), file.bytes()))));
        if (files.size() > MOST_FILES) {
            out.println("... and " + (files.size() - MOST_FILES) + " more files, which --json lists.");
        }
    }
}
