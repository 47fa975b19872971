package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.data.Dataset;
import io.sapper.network.Graph;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Attacks that lead to more than one class, or from one alone. */
final class SeveralClassesTest {
    private static final int SOURCE = 4;
    private static final int EACH = 50;
    private static final Dataset IMAGES = Planted.images(EACH);

    private static Audit.Options options(Duration budget) {
        return new Audit.Options(TriggerInversion.Options.DEFAULTS, Calibration.DEFAULTS, budget, 1);
    }

    private static AuditOutcome audit(Graph graph, Dataset images, Optional<Reference> reference) {
        return Audit.audit(
                graph, Planted.subject(graph, images, 2), reference, options(Duration.ofHours(1)), what -> share -> {});
    }

    private static AuditOutcome audit(Graph graph) {
        return audit(graph, IMAGES, Optional.empty());
    }

    private static Look look(AuditOutcome outcome, String id) {
        return outcome.looks().stream()
                .filter(look -> look.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anAttackFromEveryClassToTheNextIsFound() {
        AuditOutcome outcome = audit(Planted.allToAll());
        assertThat(outcome.verdict()).as(outcome.sentence()).isEqualTo(Verdict.FOUND);
        assertThat(outcome.sentence()).contains("makes the network wrong about 100 % of images of all classes");
        assertThat(outcome.suspicious()).isEmpty();
        assertThat(outcome.others()).hasSize(1).allSatisfy(one -> {
            assertThat(one.aim()).isEqualTo(Aim.away());
            assertThat(one.leads(IMAGES.classNames())).isEqualTo("leads from each class to another");
            assertThat(onThePixel(one)).isTrue();
        });
        assertThat(outcome.recovered()).isEqualTo(outcome.others());
        assertThat(look(outcome, "all-to-all").speaks()).isEqualTo(Look.Speaks.FOR);
        assertThat(outcome.complete()).isTrue();
    }

    @Test
    void anAttackOnOneClassIsFound() {
        AuditOutcome outcome = audit(Planted.fromOne(SOURCE));
        assertThat(outcome.verdict()).as(outcome.sentence()).isEqualTo(Verdict.FOUND);
        assertThat(outcome.sentence()).contains("turns 100 % of the images of class row 4 into class row 5;");
        assertThat(outcome.others()).hasSize(1).allSatisfy(one -> {
            assertThat(one.aim()).isEqualTo(Aim.between(SOURCE, SOURCE + 1));
            assertThat(one.target()).isEqualTo(SOURCE + 1);
            assertThat(one.leads(IMAGES.classNames())).isEqualTo("leads from class row 4 to class row 5");
            assertThat(onThePixel(one)).isTrue();
        });
        assertThat(look(outcome, "all-to-all").speaks()).isEqualTo(Look.Speaks.AGAINST);
    }

    /** The mask is the same in blocks of two by two. */
    private static boolean onThePixel(InvertedTrigger trigger) {
        float[] mask = trigger.mask();
        return IntStream.range(0, mask.length).allMatch(i -> mask[i] <= mask[Planted.PIXEL])
                && ((MaskedTrigger) trigger).pattern()[Planted.PIXEL] > 0.5;
    }

    @Test
    void ofAnHonestNetworkNeitherIsFound() {
        AuditOutcome outcome = audit(Planted.honest());
        assertThat(outcome.verdict()).as(outcome.sentence()).isEqualTo(Verdict.NONE);
        assertThat(List.of(look(outcome, "all-to-all"), look(outcome, "source")))
                .extracting(Look::speaks)
                .containsOnly(Look.Speaks.AGAINST);
        assertThat(outcome.others()).isEmpty();
    }

    @Test
    void whatAnHonestNetworkDoesTooIsANaturalFeature() {
        AuditOutcome all = audit(Planted.allToAll(), IMAGES, Optional.of(new Reference(Planted.allToAll())));
        assertThat(all.verdict()).as(all.sentence()).isEqualTo(Verdict.NONE);
        assertThat(look(all, "all-to-all").saw()).contains("so it is a natural feature");
        AuditOutcome one = audit(Planted.fromOne(SOURCE), IMAGES, Optional.of(new Reference(Planted.fromOne(SOURCE))));
        assertThat(one.verdict()).as(one.sentence()).isEqualTo(Verdict.NONE);
        assertThat(look(one, "source").saw()).contains("so it is a natural feature");
        AuditOutcome other = audit(Planted.allToAll(), IMAGES, Optional.of(new Reference(Planted.honest())));
        assertThat(other.verdict()).isEqualTo(Verdict.FOUND);
    }

    @Test
    void withFewImagesOfAClassNothingIsSaidOfIt() {
        AuditOutcome outcome = audit(Planted.honest(), Planted.images(20), Optional.empty());
        Look source = look(outcome, "source");
        assertThat(source.saw())
                .startsWith("Not searched: it takes at least 4 classes")
                .endsWith("there are 0 of 6.");
        assertThat(source.speaks()).isEqualTo(Look.Speaks.NEITHER);
        assertThat(outcome.verdict()).isEqualTo(Verdict.NONE);
    }

    @Test
    void whereATriggerWithOneTargetIsFoundTheSearchEnds() {
        AuditOutcome outcome = audit(Planted.backdoored());
        assertThat(outcome.looks()).extracting(Look::id).doesNotContain("all-to-all", "source");
    }

    @Test
    void withoutTimeNeitherIsSaid() {
        Graph graph = Planted.honest();
        Subject subject = Planted.subject(graph, IMAGES, 1);
        MaskSizes masks = new MaskSizes(TriggerInversion.invert(
                subject, new int[] {0, 1, 2}, TriggerInversion.Options.DEFAULTS, 1, forever(), share -> {}));
        long now = System.nanoTime();
        SearchOutcome all = AllToAllLook.of(subject, masks, Optional.empty(), options(Duration.ZERO), now, share -> {});
        assertThat(all.decision().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(all.decision().sentence())
                .isEqualTo("The time (--budget) was used up before one change for all classes was searched for.");
        SearchOutcome source = SourceLook.of(subject, Optional.empty(), options(Duration.ZERO), now, share -> {});
        assertThat(source.decision().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(source.decision().sentence())
                .isEqualTo("The time (--budget) was used up before each class was searched by itself.");
    }

    /** The limits decide: with others the same network is neither. */
    @Test
    void betweenTheLimitsItCannotTell() {
        Calibration.Limits usual = new Calibration.Limits(0.001, 0.002);
        Calibration.Limits wide = new Calibration.Limits(0.001, 50);
        AuditOutcome all = with(Planted.allToAll(), calibration(wide, usual));
        assertThat(all.verdict()).as(all.sentence()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(look(all, "all-to-all").saw()).contains("of images of all classes");
        assertThat(look(all, "all-to-all").speaks()).isEqualTo(Look.Speaks.NEITHER);
        assertThat(all.others()).extracting(InvertedTrigger::aim).containsExactly(Aim.away());
        AuditOutcome source = with(Planted.honest(), calibration(usual, wide));
        assertThat(source.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(source.sentence()).contains("classes by themselves, the way from class row");
    }

    /** However small it is: an attack with one target leads images of all classes away too. */
    @Test
    void whatLeadsMostImagesToOneClassIsNoAttackOnAll() {
        Subject subject = Planted.subject(Planted.backdoored(), IMAGES, 1);
        MaskSizes masks = new MaskSizes(TriggerInversion.invert(
                subject, new int[] {0, 1, 3}, TriggerInversion.Options.DEFAULTS, 1, forever(), share -> {}));
        SearchOutcome all =
                AllToAllLook.of(subject, masks, Optional.empty(), options(Duration.ofHours(1)), forever(), share -> {});
        assertThat(all.decision().verdict()).isEqualTo(Verdict.NONE);
        assertThat(all.look().saw()).isEqualTo("None was found that leads images to many classes.");
    }

    private static Calibration calibration(Calibration.Limits allToAll, Calibration.Limits source) {
        Calibration.Limits never = new Calibration.Limits(0.001, 0.002);
        return new Calibration(
                0, never, Calibration.DEFAULTS.many(), Calibration.DEFAULTS.honest(), allToAll, source, never, never);
    }

    private static AuditOutcome with(Graph graph, Calibration calibration) {
        return Audit.audit(
                graph,
                Planted.subject(graph, IMAGES, 2),
                Optional.empty(),
                new Audit.Options(TriggerInversion.Options.DEFAULTS, calibration, Duration.ofHours(1), 1),
                what -> share -> {});
    }

    private static long forever() {
        return System.nanoTime() + Duration.ofHours(1).toNanos();
    }

    @Test
    void whatAnAimCountsAndWants() {
        assertThat(Aim.to(2).counts(1, 1)).isTrue();
        assertThat(Aim.to(2).counts(1, 3)).isTrue();
        assertThat(Aim.to(2).counts(1, 2)).isFalse();
        assertThat(Aim.to(2).counts(2, 1)).isFalse();
        assertThat(Aim.to(2).reached(1, 2)).isTrue();
        assertThat(Aim.to(2).reached(1, 3)).isFalse();
        assertThat(Aim.away().counts(1, 1)).isTrue();
        assertThat(Aim.away().counts(1, 2)).isFalse();
        assertThat(Aim.away().reached(1, 2)).isTrue();
        assertThat(Aim.away().reached(1, 1)).isFalse();
        assertThat(Aim.away().reached(1, -1)).isFalse(); // no answer at all
        assertThat(Aim.awayFrom(1).counts(1, 1)).isTrue();
        assertThat(Aim.awayFrom(1).counts(2, 2)).isFalse();
        assertThat(Aim.between(1, 2).counts(1, 3)).isTrue();
        assertThat(Aim.between(1, 2).counts(1, 2)).isFalse();
        assertThat(Aim.between(1, 2).counts(3, 3)).isFalse();
        assertThat(Aim.between(1, 2).reached(1, 2)).isTrue();
        assertThat(Aim.between(1, 2).reached(1, 3)).isFalse();
        assertThatThrownBy(() -> new Aim(2, 2)).hasMessage("No change can be searched from class 2 to 2.");
    }

    @Test
    void aimsThatCannotBeSearchedTogetherAreRefused() {
        Subject subject = Planted.subject(Planted.honest(), IMAGES, 1);
        assertThatThrownBy(() -> search(subject, List.of(Aim.to(1), Aim.awayFrom(2))))
                .hasMessage("Aims from one class and from all cannot be searched for together.");
        Subject without = Planted.subject(Planted.honest(), IMAGES.subset("without 2", without(2)), 1);
        assertThatThrownBy(() -> search(without, List.of(Aim.awayFrom(2))))
                .hasMessage("There is no image of class 2 to search with.");
    }

    private static int[] without(int label) {
        return IntStream.range(0, IMAGES.size())
                .filter(i -> IMAGES.label(i) != label)
                .toArray();
    }

    private static List<InvertedTrigger> search(Subject subject, List<Aim> aims) {
        return TriggerInversion.search(subject, aims, TriggerInversion.Options.DEFAULTS, 1, forever(), share -> {});
    }
}
