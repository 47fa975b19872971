package io.sapper.experiment;

import io.sapper.audit.PassCounter;
import io.sapper.data.Dataset;
import io.sapper.data.Obtained;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import io.sapper.network.Compute;
import io.sapper.result.Cost;
import io.sapper.result.DataSummary;
import io.sapper.result.Finding;
import io.sapper.result.Measurement;
import io.sapper.result.ModelSummary;
import io.sapper.result.Rates;
import io.sapper.result.RunResult;
import io.sapper.result.Steps;
import io.sapper.result.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what a run finds, piece by piece, until it is a {@link RunResult}. */
final class Run {
    private final String command;
    private final String title;
    private final Reporter reporter;
    private final long seed;
    private final Compute compute;
    private final List<String> commandLine;
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<ModelSummary> models = new ArrayList<>();
    private final List<DataSummary> data = new ArrayList<>();
    private final List<Rates.Entry> rates = new ArrayList<>();
    private final List<Steps.Step> steps = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Cost> costs = new ArrayList<>();
    private long stepStart = System.nanoTime();
    private int planned;
    private int begun;

    Run(String command, String title, Setup setup) {
        this(command, title, setup.reporter(), setup.seed(), setup.compute(), setup.commandLine());
        Obtained data = setup.data();
        source(data.source(), data.settings(), data.warnings());
    }

    /** On photographs with boxes. */
    Run(String command, String title, SceneSetup setup) {
        this(command, title, setup.reporter(), setup.seed(), setup.compute(), setup.commandLine());
        source(setup.data().source(), setup.data().settings(), setup.data().warnings());
    }

    private Run(String command, String title, Reporter reporter, long seed, Compute compute, List<String> commandLine) {
        this.command = command;
        this.title = title;
        this.reporter = reporter;
        this.seed = seed;
        this.compute = compute;
        this.commandLine = commandLine;
    }

    private void source(String source, Map<String, String> itsSettings, List<String> itsWarnings) {
        source("data", source, itsSettings, itsWarnings);
    }

    private void source(String called, String source, Map<String, String> itsSettings, List<String> itsWarnings) {
        setting(called, source);
        itsSettings.forEach((name, text) -> setting(called + ", " + name, text));
        warnings.addAll(itsWarnings);
    }

    /** Photographs of another country are used too. */
    void abroad(SceneSplit photographs) {
        source("data abroad", photographs.source(), photographs.settings(), photographs.warnings());
    }

    void setting(String name, String value) {
        settings.put(name, value);
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    /** A model file that was read. */
    void read(Path model) throws IOException {
        model(ModelSummary.READ, model);
    }

    /** A model file that was written. */
    void wrote(Path model) throws IOException {
        model(ModelSummary.WRITTEN, model);
    }

    private void model(String role, Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            models.add(new ModelSummary(
                    role,
                    String.valueOf(file.getFileName()),
                    bytes,
                    HexFormat.of().formatHex(digest.digest())));
        }
    }

    void used(String role, Dataset part) {
        data.add(new DataSummary(role, part.name(), part.size(), part.digest()));
    }

    void used(String role, Scenes part, String digest) {
        data.add(new DataSummary(role, part.name(), part.size(), digest));
    }

    /** What a network does; {@code network} is one of {@link Rates}' names. */
    void measured(String network, Measurement measurement) {
        rates.add(new Rates.Entry(network, measurement));
    }

    /** What a network does, as noted before; null where it was not. */
    @Nullable
    Measurement of(String network) {
        return new Rates(rates).of(network).orElse(null);
    }

    /** What a step did in this run. */
    void did(String step, String sentence) {
        steps.add(new Steps.Step(step, sentence));
    }

    void found(Finding finding) {
        findings.add(finding);
    }

    /** This run, which finds only what is given. */
    Run with(List<Finding> only) {
        findings.clear();
        findings.addAll(only);
        return this;
    }

    /** How many steps there will be; without it none of them is told to the reporter. */
    void plan(int steps) {
        planned = steps;
    }

    /** Begins a step. */
    void begin(String step) {
        if (planned > 0) {
            begun++;
            reporter.step(begun, Math.max(begun, planned), step);
        }
        begin();
    }

    private void begin() {
        stepStart = System.nanoTime();
    }

    /** Ends the step that was begun, of images that went through networks. */
    void cost(String step, PassCounter.Count passes) {
        cost(step, passes.forward(), 0, passes.training());
    }

    /** Ends the step that was begun. */
    void cost(String step, long forwardPasses, long tailPasses, long trainingPasses) {
        double seconds = (System.nanoTime() - stepStart) / 1e9;
        costs.add(new Cost(step, seconds, forwardPasses, tailPasses, trainingPasses));
        begin();
    }

    RunResult result(Verdict verdict) {
        List<Finding> all = new ArrayList<>();
        if (!rates.isEmpty()) {
            all.add(new Rates(rates));
        }
        if (!steps.isEmpty()) {
            all.add(new Steps(steps));
        }
        all.addAll(findings);
        return new RunResult(
                command,
                commandLine,
                title,
                verdict,
                warnings,
                seed,
                settings,
                models,
                data,
                all,
                costs,
                Host.environment(compute));
    }
}
