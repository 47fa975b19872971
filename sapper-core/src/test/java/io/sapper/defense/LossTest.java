package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossTest {
    private static final double Z2 = 3.841458820694124;

    /** With no answer changed the interval has a closed form: plus and minus z^2 / (n + z^2). */
    @ParameterizedTest
    @CsvSource({"4", "20", "50", "381", "2000"})
    void withoutAChangeTheIntervalIsTheKnownOne(int images) {
        Loss loss = new Loss(images, 0, 0);
        assertThat(loss.value()).isZero();
        assertThat(loss.high()).isCloseTo(Z2 / (images + Z2), within(1e-9));
        assertThat(loss.low()).isCloseTo(-Z2 / (images + Z2), within(1e-9));
    }

    /** The oracle maximises the likelihood of three counts by search, and looks for the end by small steps. */
    @ParameterizedTest
    @CsvSource({"20, 4, 0", "20, 0, 3", "50, 9, 1", "400, 12, 4", "400, 3, 9", "12, 12, 0", "10, 5, 5"})
    void theEndsAreThoseOfTheScoreTestDoneByHand(int images, int worse, int better) {
        Loss loss = new Loss(images, worse, better);
        assertThat(loss.high()).isCloseTo(naiveHigh(images, worse, better), within(2e-3));
        assertThat(loss.low()).isCloseTo(-naiveHigh(images, better, worse), within(2e-3));
        assertThat(loss.low()).isLessThanOrEqualTo(loss.value());
        assertThat(loss.high()).isGreaterThanOrEqualTo(loss.value());
    }

    private static double naiveHigh(int images, int worse, int better) {
        for (double delta = 0.9995; delta > -1; delta -= 0.0005) {
            double bestLikelihood = Double.NEGATIVE_INFINITY;
            double share = 0;
            for (double q = Math.max(0, -delta); 2 * q + delta <= 1; q += 0.0005) {
                double likelihood =
                        term(worse, q + delta) + term(better, q) + term(images - worse - better, 1 - 2 * q - delta);
                if (likelihood > bestLikelihood) {
                    bestLikelihood = likelihood;
                    share = q;
                }
            }
            double distance = images * delta - (worse - better);
            double variance = images * (2 * share + delta - delta * delta);
            if (distance * distance <= Z2 * variance) {
                return delta;
            }
        }
        return -1;
    }

    private static double term(int count, double share) {
        return count == 0 ? 0 : count * Math.log(Math.max(share, 1e-300));
    }

    /** Large counts, where every interval is the same: 64 of 1600, give or take 1.96 standard errors. */
    @Test
    void ofManyImagesTheIntervalIsTheUsualOne() {
        Loss loss = new Loss(1600, 150, 86);
        double error = Math.sqrt(236 - 64.0 * 64 / 1600) / 1600;
        assertThat(loss.high()).isCloseTo(0.04 + 1.96 * error, within(5e-4));
        assertThat(loss.low()).isCloseTo(0.04 - 1.96 * error, within(5e-4));
    }

    /** Of 95 % intervals for a true loss, 2.5 % may lie below it. */
    @Test
    void theUpperEndHoldsItsLevelWhereLittleChanges() {
        RandomGenerator random = Seeds.generator(1, "coverage");
        int below = 0;
        for (int run = 0; run < 2000; run++) {
            int worse = 0;
            int better = 0;
            for (int image = 0; image < 400; image++) {
                double draw = random.nextDouble();
                worse += draw < 0.015 ? 1 : 0;
                better += draw > 0.995 ? 1 : 0;
            }
            below += new Loss(400, worse, better).high() < 0.01 ? 1 : 0;
        }
        assertThat(below / 2000.0).isLessThan(0.04);
    }

    @Test
    void moreImagesTellMore() {
        assertThat(Loss.fewest(0.01)).isEqualTo(381);
        assertThat(new Loss(381, 0, 0).high()).isLessThanOrEqualTo(0.01);
        assertThat(new Loss(380, 0, 0).high()).isGreaterThan(0.01);
        assertThat(Loss.usual(0.01)).isEqualTo(1537);
        assertThat(new Loss(1537, 10, 4).high()).isLessThanOrEqualTo(0.01);
        assertThat(Loss.fewest(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(Loss.fewest(1)).isZero();
    }

    @Test
    void withoutImagesNothingIsKnown() {
        assertThat(new Loss(0, 0, 0).value()).isNaN();
        assertThat(new Loss(0, 0, 0).high()).isNaN();
        assertThat(new Loss(0, 0, 0).low()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"3, 2, 2", "3, -1, 0", "3, 0, -1"})
    void impossibleCountsAreRefused(int images, int worse, int better) {
        assertThatThrownBy(() -> new Loss(images, worse, better))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of 3");
    }
}
