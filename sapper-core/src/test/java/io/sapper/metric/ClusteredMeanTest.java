package io.sapper.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusteredMeanTest {
    /** Worked by hand: mean 3 of 8; rests 1 - 0.75, 2 - 1.5, 0 - 0.75; squares 0.0625 + 0.25 + 0.5625 = 0.875. */
    @Test
    void aCaseWorkedByHand() {
        ClusteredMean mean = ClusteredMean.of(new double[] {1, 2, 0, 0}, new int[] {2, 4, 2, 0});

        assertThat(mean.groups()).isEqualTo(3);
        assertThat(mean.value()).isCloseTo(0.375, within(1e-12));
        double half = 4.302652730 * Math.sqrt(0.875 * 3 / 2) / 8;
        assertThat(mean.low()).isCloseTo(0.375 - half, within(1e-9));
        assertThat(mean.high()).isCloseTo(0.375 + half, within(1e-9));
    }

    /** Groups of one number each give the usual interval of a mean. */
    @Test
    void singleNumbersAreAPlainSample() {
        double[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        int[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

        ClusteredMean mean = ClusteredMean.of(numbers, ones);

        double deviation = Math.sqrt(11); // the sample's variance is 11
        assertThat(mean.value()).isCloseTo(6, within(1e-12));
        assertThat(mean.high() - mean.value()).isCloseTo(2.228139 * deviation / Math.sqrt(11), within(1e-3));
    }

    @Test
    void numbersThatGoTogetherSayLess() {
        ClusteredMean apart =
                ClusteredMean.of(new double[] {1, 1, 0, 0, 1, 1, 0, 0}, new int[] {1, 1, 1, 1, 1, 1, 1, 1});
        ClusteredMean together = ClusteredMean.of(new double[] {2, 0, 2, 0}, new int[] {2, 2, 2, 2});

        assertThat(together.value()).isEqualTo(apart.value());
        assertThat(together.low()).isLessThan(apart.low());
    }

    @ParameterizedTest
    @CsvSource({"1, 12.7062", "2, 4.30265", "3, 3.18245", "4, 2.77645", "5, 2.57058", "10, 2.22814", "30, 2.04227"})
    void studentsDistributionAsInTables(int degrees, double point) {
        assertThat(ClusteredMean.student(degrees)).isCloseTo(point, within(0.01 * point));
    }

    @Test
    void withoutGroupsThereIsNoInterval() {
        assertThat(ClusteredMean.of(new double[] {0}, new int[] {0}).value()).isNaN();
        ClusteredMean one = ClusteredMean.of(new double[] {1}, new int[] {2});
        assertThat(one.value()).isEqualTo(0.5);
        assertThat(one.low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(one.high()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> ClusteredMean.of(new double[2], new int[1]))
                .hasMessage("There are 2 sums, but 1 counts of groups.");
    }
}
