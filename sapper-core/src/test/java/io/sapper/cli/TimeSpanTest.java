package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
    @Test
    void secondsMinutesAndHours() {
        assertThat(TimeSpan.parse("--budget", "60s")).isEqualTo(Duration.ofSeconds(60));
        assertThat(TimeSpan.parse("--budget", " 5M ")).isEqualTo(Duration.ofMinutes(5));
        assertThat(TimeSpan.parse("--budget", "1h")).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5m", "5d", "12345678901s"})
    void whatIsNoTimeIsNamed(String text) {
        assertThatThrownBy(() -> TimeSpan.parse("--budget", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--budget takes a time such as 60s, 5m or 1h, not '" + text + "'.");
    }

    @Test
    void noTimeAtAllIsTooLittle() {
        assertThatThrownBy(() -> TimeSpan.parse("--budget", "0m")).hasMessage("--budget must be above 0, not '0m'.");
    }

    @Test
    void longerThanAYearIsNamed() {
        assertThat(TimeSpan.parse("--budget", "8760h")).isEqualTo(Duration.ofDays(365));
        assertThatThrownBy(() -> TimeSpan.parse("--budget", "999999999h"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--budget takes at most a year, 8760h, not '999999999h'.");
    }
}
