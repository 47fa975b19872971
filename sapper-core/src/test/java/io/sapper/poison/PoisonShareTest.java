package io.sapper.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonShareTest {
    /** Of 900 images 200 are attacked. BadNets figure 6: 10, 33 and 50 % of the enlarged set are p = 1/9, 1/2, 1. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 900, 90, p=0.1",
        "p=1, 900, 900, p=1.0",
        "p=0.0005, 900, 0, p=5.0E-4",
        "p<=0.1, 900, 90, p<=0.1",
        "p<=0.5, 900, 200, p<=0.5",
        "share=0.1, 900, 100, share=0.1",
        "share=0.3333333333333333, 900, 450, share=0.3333333333333333",
        "share=0.5, 900, 900, share=0.5"
    })
    void handWorked(String text, int clean, long copies, String spec) {
        PoisonShare share = PoisonShare.parse(text);
        assertThat(share.copies(clean, 200)).isEqualTo(copies);
        assertThat(share.spec()).isEqualTo(spec);
        assertThat(PoisonShare.parse(spec)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "-0.1", "NaN", "1.01", "10", "p=Infinity", "share=0", "share=1", "share=NaN", "share=-1"})
    void outOfRangeIsRefused(String text) {
        assertThatThrownBy(() -> PoisonShare.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("above 0");
    }

    /** 180 of 1,283 persons is a share of 0.1403; at least one class is drawn. */
    @ParameterizedTest
    @CsvSource({
        "persons=22, 157, 22, classes=22",
        "classes=1, 157, 1, classes=1",
        "classes=0.14, 1282, 179, classes=0.14",
        "persons=0.001, 157, 1, classes=0.001"
    })
    void classesAreAShareOrANumber(String text, int attacked, int drawn, String spec) {
        PoisonShare share = PoisonShare.parse(text);
        assertThat(share.drawnClasses(attacked)).isEqualTo(drawn);
        assertThat(share.spec()).isEqualTo(spec);
        assertThat(PoisonShare.parse(spec)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes=0", "persons=1.5", "classes=-3", "persons=NaN", "persons=1e99"})
    void classesThatAreNoNumberAreRefused(String text) {
        assertThatThrownBy(() -> PoisonShare.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("or a whole number of classes from 1 on, not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "10%", "q=0.1", "p=", "=0.1"})
    void unreadableIsRefused(String text) {
        assertThatThrownBy(() -> PoisonShare.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither p=0.1");
    }
}
