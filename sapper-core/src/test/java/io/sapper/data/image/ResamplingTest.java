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

    /** A part is what the whole has there, and the whole may be larger than any memory. */
    @Test
    void aPartIsComputedAlone() {
        float[] plane = {0, 8, 3, 250, 17, 90};
        float[] whole = Resampling.resize(plane, 2, 3, 7, 5);
        float[] part = Resampling.resize(plane, 2, 3, 7, 5, new Resizing.Part(2, 1, 4, 3));
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 3; column++) {
                assertThat(part[3 * row + column]).isEqualTo(whole[5 * (row + 2) + column + 1]);
            }
        }
        int huge = 1 << 20;
        assertThat(Resampling.resize(plane, 2, 3, huge, huge, new Resizing.Part(huge - 1, huge - 1, 1, 1)))
                .containsExactly(new float[] {90}, within(1e-3f));
    }

    @Test
    void roundsAndClips() {
        assertThat(Resampling.round(new float[] {-3, 0.49f, 0.5f, 254.6f, 300})).containsExactly(0, 0, 1, 255, 255);
    }
}
