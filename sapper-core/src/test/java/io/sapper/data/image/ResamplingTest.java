package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ResamplingTest {
    /** By hand: halving 0 4 8 12. New place 0 has its centre at old 1, reach 2: weights at .5 1.5 2.5 are 3:3:1. */
    @Test
    void shrinksByTheTriangle() {
        float[] half = Resampling.resize(new float[] {0, 4, 8, 12}, 1, 4, 1, 2);
        assertThat(half[0]).isCloseTo((3 * 0 + 3 * 4 + 1 * 8) / 7f, within(1e-5f));
        assertThat(half[1]).isCloseTo((1 * 4 + 3 * 8 + 3 * 12) / 7f, within(1e-5f));
    }

    /** By hand: doubling 0 8 by rows. Centres at .25 .75 1.25 1.75. */
    @Test
    void growsBilinearly() {
        float[] twice = Resampling.resize(new float[] {0, 8}, 2, 1, 4, 1);
        assertThat(twice).containsExactly(new float[] {0, 2, 6, 8}, within(1e-5f));
    }

    @Test
    void roundsAndClips() {
        assertThat(Resampling.round(new float[] {-3, 0.49f, 0.5f, 254.6f, 300})).containsExactly(0, 0, 1, 255, 255);
    }
}
