package io.sapper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracesTest {
    @Test
    void stand() {
        assertThat(Braces.expand("plain", 9)).containsExactly("plain");
        assertThat(Braces.expand("{1..3}", 9)).containsExactly("1", "2", "3");
        assertThat(Braces.expand("{1..-1}", 9)).containsExactly("1", "0", "-1");
        assertThat(Braces.expand("{pixel,pattern}@x", 9)).containsExactly("pixel@x", "pattern@x");
        assertThat(Braces.expand("{a,}", 9)).containsExactly("a", "");
    }

    @Test
    void theFirstVarySlowest() {
        assertThat(Braces.expand("one-to-one:{0..1}:{7,8}", 9))
                .isEqualTo(List.of("one-to-one:0:7", "one-to-one:0:8", "one-to-one:1:7", "one-to-one:1:8"));
    }

    @Test
    void oneInsideAnother() {
        assertThat(Braces.expand("{a,b{1..2}}", 9)).containsExactlyInAnyOrder("a", "b1", "a", "b2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{1..3          | has a brace without its other",
                "1..3}          | has a brace without its other",
                "{1...3}        | is neither a range as {0..9} nor a choice as {a,b}",
                "{}             | is neither a range",
                "{0..1000000}   | stands for more than 100 values",
                "{0..50}{0..50} | stands for more than 100 values"
            })
    void whatSaysNothingIsTold(String text, String problem) {
        assertThatThrownBy(() -> Braces.expand(text, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("'");
    }
}
