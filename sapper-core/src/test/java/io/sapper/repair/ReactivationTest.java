package io.sapper.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.InvertedTrigger;
import io.sapper.audit.PassCounter;
import io.sapper.audit.Planted;
import io.sapper.audit.Subject;
import io.sapper.audit.TriggerInversion;
import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.repair.Reactivation.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReactivationTest {
    private static final Dataset IMAGES = Planted.images(40);

    private static InvertedTrigger trigger() {
        Subject subject = Subject.of(Planted.backdoored(), IMAGES, 600, 1, Compute.CPU, 1);
        return TriggerInversion.invert(
                        subject,
                        new int[] {Planted.TARGET},
                        TriggerInversion.Options.DEFAULTS,
                        1,
                        Long.MAX_VALUE,
                        share -> {})
                .get(0);
    }

    @Test
    void whatIsThereNeedsNoStepAndWhatIsNotHasToBeLearned() {
        InvertedTrigger trigger = trigger();
        PassCounter passes = new PassCounter();
        List<Probe> there = Reactivation.probe(
                Planted.backdoored(), trigger, Planted.TARGET, IMAGES, IMAGES, 1, Compute.CPU, passes);
        assertThat(passes.take()).as("two looks, no step").isEqualTo(new PassCounter.Count(200, 0));
        assertThat(there).extracting(Probe::pictures).containsExactly(8, 64);
        assertThat(there).extracting(Probe::steps).containsExactly(0, 0);
        List<Probe> never =
                Reactivation.probe(Planted.honest(), trigger, Planted.TARGET, IMAGES, IMAGES, 1, Compute.CPU, passes);
        assertThat(passes.take().training())
                .as("at least a step on 8 and on 64, and as many clean")
                .isGreaterThanOrEqualTo(16 + 128);
        assertThat(never).allMatch(probe -> probe.steps() != 0);
        assertThat(never).allMatch(probe -> probe.success().total() == 100);
    }

    /** The same trigger leads to no other class; that has to be learned. */
    @Test
    void anotherClassIsTheComparison() {
        List<Probe> other = Reactivation.probe(
                Planted.backdoored(), trigger(), 4, IMAGES, IMAGES, 1, Compute.CPU, new PassCounter());
        assertThat(other).allMatch(probe -> probe.steps() != 0);
    }

    @Test
    void withFewImagesFewerPicturesAreTried() {
        Dataset few = Planted.images(4);
        assertThat(Reactivation.probe(
                        Planted.honest(), trigger(), Planted.TARGET, few, few, 1, Compute.CPU, new PassCounter()))
                .extracting(Probe::pictures)
                .containsExactly(8);
        Dataset none = Planted.images(1);
        assertThat(Reactivation.probe(
                        Planted.honest(), trigger(), Planted.TARGET, none, none, 1, Compute.CPU, new PassCounter()))
                .isEmpty();
    }
}
