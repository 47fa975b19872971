package io.sapper.cli;

import io.sapper.data.MalformedFileException;
import io.sapper.result.Inspected;
import io.sapper.result.ModelSummary;
import io.sapper.result.Outcome;
import io.sapper.result.Results;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict.Check;
import io.sapper.signing.Hashes;
import io.sapper.signing.WantedResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an earlier result speaks of this very model and is good. Only of {@link WantedResult#COMMANDS}. */
final class ResultCheck {
    private static final long MOST_BYTES = 256 << 20;
    private static final String WHAT = "result";

    private ResultCheck() {}

    /** The name of the command is the first thing to look at. */
    record Head(@Nullable String command) {}

    /**
     * What a result says of models.
     *
     * @param digests SHA-256 of those that its verdict is about
     */
    private record Said(String command, List<String> digests, Outcome verdict, Optional<Instant> at) {}

    /**
     * Looks at a result.
     *
     * @param models the model's ONNX files, of which there must be one
     * @param beside files that it keeps weights in
     */
    static Check of(WantedResult wanted, List<Path> models, List<Path> beside, Hashes hashes) throws IOException {
        String limit = "a result of " + wanted.command().orElse("audit, evaluate, repair or inspect")
                + " on this model, "
                + (wanted.verdict() == Outcome.GOOD ? "good" : "good or unknown")
                + wanted.maxAge().map(age -> ", not older than " + text(age)).orElse("");
        if (models.size() != 1) {
            String measured = "the folder holds " + models.size() + " ONNX files, and a result speaks of one";
            return new Check(WHAT, measured, limit, Outcome.BAD);
        }
        Said said = read(wanted.file());
        Optional<String> problem = problem(said, wanted, hashes.sha256(models.get(0)));
        for (Path file : beside) {
            if (problem.isEmpty() && !said.digests().contains(hashes.sha256(file))) {
                problem = Optional.of(
                        "it says nothing of " + file.getFileName() + " as it is here, where the model's weights lie");
            }
        }
        return new Check(
                WHAT,
                problem.orElse(said.command() + ", " + said.verdict().id()
                        + said.at().map(at -> ", of " + at).orElse("")),
                limit,
                problem.isPresent() ? Outcome.BAD : Outcome.GOOD);
    }

    private static Optional<String> problem(Said said, WantedResult wanted, String sha256) {
        if (!WantedResult.COMMANDS.contains(said.command())) {
            return Optional.of(
                    "of the command '" + said.command() + "', whose verdict does not say that a model is good");
        } else if (wanted.command().isPresent() && !wanted.command().get().equals(said.command())) {
            return Optional.of("of the command '" + said.command() + "'");
        } else if (!said.digests().contains(sha256)) {
            return Optional.of(
                    wanted.file().getFileName() + " speaks of another model than the one with SHA-256 " + sha256);
        } else if (said.verdict().compareTo(wanted.verdict()) > 0) {
            return Optional.of(
                    "the verdict of " + said.command() + " is " + said.verdict().id());
        }
        return wanted.maxAge().flatMap(most -> tooOld(said, most));
    }

    private static Optional<String> tooOld(Said said, Duration most) {
        if (said.at().isEmpty()) {
            return Optional.of("it does not say when it was made");
        }
        Duration age = Duration.between(said.at().get(), Instant.now());
        if (age.compareTo(Duration.ofDays(-1)) < 0) { // a day for clocks that differ
            return Optional.of(
                    "it says that it was made in the future, " + said.at().get());
        }
        return age.compareTo(most) > 0
                ? Optional.of("it is of " + said.at().get() + ", " + text(age) + " old")
                : Optional.empty();
    }

    private static Said read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MalformedFileException(
                    file, "", Files.exists(file) ? "this is no file." : "there is no such file.");
        } else if (Files.size(file) > MOST_BYTES) {
            throw new MalformedFileException(file, "", "it is longer than 256 MB, which no result is.");
        }
        String command =
                Objects.requireNonNullElse(Results.read(file, Head.class).command(), "");
        if (command.equals("inspect")) {
            Inspected found = Results.read(file, Inspected.class);
            @Nullable Object gates = found.gates();
            @Nullable Object broken = found.notFinite();
            if (gates == null || broken == null || (Object) found.sha256() == null) {
                throw new MalformedFileException(file, "", "parts of this result of inspect are missing.");
            }
            return new Said(
                    command,
                    List.of(found.sha256()),
                    found.suspicious() ? Outcome.BAD : Outcome.GOOD,
                    Optional.empty());
        }
        RunResult result = Results.read(file);
        boolean wrote = result.models().stream().anyMatch(model -> model.role().equals(ModelSummary.WRITTEN));
        return new Said(
                command,
                result.models().stream()
                        .filter(model -> model.role().equals(wrote ? ModelSummary.WRITTEN : ModelSummary.READ))
                        .map(ModelSummary::sha256)
                        .toList(),
                result.verdict().outcome(),
                instant(result.environment().finishedAt()));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String text(Duration age) {
        return age.toDays() >= 1
                ? String.format(Locale.ROOT, "%d days", age.toDays())
                : String.format(Locale.ROOT, "%d hours", age.toHours());
    }
}
