package io.sapper.repair;

import io.sapper.audit.Aim;
import io.sapper.audit.AllToAllLook;
import io.sapper.audit.Audit;
import io.sapper.audit.AuditOutcome;
import io.sapper.audit.Calibration;
import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.InvertedWarp;
import io.sapper.audit.Look;
import io.sapper.audit.MarginLook;
import io.sapper.audit.MaskSizes;
import io.sapper.audit.PassCounter;
import io.sapper.audit.Recovered;
import io.sapper.audit.Reference;
import io.sapper.audit.SearchOutcome;
import io.sapper.audit.SourceLook;
import io.sapper.audit.Subject;
import io.sapper.audit.TriggerInversion;
import io.sapper.audit.WarpInversion;
import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.repair.LadderOutcome.Looked;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for triggers as an audit does: before a repair in all classes, afterwards in the same ones. */
final class Looking {
    private static final Duration LONG = Duration.ofHours(1);

    private final Graph graph;
    private final Dataset clean;
    private final LadderOptions.Search search;
    private final long seed;
    private final Compute compute;
    private final Audit.Course course;
    private final Calibration calibration;
    private final PassCounter passes;
    private Optional<MaskSizes> sizes = Optional.empty();
    private OptionalInt surest = OptionalInt.empty();

    /**
     * In a network.
     *
     * @param graph that came in; reads images in [0, 1]
     * @param clean images that some are taken of
     * @param passes counts images that go through networks
     */
    Looking(
            Graph graph,
            Dataset clean,
            LadderOptions.Search search,
            long seed,
            Compute compute,
            Audit.Course course,
            PassCounter passes) {
        this.graph = graph;
        this.clean = clean;
        this.search = search;
        this.seed = seed;
        this.compute = compute;
        this.course = course;
        this.passes = passes;
        calibration = search.calibration().forClasses(graph.classCount());
    }

    /** @param own the network as it is in its file */
    Looked look(Graph own, Optional<Reference> reference) {
        long begin = System.nanoTime();
        Subject subject = subject(graph);
        AuditOutcome outcome = Audit.audit(
                own,
                subject,
                reference,
                new Audit.Options(search.inversion(), search.calibration(), search.budget(), seed),
                course);
        sizes = outcome.sizes();
        surest = outcome.surest();
        List<Recovered> recovered = outcome.recovered();
        Added added = added(subject, recovered);
        return new Looked(
                outcome,
                added.look(),
                added.recovered(),
                subject,
                control(recovered),
                (System.nanoTime() - begin) / 1e9);
    }

    /** What is added beside masks, as far as it is to be unlearned too, and what is told of it. */
    private record Added(Optional<Look> look, List<Recovered> recovered) {
        Added {
            recovered = List.copyOf(recovered);
        }
    }

    /**
     * What leads to the classes of recovered masks when it is added, where that stands out more than they do: waves
     * over an image or a blend are nearer to it than to any mask. Where they stand out more they are nearer, and to
     * unlearn the other would cost images of the class.
     */
    private Added added(Subject subject, List<Recovered> recovered) {
        long begin = System.nanoTime();
        List<InvertedTrigger> masks = toOne(recovered, TriggerInversion.Form.MASKED);
        return beside(subject, masks, TriggerInversion.Form.ADDED, 0, "search what is added for the same classes")
                .map(added -> {
                    List<InvertedTrigger> nearer = added.triggers().stream()
                            .filter(one -> added.others().standing(one) < standing(masks, one.target()))
                            .toList();
                    return new Added(Optional.of(told(begin, masks, added, nearer)), List.copyOf(nearer));
                })
                .orElseGet(() -> new Added(Optional.empty(), List.of()));
    }

    private Look told(long begin, List<InvertedTrigger> masks, Surrogate.Beside added, List<InvertedTrigger> nearer) {
        String saw = added.triggers().isEmpty()
                ? "Nothing was found that leads to the same class when it is added to images; the mask alone is unlearned."
                : added.triggers().stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "What is added to lead to class %s stands at %.2f beside other classes', its mask at %.2f"
                                        + " (1 is as they), so %s unlearned.",
                                clean.classNames().get(one.target()),
                                added.others().standing(one),
                                standing(masks, one.target()),
                                nearer.contains(one) ? "both are" : "the mask alone is"))
                        .collect(Collectors.joining(" "));
        return Look.since(
                begin,
                "added-beside",
                "What is added, beside the mask",
                "Moosavi-Dezfooli et al. 2017 (universal perturbations), the smallest for the same class",
                saw,
                nearer.isEmpty() ? Look.Speaks.NEITHER : Look.Speaks.FOR);
    }

    /** How the mask of a class stands that stands out most. */
    private double standing(List<InvertedTrigger> masks, int target) {
        return masks.stream()
                .filter(mask -> mask.target() == target)
                .mapToDouble(mask -> sizes.map(all -> all.standing(mask)).orElse(1.0))
                .reduce(1, Math::min);
    }

    /** What of this form leads to one class. */
    private static List<InvertedTrigger> toOne(List<Recovered> recovered, TriggerInversion.Form form) {
        return recovered.stream()
                .filter(one -> one.aim().allToOne())
                .filter(InvertedTrigger.class::isInstance)
                .map(InvertedTrigger.class::cast)
                .filter(one -> one.form() == form)
                .toList();
    }

    /** Changes of a form for the classes of triggers, beside some others; empty where there are no triggers. */
    private Optional<Surrogate.Beside> beside(
            Subject subject, List<InvertedTrigger> triggers, TriggerInversion.Form form, int start, String what) {
        return triggers.isEmpty()
                ? Optional.empty()
                : sizes.map(all -> Surrogate.search(
                        subject,
                        triggers,
                        Surrogate.classes(triggers, all),
                        search.inversion().of(form),
                        seed + start,
                        System.nanoTime() + LONG.toNanos(),
                        course.searching(what)));
    }

    private Subject subject(Graph network) {
        return Subject.of(network, clean, search.images(), seed, compute, search.threads(), passes);
    }

    private static Set<Integer> targets(List<? extends Recovered> recovered) {
        return recovered.stream().map(Recovered::target).collect(Collectors.toSet());
    }

    /** The class of the smallest mask that nothing speaks against. */
    private OptionalInt control(List<Recovered> recovered) {
        Set<Integer> targets = targets(recovered);
        return sizes.stream()
                .flatMap(masks -> masks.working().stream()
                        .filter(one -> masks.ratio(one) >= calibration.classes().none()))
                .mapToInt(InvertedTrigger::target)
                .filter(target -> !targets.contains(target))
                .findFirst();
    }

    /**
     * What was found again.
     *
     * @param found what there is to unlearn next
     * @param smallest how small what was found is beside other classes' changes, 0 for a warp; 1 where nothing works
     * @param suspicious whether an audit would call that a backdoor
     */
    record Again(List<Recovered> found, double smallest, boolean suspicious) {
        static final Again NOTHING = new Again(List.of(), 1, false);

        Again {
            found = List.copyOf(found);
        }

        Again and(Again other) {
            List<Recovered> both = Stream.concat(found.stream(), other.found.stream())
                    .distinct()
                    .toList();
            return new Again(both, Math.min(smallest, other.smallest), suspicious || other.suspicious);
        }
    }

    /**
     * Searches a repaired network for what was recovered before, in the same classes, from another start.
     *
     * @param start another one each time
     */
    Again again(Graph repaired, List<Recovered> recovered, int start) {
        Subject subject = subject(repaired);
        Again soFar = Again.NOTHING;
        for (TriggerInversion.Form form : TriggerInversion.Form.values()) {
            soFar = soFar.and(ofForm(subject, recovered, form, start));
        }
        double masks = soFar.smallest();
        soFar = soFar.and(margins(subject, recovered, start, masks)).and(warps(subject, recovered, start));
        return several(subject, recovered, start, soFar);
    }

    /** What leads to one class. */
    private Again ofForm(Subject subject, List<Recovered> recovered, TriggerInversion.Form form, int start) {
        String what = form == TriggerInversion.Form.MASKED ? "search masks again" : "search what is added again";
        return beside(subject, toOne(recovered, form), form, start, what)
                .map(again -> {
                    List<InvertedTrigger> left =
                            again.below(calibration.of(form).found());
                    return new Again(List.copyOf(left), again.least(), !left.isEmpty());
                })
                .orElse(Again.NOTHING);
    }

    /** A class that the network can still be made far surer of: then what stood for its trigger was not enough. */
    private Again margins(Subject subject, List<Recovered> recovered, int start, double masks) {
        if (surest.isEmpty()) {
            return Again.NOTHING;
        }
        MarginLook again = MarginLook.of(
                subject,
                target -> masks,
                Optional.empty(),
                options(start),
                System.nanoTime() + LONG.toNanos(),
                course.searching("search the largest margins again"));
        boolean suspicious = again.decision().verdict() == AuditOutcome.Verdict.FOUND
                && again.surest().equals(surest);
        return suspicious ? new Again(recovered, again.standing(), true) : Again.NOTHING;
    }

    private Again warps(Subject subject, List<Recovered> recovered, int start) {
        List<Recovered> found = new ArrayList<>();
        if (recovered.stream().anyMatch(InvertedWarp.class::isInstance)) {
            course.searching("search warps again");
            for (WarpInversion.Reach reach : WarpInversion.Reach.values()) {
                InvertedWarp warp = WarpInversion.invert(subject, reach, seed + start);
                if (reach.works(warp)) {
                    found.add(warp);
                }
            }
        }
        return found.isEmpty() ? Again.NOTHING : new Again(found, 0, true);
    }

    private Audit.Options options(int start) {
        return new Audit.Options(search.inversion(), search.calibration(), LONG, seed + start);
    }

    /** Changes that lead to no one class, where there were such. */
    private Again several(Subject subject, List<Recovered> recovered, int start, Again soFar) {
        List<SearchOutcome> looks = new ArrayList<>();
        long deadline = System.nanoTime() + LONG.toNanos();
        Audit.Options options = options(start);
        if (sizes.isPresent() && recovered.stream().anyMatch(one -> one.aim().equals(Aim.away()))) {
            MaskSizes some = new MaskSizes(TriggerInversion.invert(
                    subject,
                    Surrogate.classes(List.of(), sizes.get()),
                    search.inversion(),
                    seed + start,
                    deadline,
                    course.searching("search masks of some classes again")));
            looks.add(AllToAllLook.of(
                    subject,
                    some,
                    Optional.empty(),
                    options,
                    deadline,
                    course.searching("search one change for all classes again")));
        }
        if (recovered.stream().anyMatch(one -> one.aim().source() != Aim.ANY)) {
            looks.add(SourceLook.of(
                    subject,
                    Optional.empty(),
                    options,
                    deadline,
                    course.searching("search each class by itself again")));
        }
        List<Recovered> found = new ArrayList<>(soFar.found());
        looks.stream().filter(SearchOutcome::found).forEach(look -> found.addAll(look.told()));
        double smallest = looks.stream()
                .mapToDouble(SearchOutcome::standing)
                .filter(Double::isFinite)
                .reduce(soFar.smallest(), Math::min);
        return new Again(found, smallest, soFar.suspicious() || looks.stream().anyMatch(SearchOutcome::found));
    }
}
