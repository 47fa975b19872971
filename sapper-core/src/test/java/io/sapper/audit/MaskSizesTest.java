package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskSizesTest {
    private static MaskSizes of(double... sizes) {
        List<InvertedTrigger> triggers = new ArrayList<>();
        for (double size : sizes) {
            triggers.add(trigger(triggers.size(), size, 100));
        }
        return new MaskSizes(triggers);
    }

    private static InvertedTrigger trigger(int target, double size, int hits) {
        return new MaskedTrigger(
                target,
                new ImageShape(1, 1, 1),
                new float[] {(float) Math.sqrt(size)},
                new float[1],
                new Ratio(hits, 100));
    }

    @Test
    void smallSizesAreToldToTheirFirstDigit() {
        assertThat(trigger(0, 12.34, 100).text()).isEqualTo("a change of 12.3 pixels");
        assertThat(trigger(0, 0.4, 100).text()).isEqualTo("a change of 0.4 pixels");
        assertThat(trigger(0, 0.012, 100).text()).isEqualTo("a change of 0.01 pixels");
        assertThat(trigger(0, 0.0051, 100).text()).isEqualTo("a change of 0.005 pixels");
        assertThat(trigger(0, 0, 100).text()).isEqualTo("a change of 0.0 pixels");
    }

    /** Sizes 2, 20, 22, 24, 30: the median is 22; away from it 20, 2, 0, 2, 8, in the middle 2. */
    @Test
    void byHand() {
        MaskSizes sizes = of(20, 2, 24, 22, 30);
        assertThat(sizes.median()).isCloseTo(22, within(1e-5));
        assertThat(sizes.smallest()).isCloseTo(2.0 / 22, within(1e-6));
        assertThat(sizes.anomaly()).isCloseTo(20 / (1.4826 * 2), within(1e-4));
        assertThat(sizes.working().get(0).target()).isEqualTo(1);
        assertThat(of(1, 3).median()).isCloseTo(2, within(1e-6));
    }

    /**
     * 4 and 5 of the median, 20: the next of the one is the other. Half of the median beside 0.8 of it stands so-so.
     */
    @Test
    void whatStandsOutIsSmallBesideMostAndBesideTheNext() {
        MaskSizes sizes = of(20, 4, 5, 22, 30);
        assertThat(sizes.next(Aim.to(1))).isCloseTo(5.0 / 20, within(1e-6));
        assertThat(sizes.next(Aim.to(2))).isCloseTo(4.0 / 20, within(1e-6));
        assertThat(of(3).next(Aim.to(0))).isEqualTo(1);
        assertThat(sizes.leastStanding()).isCloseTo(Math.sqrt(0.2 * 0.8), within(1e-6));
        assertThat(of(20, 20, 20).leastStanding()).isEqualTo(1);
        assertThat(of().leastStanding()).isEqualTo(1);
        assertThat(of().standing(trigger(7, 3, 100))).isEqualTo(1);
        assertThat(sizes.standing(trigger(7, 2, 100)))
                .as("of another class")
                .isCloseTo(Math.sqrt(0.1 * 0.5), within(1e-6));
        InvertedTrigger any = trigger(0, 1, 100);
        assertThat(new Confirmation.Ratio(any, 0.2, 0.25).standing()).isCloseTo(Math.sqrt(0.2 * 0.8), within(1e-12));
        assertThat(new Confirmation.Ratio(any, 0.25, 0.2).standing()).isCloseTo(Math.sqrt(0.25), within(1e-12));
        Confirmation two = new Confirmation(
                List.of(new Confirmation.Ratio(any, 0.2, 0.25), new Confirmation.Ratio(any, 0.5, 0.2)), true);
        assertThat(two.least()).isCloseTo(0.4, within(1e-12));
        assertThat(two.found(Planted.calibration(0.1, 0.39, 0.5))).isEmpty();
        assertThat(two.found(Planted.calibration(0.21, 0.39, 0.5))).hasSize(1); // small whatever the next needs
        assertThat(two.found(Planted.calibration(0.1, 0.41, 0.5))).hasSize(1);
        assertThat(two.notCleared(Planted.calibration(0.1, 0.2, 0.75))).hasSize(2);
    }

    @Test
    void aChangeThatDoesNotWorkIsNoTrigger() {
        List<InvertedTrigger> triggers = new ArrayList<>(of(20, 21, 22, 24).triggers());
        triggers.add(trigger(4, 1, 74));
        assertThat(new MaskSizes(triggers).smallest()).isCloseTo(20.0 / 21, within(1e-6));
        triggers.set(4, trigger(4, 1, 75));
        assertThat(new MaskSizes(triggers).smallest()).isCloseTo(1.0 / 21, within(1e-6));
    }

    @Test
    void ofNoClassesNothingIsSaid() {
        assertThat(of().median()).isNaN();
        assertThat(of().smallest()).isEqualTo(1);
        assertThat(of().anomaly()).isNaN();
    }
}
