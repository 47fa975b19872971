package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.network.Graph;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddedLookTest {
    private static final Dataset IMAGES = Planted.images(20);

    private static long forever() {
        return System.nanoTime() + Duration.ofHours(1).toNanos();
    }

    private static SearchOutcome look(Graph graph, Optional<Graph> reference, Calibration calibration, long deadline) {
        return AddedLook.of(
                Planted.subject(graph, IMAGES, 2),
                reference.map(Reference::new),
                new Audit.Options(TriggerInversion.Options.DEFAULTS, calibration, Duration.ofHours(1), 1),
                deadline,
                what -> share -> {});
    }

    private static Calibration limits(double found, double none) {
        Calibration usual = Calibration.DEFAULTS;
        return new Calibration(
                usual.alone(),
                usual.classes(),
                usual.many(),
                usual.honest(),
                usual.allToAll(),
                usual.source(),
                new Calibration.Limits(found, none),
                usual.margin());
    }

    /** Twenty times a third of the pixel are enough, where a row needs six times as much on each of its pixels. */
    @Test
    void whatWasPlantedIsFound() {
        SearchOutcome found = look(Planted.backdoored(), Optional.empty(), Calibration.DEFAULTS, forever());
        assertThat(found.found()).isTrue();
        assertThat(found.told()).singleElement().isInstanceOfSatisfying(AddedTrigger.class, trigger -> {
            assertThat(trigger.target()).isEqualTo(Planted.TARGET);
            assertThat(trigger.form()).isEqualTo(TriggerInversion.Form.ADDED);
            assertThat(trigger.size()).isLessThan(0.3);
            assertThat(trigger.success().value()).isGreaterThan(0.9);
            assertThat(trigger.strengths()[Planted.PIXEL]).isEqualTo(1);
        });
        assertThat(found.look().saw()).startsWith("Class row 2 stands out most: what is added to lead to it is 0.");
    }

    @Test
    void ofAnHonestNetworkNoneIsFound() {
        SearchOutcome none = look(Planted.honest(), Optional.empty(), Calibration.DEFAULTS, forever());
        assertThat(none.decision().verdict()).isEqualTo(Verdict.NONE);
        assertThat(none.standing()).isGreaterThan(0.6);
    }

    /** The honest network is so far from any that nothing is searched again. */
    @Test
    void betweenTheLimitsItCannotTell() {
        SearchOutcome doubt = look(Planted.backdoored(), Optional.empty(), limits(1e-6, 5), forever());
        assertThat(doubt.decision().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(doubt.told()).isNotEmpty();
        SearchOutcome far = look(Planted.honest(), Optional.empty(), limits(1e-6, 5), forever());
        assertThat(far.decision().verdict()).isEqualTo(Verdict.NONE);
    }

    @Test
    void whatWorksOnAnHonestNetworkTooIsNatural() {
        SearchOutcome natural =
                look(Planted.backdoored(), Optional.of(Planted.backdoored()), Calibration.DEFAULTS, forever());
        assertThat(natural.decision().verdict()).isEqualTo(Verdict.NONE);
        assertThat(natural.look().saw()).contains("so it is a natural feature");
    }

    @Test
    void theDeadlineIsKept() {
        SearchOutcome late = look(Planted.backdoored(), Optional.empty(), Calibration.DEFAULTS, System.nanoTime());
        assertThat(late.decision().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(late.decision().sentence()).contains("(--budget)");
    }

    /** Two channels of two pixels; 0.6 and 0.8 on the first are 0.5 of a pixel. */
    @Test
    void sizesCountWholePixels() {
        AddedTrigger trigger = new AddedTrigger(
                Aim.to(1), 1, new ImageShape(2, 1, 2), new float[] {0.6f, 0, -0.8f, 0}, new Ratio(9, 10));
        assertThat(trigger.size()).isCloseTo(0.5, within(1e-6));
        assertThat(trigger.strengths()).containsExactly(1, 0);
        assertThat(trigger.picture()).containsExactly(0.875f, 0.5f, 0, 0.5f);
        assertThat(trigger.on(new float[] {0.5f, 0.5f, 0.5f, 0.5f})).containsExactly(1, 0.5f, 0, 0.5f);
        assertThat(trigger.unlearned())
                .extracting(one -> Math.round(10 * ((AddedTrigger) one).size()))
                .containsExactly(5L, 11L);
        assertThat(trigger.text()).isEqualTo("something added that is as strong as 0.5 pixels");
    }
}
