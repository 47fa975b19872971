package io.sapper.experiment;

import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.audit.Reference;
import io.sapper.data.Holdout;
import io.sapper.network.Graph;
import io.sapper.repair.LadderOutcome;
import io.sapper.repair.LadderOutcome.Looked;
import io.sapper.repair.Reactivation;
import io.sapper.repair.Reactivation.Probe;
import io.sapper.result.Decisions;
import io.sapper.result.Decisions.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Re-activation probes of a repaired network, for its result.
 *
 * @param clean pictures come from it
 * @param reference a network that never had the backdoor; without it, a class that was never suspected stands for one
 * @param passes counts images that go through networks
 */
record Reactivations(Setup setup, Holdout clean, Optional<Reference> reference, PassCounter passes) {
    private static final String ABOUT = "re-activation";

    /** How soon what was recovered comes back, beside a network or a class that never had it. */
    void probe(LadderOutcome outcome, Run run) {
        Graph repaired = outcome.graph().orElse(null);
        Looked looked = outcome.looked().orElse(null);
        if (repaired == null || looked == null || looked.recovered().isEmpty()) {
            return;
        }
        run.begin("re-activation probe");
        Decisions probed = looked.recovered().stream()
                .filter(one -> one.aim().allToOne())
                .findFirst()
                .map(trigger -> reactivation(repaired, looked, trigger))
                .orElseGet(() -> new Decisions(
                        ABOUT,
                        "Re-activation was not tried: what was recovered leads to no one class that poisoned pictures"
                                + " could be labelled with.",
                        List.of()));
        run.found(probed);
        run.cost("re-activation probe", passes.take());
    }

    private Decisions reactivation(Graph repaired, Looked looked, Recovered trigger) {
        List<Decision> rows = new ArrayList<>();
        List<String> names = clean.validation().classNames();
        int target = trigger.target();
        List<Probe> own = probe(repaired, trigger, target);
        own.forEach(one -> rows.add(row("Repaired network, class " + names.get(target), one)));
        List<Probe> control = List.of();
        if (reference.isPresent()) {
            control = probe(reference.get().graph(), trigger, target);
            control.forEach(one -> rows.add(row("Network for comparison, class " + names.get(target), one)));
        } else if (looked.control().isPresent()) {
            int other = looked.control().getAsInt();
            control = probe(repaired, trigger, other);
            control.forEach(
                    one -> rows.add(row("Repaired network, class " + names.get(other) + ", never suspected", one)));
        }
        return new Decisions(ABOUT, summary(own, control), rows);
    }

    private List<Probe> probe(Graph graph, Recovered trigger, int target) {
        return Reactivation.probe(
                graph, trigger, target, clean.fineTuning(), clean.validation(), setup.seed(), setup.compute(), passes);
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

    static String summary(List<Probe> own, List<Probe> control) {
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
        boolean further = false;
        for (int i = 0; i < Math.min(own.size(), control.size()); i++) {
            sooner |= steps(own.get(i)) < steps(control.get(i));
            further |= steps(own.get(i)) == Integer.MAX_VALUE
                    && steps(control.get(i)) == Integer.MAX_VALUE
                    && own.get(i).success().low() > control.get(i).success().high();
        }
        if (sooner) {
            return what + "It comes back sooner than where it never was: the repair left a trace of it.";
        }
        return what
                + (further
                        ? "It is not back within so many steps, but works on more images by then than where it never was: a"
                                + " trace of it may be left."
                        : "It comes back no sooner than where it never was.");
    }

    private static int steps(Probe probe) {
        return probe.steps() < 0 ? Integer.MAX_VALUE : probe.steps();
    }
}
