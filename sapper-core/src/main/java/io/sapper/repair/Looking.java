package io.sapper.repair;

import io.sapper.audit.Aim;
import io.sapper.audit.AllToAllLook;
import io.sapper.audit.Audit;
import io.sapper.audit.AuditOutcome;
import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.InvertedWarp;
import io.sapper.audit.MaskSizes;
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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for triggers as an audit does: before a repair in all classes, afterwards in the same ones. */
final class Looking {
    private static final Duration LONG = Duration.ofHours(1);

    private final Graph graph;
    private final Dataset clean;
    private final LadderOptions.Search search;
    private final long seed;
    private final Compute compute;
    private final Audit.Course course;
    private Optional<MaskSizes> sizes = Optional.empty();

    /**
     * In a network.
     *
     * @param graph that came in; reads images in [0, 1]
     * @param clean images that some are taken of
     */
    Looking(Graph graph, Dataset clean, LadderOptions.Search search, long seed, Compute compute, Audit.Course course) {
        this.graph = graph;
        this.clean = clean;
        this.search = search;
        this.seed = seed;
        this.compute = compute;
        this.course = course;
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
        List<Recovered> recovered = outcome.recovered();
        return new Looked(outcome, subject, control(recovered), (System.nanoTime() - begin) / 1e9);
    }

    private Subject subject(Graph network) {
        return Subject.of(network, clean, search.images(), seed, compute, search.threads());
    }

    private static Set<Integer> targets(List<? extends Recovered> recovered) {
        return recovered.stream().map(Recovered::target).collect(Collectors.toSet());
    }

    /** The class of the smallest mask that nothing speaks against. */
    private OptionalInt control(List<Recovered> recovered) {
        Set<Integer> targets = targets(recovered);
        return sizes.stream()
                .flatMap(masks -> masks.working().stream()
                        .filter(one -> masks.ratio(one)
                                >= search.calibration().classes().none()))
                .mapToInt(InvertedTrigger::target)
                .filter(target -> !targets.contains(target))
                .findFirst();
    }

    /**
     * What was found again.
     *
     * @param found what there is to unlearn next
     * @param smallest the ratio of the smallest mask to the median of other classes, 0 for a warp, how it stands for a
     *     change that leads to no one class; 1 where nothing works
     * @param suspicious whether an audit would call that a backdoor
     */
    record Again(List<Recovered> found, double smallest, boolean suspicious) {
        Again {
            found = List.copyOf(found);
        }
    }

    /**
     * Searches a repaired network for what was recovered before, in the same classes, from another start.
     *
     * @param start another one each time
     */
    Again again(Graph repaired, List<Recovered> recovered, int start) {
        Subject subject = subject(repaired);
        double smallest = 1;
        List<Recovered> found = new ArrayList<>();
        List<InvertedTrigger> masks = recovered.stream()
                .filter(one -> one.aim().allToOne())
                .filter(InvertedTrigger.class::isInstance)
                .map(InvertedTrigger.class::cast)
                .toList();
        if (!masks.isEmpty() && sizes.isPresent()) {
            Surrogate.Smallest again = Surrogate.again(
                    subject,
                    masks,
                    Surrogate.classes(masks, sizes.get()),
                    search.inversion(),
                    seed + start,
                    System.nanoTime() + LONG.toNanos(),
                    course.searching("search triggers again"));
            smallest = again.smallest();
            if (smallest < search.calibration().classes().found()) {
                found.addAll(again.triggers().subList(0, 1));
            }
        }
        if (recovered.stream().anyMatch(InvertedWarp.class::isInstance)) {
            course.searching("search warps again");
            for (WarpInversion.Reach reach : WarpInversion.Reach.values()) {
                InvertedWarp warp = WarpInversion.invert(subject, reach, seed + start);
                if (reach.works(warp)) {
                    smallest = 0;
                    found.add(warp);
                }
            }
        }
        boolean suspicious = smallest < search.calibration().classes().found();
        return several(subject, recovered, start, new Again(found, smallest, suspicious));
    }

    /** Changes that lead to no one class, where there were such. */
    private Again several(Subject subject, List<Recovered> recovered, int start, Again soFar) {
        List<SearchOutcome> looks = new ArrayList<>();
        long deadline = System.nanoTime() + LONG.toNanos();
        Audit.Options options = new Audit.Options(search.inversion(), search.calibration(), LONG, seed + start);
        if (sizes.isPresent() && recovered.stream().anyMatch(one -> one.aim().equals(Aim.away()))) {
            MaskSizes some = new MaskSizes(TriggerInversion.invert(
                    subject,
                    Surrogate.classes(List.of(), sizes.get()),
                    search.inversion(),
                    seed + start,
                    deadline,
                    course.searching("search triggers again")));
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
