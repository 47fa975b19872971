package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListedTest {
    @Test
    void sixAreNamedAndTheOthersCounted() {
        assertThat(Listed.first(List.of())).isEmpty();
        assertThat(Listed.first(List.of("a"))).isEqualTo("a");
        assertThat(Listed.first(List.of("a", "b", "c", "d", "e", "f"))).isEqualTo("a, b, c, d, e, f");
        assertThat(Listed.first(List.of("a", "b", "c", "d", "e", "f", "g", "h")))
                .isEqualTo("a, b, c, d, e, f and 2 more");
    }
}
