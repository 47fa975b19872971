package io.sapper.experiment;

import io.sapper.audit.Recovered;
import io.sapper.audit.Reference;
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
import io.sapper.repair.Reactivation;
import io.sapper.repair.Reactivation.Probe;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import io.sapper.result.Measurement;
import io.sapper.result.Rates;
import io.sapper.result.RunResult;
import io.sapper.result.Verdict;
import io.sapper.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** {@code repair --method}: a network repaired by a rung of the ladder, or by climbing it. */
public final class Ladders {
    private static final String FILE = "repaired.onnx";
    private static final String NAME = "repaired network";
    private static final int STEPS = 1000;

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
        Ladders ladders = new Ladders(lab, setup, options, task);
        LadderOutcome outcome = ladders.climb(received.own(), graph, clean, reference);
        ladders.write(graph, outcome, out.resolve(FILE));
        ladders.reactivate(outcome, clean, reference);
        lab.named(known.orElse(null), task);
        lab.run.used("test", task.test());
        String last = outcome.graph().isPresent() ? Rates.REPAIRED : Rates.BACKDOORED;
        lab.run.found(Pictures.samples(task, ladders.seen, ladders.measurement(last)));
        return lab.run.result(ladders.judge(new Judgement(thresholds), outcome));
    }

    private LadderOutcome climb(Graph own, Graph graph, Holdout clean, Optional<Reference> reference) {
        Run run = lab.run;
        run.used("defender: all tune and all decide", clean.fineTuning());
        run.used("defender: these too", clean.validation());
        run.setting("method", options.method().id());
        run.setting("allowed loss", Words.points(options.limits().loss()));
        run.setting("allowed loss of one class", Words.points(options.limits().classLoss()));
        run.setting("tuning", options.tuning().training().text());
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
                course());
        run.cost("repair", 0, 0, outcome.work());
        run.found(told(outcome));
        if (outcome.weakEvidence()) {
            run.warn(outcome.evidence().weakness());
        }
        return outcome;
    }

    private Ladder.Course course() {
        Reporter reporter = setup.reporter();
        return new Ladder.Course() {
            @Override
            public DoubleConsumer searching(String what) {
                Progress progress = reporter.measuring(what);
                return share -> progress.step(Math.round(STEPS * share), STEPS);
            }

            @Override
            public Progress tuning(String what) {
                reporter.message(what);
                return reporter.training(what);
            }
        };
    }

    private static Decisions told(LadderOutcome outcome) {
        List<Decision> decisions = new ArrayList<>();
        outcome.looked().ifPresent(looked -> decisions.add(looked(looked)));
        outcome.attempts().forEach(attempt -> decisions.add(decision(attempt)));
        String came = outcome.refusal()
                .map(refusal -> "Not repaired: " + refusal.sentence())
                .orElse("The last one is the network that goes out.");
        return new Decisions("The ladder, decided on " + outcome.evidence().sentence() + ". " + came, decisions);
    }

    private static Decision looked(Looked looked) {
        List<String> names = looked.subject().clean().classNames();
        String recovered = looked.recovered().stream()
                .map(one -> one.text() + " that " + one.leads(names))
                .reduce((one, other) -> one + ", " + other)
                .map(list -> "recovered: " + list)
                .orElse("nothing recovered, so the repair is blind and gentle");
        return new Decision(
                "Looking for triggers and warps, " + seconds(looked.seconds()), looked.sentence(), recovered);
    }

    private static Decision decision(Attempt attempt) {
        String clean = attempt.clean().map(RepairNotes::evidence).orElse("training diverged");
        String surrogate = attempt.surrogate().before().total() == 0
                ? ""
                : "; what was recovered works on "
                        + Words.withInterval(attempt.surrogate().before()) + " of the clean images before, on "
                        + Words.withInterval(attempt.surrogate().after()) + " of those held back after";
        String again = Double.isNaN(attempt.smallest())
                ? ""
                : attempt.smallest() >= 1
                        ? "; searched again, no small change that does the same is found"
                        : String.format(
                                Locale.ROOT,
                                "; searched again, the smallest change that does the same is %.2f of what others need",
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

    /** How soon what was recovered comes back, beside a network or a class that never had it. */
    private void reactivate(LadderOutcome outcome, Holdout clean, Optional<Reference> reference) {
        Graph repaired = outcome.graph().orElse(null);
        Looked looked = outcome.looked().orElse(null);
        if (repaired == null || looked == null || looked.recovered().isEmpty()) {
            return;
        }
        lab.run.begin("re-activation probe");
        Decisions probed = looked.recovered().stream()
                .filter(one -> one.aim().allToOne())
                .findFirst()
                .map(trigger -> reactivation(repaired, looked, trigger, clean, reference))
                .orElseGet(() -> new Decisions(
                        "Re-activation was not tried: what was recovered leads to no one class that poisoned pictures"
                                + " could be labelled with.",
                        List.of()));
        lab.run.found(probed);
        lab.run.cost("re-activation probe", 0, 0, 0);
    }

    private Decisions reactivation(
            Graph repaired, Looked looked, Recovered trigger, Holdout clean, Optional<Reference> reference) {
        List<Decision> rows = new ArrayList<>();
        List<String> names = clean.validation().classNames();
        int target = trigger.target();
        List<Probe> own = probe(repaired, trigger, target, clean);
        own.forEach(one -> rows.add(row("Repaired network, class " + names.get(target), one)));
        List<Probe> control = List.of();
        if (reference.isPresent()) {
            control = probe(reference.get().graph(), trigger, target, clean);
            control.forEach(one -> rows.add(row("Network for comparison, class " + names.get(target), one)));
        } else if (looked.control().isPresent()) {
            int other = looked.control().getAsInt();
            control = probe(repaired, trigger, other, clean);
            control.forEach(
                    one -> rows.add(row("Repaired network, class " + names.get(other) + ", never suspected", one)));
        }
        return new Decisions(summary(own, control), rows);
    }

    private List<Probe> probe(Graph graph, Recovered trigger, int target, Holdout clean) {
        return Reactivation.probe(
                graph, trigger, target, clean.fineTuning(), clean.validation(), setup.seed(), setup.compute());
    }

    private static Decision row(String what, Probe probe) {
        return new Decision(
                what + ", " + probe.pictures() + " poisoned pictures",
                "the recovered trigger works on " + Words.withInterval(probe.success()) + " of clean images kept back",
                probe.steps() < 0
                        ? "not back within " + Reactivation.mostSteps() + " steps"
                        : probe.steps() == 0
                                ? "works without any step"
                                : "back after " + probe.steps() + (probe.steps() == 1 ? " step" : " steps"));
    }

    private static String summary(List<Probe> own, List<Probe> control) {
        String what =
                "Re-activation: steps on poisoned pictures until what was recovered leads half of the images kept back"
                        + " to a class: its own, and one that it never led to. ";
        if (own.isEmpty()) {
            return what + "There are too few clean images to try it.";
        }
        if (control.isEmpty()) {
            return what + "There is nothing to compare it with.";
        }
        boolean sooner = false;
        for (int i = 0; i < Math.min(own.size(), control.size()); i++) {
            sooner |= steps(own.get(i)) < steps(control.get(i));
        }
        return what
                + (sooner
                        ? "It comes back sooner than where it never was: the repair left a trace of it."
                        : "It comes back no sooner than where it never was.");
    }

    private static int steps(Probe probe) {
        return probe.steps() < 0 ? Integer.MAX_VALUE : probe.steps();
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

    private static String did(LadderOutcome outcome) {
        Attempt kept = outcome.attempts().get(outcome.attempts().size() - 1);
        Ratio before = kept.surrogate().before();
        return before.total() == 0
                ? "Tuned blindly, for no trigger was recovered"
                : "Repaired: what was recovered works on "
                        + Words.percent(kept.surrogate().after().value()) + " of clean images held back instead of "
                        + Words.percent(before.value());
    }

    private @Nullable Comparison tested() {
        Evaluation before = seen.get(Rates.BACKDOORED);
        Evaluation after = seen.get(Rates.REPAIRED);
        return before == null || after == null ? null : before.against(after, task.test());
    }
}
