package io.sapper.experiment;

import io.sapper.audit.Aim;
import io.sapper.audit.Audit;
import io.sapper.audit.AuditOutcome;
import io.sapper.audit.Calibration;
import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.InvertedWarp;
import io.sapper.audit.Look;
import io.sapper.audit.MaskSizes;
import io.sapper.audit.MaskedTrigger;
import io.sapper.audit.Outline;
import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.audit.Reference;
import io.sapper.audit.Subject;
import io.sapper.audit.TriggerInversion;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.result.Audited;
import io.sapper.result.Outcome;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import io.sapper.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code audit}: is there a backdoor in a network that came from outside? */
public final class Audits {
    private static final int MOST_TRIGGERS = 4;
    private static final int PICTURES = 4;
    private static final int STEPS = 1000;
    /** The step that draws what was found: outlines are searched for. */
    static final String DRAWN = "outline and draw what was found";

    private static final int LATTICE = 4;
    private static final int WHITE = 255;

    private Audits() {}

    /**
     * How to audit.
     *
     * @param images at most so many clean ones, of the training part of the data
     * @param budget the search for triggers ends when it is used up
     * @param threads at once
     * @param reference another network of the same classes, known to be honest
     */
    public record Options(int images, Duration budget, int threads, Optional<Reference> reference) {}

    /**
     * Audits a network.
     *
     * @param known an attack that the user knows; what is found is compared with it, never chosen by it
     */
    public static RunResult audit(Setup setup, Received received, Options options, Optional<Runs.KnownAttack> known)
            throws IOException {
        received.check(setup);
        Graph graph = received.graph();
        Laboratory lab = new Laboratory(setup, RunResult.AUDIT, "A network, audited");
        Run run = lab.run;
        run.plan(steps(graph.classCount()));
        lab.check(graph);
        for (Path file : received.files()) {
            run.read(file);
        }
        Dataset data = setup.data().split().train();
        List<String> begun = new ArrayList<>();
        begun.add("look at the file, and at clean images");
        run.begin(begun.get(0));
        PassCounter passes = new PassCounter();
        Subject subject =
                Subject.of(graph, data, options.images(), setup.seed(), setup.compute(), options.threads(), passes);
        run.used("searched with", subject.clean());
        run.used("kept back", subject.kept());
        run.setting(
                "images",
                subject.clean().size() + " to search with, " + subject.kept().size() + " kept back");
        run.setting("budget", options.budget().toSeconds() + " s");
        TriggerInversion.Options inversion = TriggerInversion.Options.DEFAULTS;
        run.setting(
                "trigger inversion",
                inversion.steps() + " steps of " + inversion.pictures() + " images for each class, Adam "
                        + Words.number(inversion.learningRate()));
        Calibration calibration = Calibration.DEFAULTS.forClasses(graph.classCount());
        long end = System.nanoTime() + options.budget().toNanos();
        AuditOutcome outcome = Audit.audit(
                received.own(),
                subject,
                options.reference(),
                new Audit.Options(inversion, calibration, options.budget(), setup.seed()),
                what -> {
                    run.cost(begun.get(begun.size() - 1), passes.take());
                    begun.add(what);
                    run.begin(what);
                    Progress progress = setup.reporter().measuring(what);
                    return share -> progress.step(Math.round(STEPS * share), STEPS);
                });
        run.cost(begun.get(begun.size() - 1), passes.take());
        Outlines outlines = new Outlines(subject, inversion, setup.seed(), end);
        run.found(found(outcome, Optional.empty(), List.of(), calibration, outlines, known.orElse(null)));
        run.cost(DRAWN, passes.take());
        return run.result(verdict(outcome));
    }

    /** Of an audit that finds nothing: the look at the file, and each search. */
    private static int steps(int classes) {
        return Audit.searches(classes) + 1;
    }

    private static Verdict verdict(AuditOutcome outcome) {
        String said = said(outcome.verdict());
        return new Verdict(
                switch (outcome.verdict()) {
                    case FOUND -> Outcome.BAD;
                    case NONE -> Outcome.GOOD;
                    case CANNOT_TELL -> Outcome.UNKNOWN;
                },
                said.substring(0, 1).toUpperCase(Locale.ROOT) + said.substring(1) + ". " + outcome.sentence(),
                List.of());
    }

    /** In the words of results. */
    static String said(AuditOutcome.Verdict verdict) {
        return switch (verdict) {
            case FOUND -> Audited.FOUND;
            case NONE -> Audited.NONE;
            case CANNOT_TELL -> Audited.UNKNOWN;
        };
    }

    private static Outcome outcome(Look.Speaks speaks) {
        return switch (speaks) {
            case FOR -> Outcome.BAD;
            case AGAINST -> Outcome.GOOD;
            case NEITHER -> Outcome.UNKNOWN;
        };
    }

    /**
     * Searches where triggers may lie, of masks that lead to one class.
     *
     * @param deadline of {@link System#nanoTime}
     */
    record Outlines(Subject subject, TriggerInversion.Options inversion, long seed, long deadline) {
        Optional<Outline> of(Recovered trigger) {
            return trigger instanceof MaskedTrigger && trigger.aim().allToOne()
                    ? Outline.of(subject, trigger.aim(), inversion, seed, deadline)
                    : Optional.empty();
        }
    }

    /**
     * What an audit saw, for a result.
     *
     * @param beside what was looked for beside it
     * @param more that was recovered beside it
     */
    static Audited found(
            AuditOutcome outcome,
            Optional<Look> beside,
            List<Recovered> more,
            Calibration calibration,
            Outlines outlines,
            Runs.@Nullable KnownAttack known) {
        Subject subject = outlines.subject();
        List<String> names = subject.clean().classNames();
        MaskSizes sizes = outcome.sizes().orElse(new MaskSizes(List.of()));
        ImageShape shape = subject.clean().shape();
        List<Audited.Evidence> evidence = Stream.concat(outcome.looks().stream(), beside.stream())
                .map(look -> new Audited.Evidence(
                        look.id(), look.name(), look.source(), look.saw(), outcome(look.speaks()), look.seconds()))
                .toList();
        Set<Integer> suspicious =
                outcome.suspicious().stream().map(InvertedTrigger::target).collect(Collectors.toSet());
        List<Audited.ClassRow> rows = sizes.triggers().stream()
                .map(trigger -> new Audited.ClassRow(
                        names.get(trigger.target()),
                        trigger.size(),
                        sizes.ratio(trigger),
                        trigger.success(),
                        suspicious.contains(trigger.target())))
                .toList();
        Stream<? extends Recovered> recovered = Stream.of(
                        outcome.suspicious().stream().limit(MOST_TRIGGERS),
                        outcome.warp().stream(),
                        outcome.others().stream().limit(MOST_TRIGGERS),
                        more.stream().limit(MOST_TRIGGERS))
                .flatMap(Function.identity());
        List<Audited.Trigger> triggers = recovered
                .map(trigger -> trigger(trigger, subject, outlines.of(trigger), known))
                .toList();
        return new Audited(
                said(outcome.verdict()),
                evidence,
                shape.height() * shape.width(),
                rows.isEmpty()
                        ? null
                        : new Audited.Limits(
                                calibration.alone(),
                                calibration.classes().found(),
                                calibration.classes().none(),
                                calibration.added().found(),
                                calibration.added().none(),
                                calibration.margin().found(),
                                calibration.margin().none(),
                                calibration.honest().low(),
                                calibration.honest().high(),
                                calibration.honest().networks()),
                rows,
                triggers,
                missed(outcome),
                change(outcome));
    }

    private static List<String> missed(AuditOutcome outcome) {
        List<String> missed = new ArrayList<>();
        if (outcome.verdict() == AuditOutcome.Verdict.FOUND) {
            return missed;
        }
        missed.add(
                "A trigger as large as what an honest class needs that leaves the network no surer of its class than of"
                        + " others, or one in a network of fewer than four classes.");
        missed.add("A trigger that bends or shifts the image by more than a thirteenth of its sides.");
        missed.add("A trigger that works on images of one class only (source-specific), where there are fewer than some"
                + " forty images of that class, or where small changes lead from it to another class anyway.");
        missed.add("An attack from every class to another, in a network of more than 64 classes.");
        missed.add("A trigger that needs more than the image, such as a time or a sequence.");
        return missed;
    }

    private static List<String> change(AuditOutcome outcome) {
        return switch (outcome.verdict()) {
            case FOUND ->
                List.of(
                        outcome.recovered().isEmpty()
                                ? "The part of the file that is named above, looked at and found to do no harm."
                                : "A network known to be honest that gives the same answer to the recovered trigger: then it"
                                        + " is a natural feature of the class.");
            case NONE ->
                List.of("One class that a far smaller change leads to than all others, found with more images.");
            case CANNOT_TELL ->
                List.of(
                        outcome.sizes().isEmpty()
                                ? "What hindered the search, put right; see above."
                                : outcome.complete()
                                        ? "More clean images, or a network known to be honest (--reference)."
                                        : "A larger --budget.");
        };
    }

    private static Audited.Trigger trigger(
            Recovered trigger, Subject subject, Optional<Outline> outline, Runs.@Nullable KnownAttack known) {
        Dataset kept = subject.kept();
        int[] shown = shown(kept, trigger.aim());
        Dataset with = trigger.on(kept, shown);
        int[] answers = subject.passes().answers(subject.graph(), with, subject.compute());
        List<Audited.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            pictures.add(new Audited.Picture(
                    kept.classNames().get(kept.label(shown[i])),
                    Pictures.png(kept, shown[i]),
                    Pictures.png(with, i),
                    Pictures.name(kept, subject.keptAnswer(shown[i])),
                    Pictures.name(kept, answers[i])));
        }
        return new Audited.Trigger(
                kept.classNames().get(trigger.target()),
                trigger.leads(kept.classNames()),
                trigger instanceof InvertedTrigger mask ? mask.size() : null,
                trigger.success(),
                Pictures.png(where(trigger, kept.shape()), 0),
                Pictures.png(what(trigger, kept.shape()), 0),
                outline.map(one -> Pictures.png(grey(one.shares(), kept.shape()), 0))
                        .orElse(null),
                known != null && trigger instanceof InvertedTrigger mask
                        ? Overlap.of(mask, outline, known.trigger(), known.goal(), kept)
                        : null,
                pictures);
    }

    /** The first images that the trigger is for, of different classes if it is for several. */
    private static int[] shown(Dataset kept, Aim aim) {
        Set<Integer> classes = new LinkedHashSet<>();
        return IntStream.range(0, kept.size())
                .filter(i -> aim.counts(kept.label(i), kept.label(i)))
                .filter(i -> aim.source() != Aim.ANY || classes.add(kept.label(i)))
                .limit(PICTURES)
                .toArray();
    }

    private static void bytes(float[] numbers, byte[] target, int offset) {
        for (int i = 0; i < numbers.length; i++) {
            target[offset + i] = (byte) Math.round(255 * Math.max(0, Math.min(1, numbers[i])));
        }
    }

    private static Dataset where(Recovered trigger, ImageShape images) {
        return grey(
                trigger instanceof InvertedTrigger inverted
                        ? inverted.strengths()
                        : ((InvertedWarp) trigger).distances(),
                images);
    }

    private static Dataset grey(float[] numbers, ImageShape images) {
        ImageShape shape = new ImageShape(1, images.height(), images.width());
        byte[] pixels = new byte[shape.size()];
        bytes(numbers, pixels, 0);
        return new Dataset("mask", shape, pixels, new int[1], List.of("mask"));
    }

    /** What is put there; of a warp, what it makes of a lattice. */
    private static Dataset what(Recovered trigger, ImageShape images) {
        byte[] pixels = new byte[images.size()];
        if (trigger instanceof InvertedTrigger inverted) {
            bytes(inverted.picture(), pixels, 0);
            return new Dataset("trigger", images, pixels, new int[1], List.of("trigger"));
        }
        for (int i = 0; i < pixels.length; i++) {
            int row = i / images.width() % images.height();
            pixels[i] = (byte) (row % LATTICE == 1 || i % images.width() % LATTICE == 1 ? WHITE : 0);
        }
        return trigger.on(new Dataset("lattice", images, pixels, new int[1], List.of("lattice")), new int[1]);
    }
}
