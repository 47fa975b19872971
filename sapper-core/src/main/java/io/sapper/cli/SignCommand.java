package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.data.Plain;
import io.sapper.data.TextLines;
import io.sapper.signing.ModelSigner;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "sign",
        description = {
            "Signs a model with a private key, so that others can verify that it is yours and unchanged.",
            "All files of a folder are signed, or one file. 'sapper verify' verifies it, and OpenSSF's 'model_signing"
                    + " verify'."
        },
        footer = {
            "",
            "A key: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out private.pem",
            "       openssl pkey -in private.pem -pubout -out public.pem",
            "For example: sapper sign folder --key private.pem"
        })
final class SignCommand implements Callable<Integer> {
    private static final int BEGINNING = 1 << 16;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Parameters(paramLabel = "MODEL", description = "A model file, or the folder of a model.")
    Path model = Path.of(".");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The private key, in PEM: ECDSA of P-256, P-384 or P-521.")
    Path key = Path.of(".");

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description =
                    "The key's certificate in PEM, then those between it and a root. Default: none, the bare key.")
    Optional<Path> certificate = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the signature goes. Default: model.sig in the folder, or MODEL.sig beside the file.")
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password of an encrypted key: the first line of this file.")
    Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "The password of an encrypted key: the value of this variable of the environment.")
    Optional<String> passwordEnv = Optional.empty();

    @Option(names = "--json", description = "Print what was signed as JSON on standard output.")
    boolean json;

    /** What {@code --json} prints. */
    record Printed(String command, String model, String signature, int files, String signedWith) {}

    @Override
    public Integer call() throws Exception {
        Path file = out.orElse(ModelSigner.bundleOf(model));
        check(file);
        ModelSigner.Signed signed = new ModelSigner(key, password(), certificate).sign(model, file);
        if (json) {
            Json.print(new Printed("sign", model.toString(), file.toString(), signed.files(), signed.with()));
        } else {
            System.out.println(Plain.line("Signed " + signed.files() + (signed.files() == 1 ? " file" : " files")
                    + " with " + signed.with() + "."));
            System.out.println(Plain.line("Signature: " + file));
        }
        return ExitCode.DONE;
    }

    /** A typing error must not cost a model, or a key. */
    private static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("--out " + file + " is a folder, and the signature is a file.");
        }
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
                if (!beginning.isBlank() && !beginning.contains("application/vnd.dev.sigstore.bundle")) {
                    throw new IllegalArgumentException(
                            file + " is there already and is no signature. Maybe another file with --out.");
                }
            }
        }
    }

    private Optional<String> password() throws IOException {
        if (passwordFile.isPresent() && passwordEnv.isPresent()) {
            throw new IllegalArgumentException("A key has one password: --password-file or --password-env, not both.");
        }
        if (passwordEnv.isPresent()) {
            String value = System.getenv(passwordEnv.get());
            if (value == null) {
                throw new IllegalArgumentException("The environment has no variable '" + passwordEnv.get() + "'.");
            }
            return Optional.of(value);
        }
        if (passwordFile.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(passwordFile.get())) {
            throw new MalformedFileException(passwordFile.get(), "", "there is no such file.");
        }
        List<String> lines = TextLines.of(passwordFile.get());
        return Optional.of(lines.isEmpty() ? "" : Objects.requireNonNull(lines.get(0)));
    }
}
