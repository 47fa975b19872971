package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarTextTest {
    private static final BarText IMAGES = new BarText(BarText.Unit.IMAGES);
    private static final BarText RUNS = new BarText(BarText.Unit.RUNS);
    private static final BarText BYTES = new BarText(BarText.Unit.BYTES);

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    void trainingSaysRateTimeLeftAndLoss() {
        assertThat(IMAGES.line("BadNet", 30_000, 120_000, 30_000, seconds(10), "epoch 1/2, loss 0.123", 80))
                .isEqualTo("BadNet  25 % [====             ] 3000 images/s, 0:30 left, epoch 1/2, loss 0.123")
                .hasSize(80);
        assertThat(IMAGES.line("BadNet", 120_000, 120_000, 120_000, seconds(3725), "", 60))
                .isEqualTo("BadNet 100 % [=====================] 32 images/s, in 1:02:05")
                .hasSize(60);
    }

    @Test
    void whatWasDoneBeforeAResumptionIsNoRate() {
        assertThat(IMAGES.line("BadNet", 90_000, 120_000, 1_000, seconds(1), "", 80))
                .contains(" 75 % ", "1000 images/s, 0:30 left");
        assertThat(IMAGES.line("BadNet", 90_000, 120_000, 0, seconds(0), "", 80))
                .endsWith("] 0 images/s");
        assertThat(BarText.images(0.38)).isEqualTo("0.4 images/s");
        assertThat(BarText.images(9.96)).isEqualTo("10 images/s");
    }

    @Test
    void downloadsSayHowMuchOfHowMuch() {
        assertThat(BYTES.line("a.gz", 4_500_000, 9_912_422, 4_500_000, seconds(2), "", 70))
                .isEqualTo("a.gz  45 % [========           ] 4.5 MB of 9.9 MB, 2.3 MB/s, 0:02 left")
                .hasSize(70);
        assertThat(BYTES.line("a.gz", 28_881, 28_881, 28_881, seconds(1), "", 60))
                .contains("100 %", "] 29 kB, 29 kB/s, in 0:01");
        assertThat(BYTES.line("a.gz", 2_000_000, -1, 2_000_000, seconds(1), "", 60))
                .isEqualTo("a.gz 2.0 MB, 2.0 MB/s");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 40, 60, 80, 120})
    void neverIsLongerThanTheTerminal(int width) {
        String line =
                IMAGES.line("fine-tuning alone", 99_999, 100_000, 99_999, seconds(9), "epoch 10/10, loss 0.123", width);
        assertThat(line.length()).isLessThanOrEqualTo(width);
    }

    @Test
    void numbersAreTheSameEverywhere() {
        Locale.setDefault(new Locale.Builder()
                .setLanguage("ar")
                .setRegion("EG")
                .setExtension('u', "nu-arab")
                .build());
        assertThat(BYTES.line("a", 1_500_000, 3_000_000, 1_500_000, seconds(1), "", 60))
                .contains(" 50 %", "1.5 MB of 3.0 MB, 1.5 MB/s, 0:01 left");
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }

    /** Many go on at once, so that the sweep says itself how long it takes. */
    @Test
    void runsAreCounted() {
        String line = RUNS.line("sweep", 45, 180, 5, Duration.ofMinutes(1), "about 27:00 left", 79);
        assertThat(line)
                .startsWith("sweep  25 % [")
                .endsWith("] 45 of 180 runs, about 27:00 left")
                .hasSize(79);
    }
}
