package io.sapper.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatioTest {
    /**
     * Wilson intervals by hand, z = 1.959964, z^2 = 3.841459. 8 of 10: centre (0.8 + 0.192073) / 1.384146 = 0.716741,
     * half (1.959964 / 1.384146) * sqrt(0.016 + 0.009604) = 0.226577. 81 of 263 is Newcombe's (1998) example: 0.2553 to
     * 0.3662. 0 of n ends at z^2 / (n + z^2).
     */
    @ParameterizedTest
    @CsvSource({
        "8, 10, 0.8, 0.490164, 0.943318",
        "81, 263, 0.307985, 0.2553, 0.3662",
        "0, 10, 0, 0, 0.277533",
        "10, 10, 1, 0.722467, 1"
    })
    void wilsonInterval(long hits, long total, double value, double low, double high) {
        Ratio ratio = new Ratio(hits, total);
        assertThat(ratio.value()).isCloseTo(value, within(1e-6));
        assertThat(ratio.low()).isCloseTo(low, within(5e-5));
        assertThat(ratio.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void nothingLookedAtIsUndefined() {
        Ratio none = new Ratio(0, 0);
        assertThat(none.value()).isNaN();
        assertThat(none.low()).isNaN();
        assertThat(none.high()).isNaN();
        assertThat(none.plus(new Ratio(1, 4))).isEqualTo(new Ratio(1, 4));
    }

    @ParameterizedTest
    @CsvSource({"-1, 3", "4, 3", "0, -1"})
    void impossibleCountsAreRefused(long hits, long total) {
        assertThatThrownBy(() -> new Ratio(hits, total))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(hits + " of " + total);
    }
}
