package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadLookTest {
    /** Class 0 has 3 of the first feature; the best features for it are (1, 0): 3 - 0. For class 1: (0, 1): 2 - 0. */
    @Test
    void marginsByHand() {
        double[] margins = HeadLook.margins(new float[][] {{3, 0}, {0, 2}, {0, 0}});
        assertThat(margins[0]).isCloseTo(3, within(1e-6));
        assertThat(margins[1]).isCloseTo(2, within(1e-6));
        assertThat(margins[2]).as("no better than the others").isCloseTo(0, within(1e-6));
    }

    @Test
    void theClassThatStandsOutIsNamed() {
        Look look = HeadLook.look(Planted.backdoored(), List.of("a", "b", "c", "d", "e", "f"))
                .orElseThrow();
        assertThat(look.saw()).startsWith("Class c has the largest margin over all others");
        assertThat(look.speaks()).isEqualTo(Look.Speaks.NEITHER);
    }

    @Test
    void whereScoresAreMadeOtherwiseThereIsNothingToLookAt() {
        Graph pooled = Initialization.draw(
                Graph.image(1, 8, 8).convolution("c", 4, 8).flatten().build(), 1);
        assertThat(HeadLook.look(pooled, List.of("a", "b", "c", "d", "e", "f", "g", "h")))
                .isEmpty();
    }
}
