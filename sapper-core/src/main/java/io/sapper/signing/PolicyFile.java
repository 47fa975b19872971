package io.sapper.signing;

import io.sapper.data.MalformedFileException;
import io.sapper.data.YamlText;
import io.sapper.result.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A policy in YAML: what must hold of a model before it is used. Files in it are relative to the policy's own folder.
 */
public final class PolicyFile {
    private static final String EXAMPLE = "'no-graph-trigger: true' or 'digest: sha256:...'";
    private static final List<String> KEYS =
            List.of("digest", "manifest", "signature", "signed-by", "no-graph-trigger", "result");
    private static final List<String> SIGNERS = List.of("key", "certificate-chain", "identity");
    private static final List<String> RESULT = List.of("file", "command", "verdict", "max-age");
    private static final Pattern AGE = Pattern.compile("(\\d{1,5})\\s*(d|days?|h|hours?)");

    private final Path file;
    private final YamlText yaml;

    private PolicyFile(Path file, YamlText yaml) {
        this.file = file;
        this.yaml = yaml;
    }

    /**
     * Reads one.
     *
     * @throws MalformedFileException if it has a name that is not known, wants nothing, or contradicts itself
     */
    public static Requirements read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", Files.exists(file) ? "this is no file." : "there is no such file.");
        }
        YamlText yaml = YamlText.read(file, EXAMPLE);
        return new PolicyFile(file, yaml).requirements();
    }

    private Requirements requirements() throws IOException {
        checkKeys(yaml, "", KEYS);
        Requirements wanted =
                new Requirements(file.toString(), digests(), path(yaml, "manifest"), signedBy(), graph(), result());
        if (wanted.none()) {
            throw yaml.malformed("", "It wants nothing. A policy has at least one of " + String.join(", ", KEYS) + ".");
        }
        return wanted;
    }

    private static void checkKeys(YamlText part, String in, List<String> known) throws MalformedFileException {
        for (String key : part.keys()) {
            if (!known.contains(key)) {
                throw part.malformed(
                        in, "'" + key + "' is not known here. Known are " + String.join(", ", known) + ".");
            }
        }
        for (String key : known) {
            if (part.values().containsKey(key) && isNothing(part.values().get(key))) {
                throw part.malformed(in.isEmpty() ? key : in + "." + key, "Nothing stands there.");
            }
        }
    }

    /** A requirement that is empty would be one that always holds. */
    private static boolean isNothing(@Nullable Object value) {
        return value == null
                || value.equals("")
                || value.equals("~")
                || value.equals("null")
                || value.equals(List.of())
                || value.equals(Map.of());
    }

    private List<Digest> digests() throws MalformedFileException {
        List<Digest> digests = new ArrayList<>();
        for (String text : yaml.texts("digest")) {
            try {
                digests.add(Digest.parse(text));
            } catch (IllegalArgumentException e) {
                throw yaml.malformed("digest", String.valueOf(e.getMessage()));
            }
        }
        return digests;
    }

    private Optional<Requirements.SignedBy> signedBy() throws MalformedFileException {
        Optional<Path> bundle = path(yaml, "signature");
        YamlText part = yaml.part("signed-by");
        if (part.values().isEmpty()) {
            if (bundle.isPresent()) {
                throw yaml.malformed(
                        "signature", "Whose it must be is said under signed-by: a key or a" + " certificate-chain.");
            }
            return Optional.empty();
        }
        checkKeys(part, "signed-by", SIGNERS);
        Optional<Path> key = path(part, "key");
        Optional<Path> chain = path(part, "certificate-chain");
        Optional<String> identity = part.text("identity");
        if (key.isPresent() == chain.isPresent()) {
            throw yaml.malformed("signed-by", "Expected either a key or a certificate-chain.");
        } else if (key.isPresent() && identity.isPresent()) {
            throw yaml.malformed("signed-by", "A bare key names nobody: identity goes with certificate-chain.");
        }
        Trust trust = key.isPresent() ? new Trust.Key(key.get()) : new Trust.Roots(chain.orElseThrow(), identity);
        return Optional.of(new Requirements.SignedBy(trust, bundle));
    }

    private boolean graph() throws MalformedFileException {
        Optional<String> text = yaml.text("no-graph-trigger");
        if (text.isPresent() && !text.get().equals("true")) {
            throw yaml.malformed(
                    "no-graph-trigger",
                    "Expected true, found '" + text.get() + "'. Leave the line out if it does not matter.");
        }
        return text.isPresent();
    }

    private Optional<WantedResult> result() throws MalformedFileException {
        YamlText part = yaml.part("result");
        if (part.values().isEmpty()) {
            return Optional.empty();
        }
        checkKeys(part, "result", RESULT);
        Path json = path(part, "file").orElseThrow(() -> yaml.malformed("result", "It names no file."));
        String verdict = part.text("verdict").orElse("good");
        if (!verdict.equals("good") && !verdict.equals("unknown")) {
            throw yaml.malformed(
                    "result.verdict", "Expected good, or unknown (which good satisfies too), found '" + verdict + "'.");
        }
        return Optional.of(new WantedResult(
                json,
                command(part.text("command")),
                verdict.equals("good") ? Outcome.GOOD : Outcome.UNKNOWN,
                age(part.text("max-age"))));
    }

    private Optional<String> command(Optional<String> text) throws MalformedFileException {
        if (text.isPresent() && !WantedResult.COMMANDS.contains(text.get())) {
            throw yaml.malformed(
                    "result.command",
                    "Expected a command whose verdict says that a model is good ("
                            + String.join(", ", WantedResult.COMMANDS) + "), found '" + text.get() + "'.");
        }
        return text;
    }

    private Optional<Duration> age(Optional<String> text) throws MalformedFileException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher age = AGE.matcher(text.get());
        if (!age.matches() || Integer.parseInt(age.group(1)) == 0) {
            throw yaml.malformed(
                    "result.max-age",
                    "Expected days or hours such as '30 days' or '12 h', found '" + text.get() + "'.");
        }
        long number = Long.parseLong(age.group(1));
        return Optional.of(age.group(2).startsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number));
    }

    private Optional<Path> path(YamlText part, String key) throws MalformedFileException {
        Optional<String> text = part.text(key);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(file.resolveSibling(text.get()));
        } catch (InvalidPathException e) {
            throw yaml.malformed(key, "'" + text.orElse("") + "' is no path here.");
        }
    }
}
