package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.metric.Ratio;
import io.sapper.repair.Reactivation.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReactivationsTest {
    private static String told(Probe own, Probe control) {
        return Reactivations.summary(List.of(own), List.of(control)).replaceFirst(".*never led to\\. ", "");
    }

    private static Probe after(int steps, int hits) {
        return new Probe(8, steps, new Ratio(hits, 100));
    }

    @Test
    void whatComesBackSoonerLeftATrace() {
        assertThat(told(after(16, 60), after(24, 60))).startsWith("It comes back sooner than where it never was:");
        assertThat(told(after(16, 60), after(-1, 10))).startsWith("It comes back sooner");
        assertThat(told(after(24, 60), after(24, 90))).isEqualTo("It comes back no sooner than where it never was.");
    }

    /** Neither is back, but one works on 35 of 100 images, the other on 10: their intervals lie apart. */
    @Test
    void whatIsNotBackButWorksMoreOftenMayHaveLeftOne() {
        assertThat(told(after(-1, 35), after(-1, 10)))
                .isEqualTo("It is not back within so many steps, but works on more images by then than where it never"
                        + " was: a trace of it may be left.");
        assertThat(told(after(-1, 12), after(-1, 10))).isEqualTo("It comes back no sooner than where it never was.");
    }
}
