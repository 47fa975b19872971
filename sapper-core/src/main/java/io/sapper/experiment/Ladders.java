package io.sapper.experiment;

import io.sapper.audit.Audit;
import io.sapper.audit.AuditOutcome;
import io.sapper.audit.Calibration;
import io.sapper.audit.Look;
import io.sapper.audit.MarginLook;
import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.audit.Reference;
import io.sapper.audit.Subject;
import io.sapper.data.Holdout;
import io.sapper.defense.Comparison;
import io.sapper.defense.Refusal;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import io.sapper.repair.Ladder;
import io.sapper.repair.LadderOptions;
import io.sapper.repair.LadderOutcome;
import io.sapper.repair.LadderOutcome.Attempt;
import io.sapper.repair.LadderOutcome.Looked;
import io.sapper.repair.Method;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import io.sapper.result.Measurement;
import io.sapper.result.Rates;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import io.sapper.training.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code repair --method}: a network repaired by a rung of the ladder, or by climbing it. */
public final class Ladders {
    private static final String FILE = "repaired.onnx";
    private static final String NAME = "repaired network";

    private final Laboratory lab;
    private final Setup setup;
    private final LadderOptions options;
    private final Task task;
    private final Map<String, Evaluation> seen = new LinkedHashMap<>();

    private Ladders(Laboratory lab, Setup setup, LadderOptions options, Task task) {
        this.lab = lab;
        this.setup = setup;
        this.options = options;
        this.task = task;
    }

    /**
     * Repairs a network that came from outside and writes {@code repaired.onnx}; where the repair is refused, no such
     * file.
     *
     * @param cleanImages the defender's, taken from the training part of the data
     * @param reference another network of the same classes, known to be honest
     * @param known only measured with, never used to decide
     */
    public static RunResult repair(
            Setup setup,
            Thresholds thresholds,
            Received received,
            int cleanImages,
            LadderOptions options,
            Optional<Reference> reference,
            Optional<Runs.KnownAttack> known,
            Path out)
            throws IOException {
        received.check(setup);
        Graph graph = received.graph();
        Laboratory lab = new Laboratory(setup, "repair", "A network, repaired");
        lab.check(graph);
        Runs.warnOfGates(lab, received.own());
        for (Path file : received.files()) {
            lab.run.read(file);
        }
        Task task = Runs.task(lab, known);
        Holdout clean =
                Division.of(lab.split().train(), cleanImages, setup.seed()).defender();
        Runs.checkKnows(graph, clean, setup.compute());
        Ladders ladders = new Ladders(lab, setup, options, task);
        LadderOutcome outcome = ladders.climb(received.own(), graph, clean, reference, known);
        ladders.write(graph, outcome, out.resolve(FILE));
        new Reactivations(setup, clean, reference, new PassCounter()).probe(outcome, lab.run);
        lab.named(known.orElse(null), task);
        lab.run.used("test", task.test());
        String last = outcome.graph().isPresent() ? Rates.REPAIRED : Rates.BACKDOORED;
        lab.run.found(Pictures.samples(task, ladders.seen, ladders.measurement(last)));
        return lab.run.result(ladders.judge(new Judgement(thresholds), outcome));
    }

    private LadderOutcome climb(
            Graph own, Graph graph, Holdout clean, Optional<Reference> reference, Optional<Runs.KnownAttack> known) {
        Run run = lab.run;
        run.setting("method", options.method().id());
        run.setting("allowed loss", Words.points(options.limits().loss()));
        run.setting("allowed loss of one class", Words.points(options.limits().classLoss()));
        if (options.method() != Method.FINE_TUNING) {
            run.setting("budget", options.search().budget().toSeconds() + " s for the first search");
        }
        run.begin("repair");
        LadderOutcome outcome = Ladder.climb(
                own,
                graph,
                clean.fineTuning(),
                clean.validation(),
                reference,
                options,
                setup.seed(),
                setup.compute(),
                LadderProgress.to(setup.reporter()));
        run.cost("repair", outcome.passes());
        run.used(
                outcome.attempts().isEmpty() ? "defender: looked with some" : "defender: all tune and all decide",
                clean.fineTuning());
        run.used("defender: these too", clean.validation());
        if (!outcome.attempts().isEmpty()) {
            run.setting("tuning", tuning());
        }
        outcome.looked().ifPresent(looked -> {
            Calibration calibration = options.search().calibration().forClasses(graph.classCount());
            Audits.Outlines outlines = new Audits.Outlines(
                    looked.subject(),
                    options.search().inversion(),
                    setup.seed(),
                    System.nanoTime() + options.search().budget().toNanos());
            run.found(Audits.found(
                            looked.audit(), looked.beside(), looked.added(), calibration, outlines, known.orElse(null))
                    .withoutChange());
            run.cost(Audits.DRAWN, looked.subject().passes().take());
            blindness(looked).ifPresent(run::warn);
        });
        run.found(told(outcome));
        if (outcome.weakEvidence()) {
            run.warn(outcome.evidence().weakness());
        }
        warnOfTrace(outcome, clean, reference);
        return outcome;
    }

    /** Nothing recovered is one thing where all was looked at, and another where the time was over before. */
    static Optional<String> blindness(Looked looked) {
        return looked.recovered().isEmpty()
                        && looked.audit().verdict() != AuditOutcome.Verdict.NONE
                        && !looked.audit().complete()
                ? Optional.of("The repair is blind, as the search before it was not ended. "
                        + looked.audit().sentence() + " A longer one (--budget) may find what there is to unlearn.")
                : Optional.empty();
    }

    /**
     * What was recovered may no longer work, and the network be surer of the class all the same: an audit will say so.
     */
    private void warnOfTrace(LadderOutcome outcome, Holdout clean, Optional<Reference> reference) {
        boolean sure = outcome.looked().stream()
                .flatMap(looked -> looked.audit().looks().stream())
                .anyMatch(look -> look.id().equals(MarginLook.ID) && look.speaks() == Look.Speaks.FOR);
        if (!sure || outcome.graph().isEmpty()) {
            return;
        }
        LadderOptions.Search search = options.search();
        double masks = kept(outcome).smallest();
        PassCounter passes = new PassCounter();
        Set<Integer> told = outcome.looked().orElseThrow().recovered().stream()
                .map(Recovered::target)
                .collect(Collectors.toSet());
        MarginLook again = MarginLook.of(
                Subject.of(
                        outcome.graph().get(),
                        clean.fineTuning(),
                        search.images(),
                        setup.seed(),
                        setup.compute(),
                        search.threads(),
                        passes),
                target -> told.contains(target) && !Double.isNaN(masks) ? masks : 1,
                reference,
                new Audit.Options(search.inversion(), search.calibration(), search.budget(), setup.seed()),
                System.nanoTime() + search.budget().toNanos(),
                share -> {});
        lab.run.cost("search the largest margins again", passes.take());
        if (again.surest().isPresent() && told.contains(again.surest().getAsInt())) {
            lab.run.warn("A trace of the backdoor may be left in the repaired network. "
                    + again.decision().sentence() + " An audit of it may say so.");
        }
    }

    /** Rates are tried, and epochs made more, so what was run stands with each step. */
    private String tuning() {
        LadderOptions.Tuning tuning = options.tuning();
        return tuning.training().text() + "; in place of this learning rate, in turn: "
                + tuning.learningRates().stream().map(Numbers::plain).collect(Collectors.joining(", "))
                + "; more epochs where they would be fewer than " + tuning.leastUpdates() + " updates";
    }

    private static Decisions told(LadderOutcome outcome) {
        List<Decision> decisions = new ArrayList<>();
        outcome.looked().ifPresent(looked -> decisions.add(looked(looked)));
        outcome.attempts().forEach(attempt -> decisions.add(decision(attempt)));
        if (outcome.unchanged()) {
            return new Decisions(
                    "the repair",
                    "Nothing was found, so nothing was tried: the network goes out as it came in.",
                    decisions);
        }
        if (outcome.attempts().isEmpty()) {
            return new Decisions(
                    "the repair",
                    "Not repaired, and nothing was tried: "
                            + outcome.refusal().map(Refusal::sentence).orElseThrow(),
                    decisions);
        }
        String came = outcome.refusal()
                .map(refusal -> "Not repaired: " + refusal.sentence())
                .orElse("The last one is the network that goes out.");
        return new Decisions(
                "the repair", "The ladder, decided on " + outcome.evidence().sentence() + ". " + came, decisions);
    }

    private static Decision looked(Looked looked) {
        List<String> names = looked.subject().clean().classNames();
        String recovered = looked.recovered().stream()
                .map(one -> one.text() + " that " + one.leads(names))
                .reduce((one, other) -> one + ", " + other)
                .map(list -> "recovered: " + list)
                .orElse(
                        looked.audit().verdict() == AuditOutcome.Verdict.NONE
                                ? "nothing recovered"
                                : "nothing recovered, so a repair is blind and gentle");
        return new Decision(
                "Looking for triggers and warps, " + seconds(looked.seconds()),
                looked.audit().sentence(),
                recovered);
    }

    private static Decision decision(Attempt attempt) {
        String clean = attempt.clean().map(RepairNotes::evidence).orElse("training diverged");
        String surrogate = attempt.surrogate().before().total() == 0
                ? ""
                : "; what was recovered works on "
                        + Words.withInterval(attempt.surrogate().before())
                        + " of the tries (each recovered trigger on each clean image that it is for) before, on "
                        + Words.withInterval(attempt.surrogate().after()) + " of those held back after";
        String again = Double.isNaN(attempt.smallest())
                ? ""
                : attempt.smallest() >= 1
                        ? "; searched again, no small change that does the same is found"
                        : String.format(
                                Locale.ROOT,
                                "; searched again, the smallest change that does the same is %.2f beside what other"
                                        + " classes need (1 is as they)",
                                attempt.smallest());
        return new Decision(
                attempt.what() + ", " + seconds(attempt.seconds()),
                clean + surrogate + again,
                attempt.rolledBack()
                        .map(Refusal::sentence)
                        .map(why -> "rolled back: " + why)
                        .orElse("kept"));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.0f s", seconds);
    }

    private void write(Graph before, LadderOutcome outcome, Path file) throws IOException {
        seen.put(Rates.BACKDOORED, lab.measure(Rates.BACKDOORED, "network as received", before, task));
        Graph repaired = outcome.graph().orElse(null);
        if (repaired == null) {
            RepairedFile.none(lab.run, file);
            return;
        }
        lab.run.found(RepairedFile.write(lab.run, before, repaired, file, List.of()));
        seen.put(Rates.REPAIRED, lab.measure(Rates.REPAIRED, NAME, repaired, task));
    }

    private Measurement measurement(String network) {
        return Objects.requireNonNull(lab.run.of(network), network);
    }

    private Verdict judge(Judgement judgement, LadderOutcome outcome) {
        if (outcome.refusal().isPresent()) {
            return judgement
                    .bad("Repair", "not repaired", "accepted on clean images and on what was recovered")
                    .verdict("Not repaired: no repaired network was written. "
                            + outcome.refusal().get().sentence());
        }
        if (outcome.weakEvidence()) {
            judgement.unknown("What the repair costs", outcome.evidence().weakness(), "clean images that can tell");
        }
        return RepairVerdict.measured(judgement, did(outcome), options.limits(), lab.run, tested(), task.test(), null);
    }

    private static Attempt kept(LadderOutcome outcome) {
        return outcome.attempts().get(outcome.attempts().size() - 1);
    }

    private static String did(LadderOutcome outcome) {
        if (outcome.unchanged()) {
            return "No backdoor was found, so nothing was changed (--method fine-pruning repairs without one)";
        }
        Attempt kept = kept(outcome);
        Ratio before = kept.surrogate().before();
        return before.total() == 0
                ? "Tuned blindly, for no trigger was recovered"
                : found(outcome) + ": what was recovered works on "
                        + Words.percent(kept.surrogate().after().value())
                        + " of tries on clean images held back instead of "
                        + Words.percent(before.value());
    }

    /** Who reads no more than the first sentence is to know whether there was a backdoor. */
    private static String found(LadderOutcome outcome) {
        return outcome.looked()
                .filter(looked -> looked.audit().verdict() == AuditOutcome.Verdict.FOUND)
                .flatMap(looked -> looked.recovered().stream()
                        .findFirst()
                        .map(one -> one.leads(looked.subject().clean().classNames())))
                .map(leads -> "A backdoor was found that " + leads + ", and repaired")
                .orElse("Repaired");
    }

    private @Nullable Comparison tested() {
        Evaluation before = seen.get(Rates.BACKDOORED);
        Evaluation after = seen.get(Rates.REPAIRED);
        return before == null || after == null ? null : before.against(after, task.test());
    }
}
