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
        return new InvertedTrigger(
                target, new ImageShape(1, 1, 1), new float[] {(float) size}, new float[1], new Ratio(hits, 100));
    }

    /** Sizes 2, 20, 22, 24, 30: the median is 22; away from it 20, 2, 0, 2, 8, in the middle 2. */
    @Test
    void byHand() {
        MaskSizes sizes = of(20, 2, 24, 22, 30);
        assertThat(sizes.median()).isEqualTo(22);
        assertThat(sizes.smallest()).isEqualTo(2.0 / 22);
        assertThat(sizes.anomaly()).isCloseTo(20 / (1.4826 * 2), within(1e-9));
        assertThat(sizes.working().get(0).target()).isEqualTo(1);
        assertThat(of(1, 3).median()).isEqualTo(2);
    }

    @Test
    void aChangeThatDoesNotWorkIsNoTrigger() {
        List<InvertedTrigger> triggers = new ArrayList<>(of(20, 21, 22, 24).triggers());
        triggers.add(trigger(4, 1, 74));
        assertThat(new MaskSizes(triggers).smallest()).isEqualTo(20.0 / 21);
        triggers.set(4, trigger(4, 1, 75));
        assertThat(new MaskSizes(triggers).smallest()).isEqualTo(1.0 / 21);
    }

    @Test
    void ofNoClassesNothingIsSaid() {
        assertThat(of().median()).isNaN();
        assertThat(of().smallest()).isEqualTo(1);
        assertThat(of().anomaly()).isNaN();
    }
}
