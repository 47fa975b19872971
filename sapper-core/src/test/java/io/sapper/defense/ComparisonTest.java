package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ImageShape DOT = new ImageShape(1, 1, 1);

    /** Six images by hand: two right and wrong, one wrong and right, the rest unchanged. */
    @Test
    void countsTheSameImagesBeforeAndAfter() {
        Dataset data = dots(0, 0, 0, 1, 1, 1);
        int[] before = {0, 0, 0, 0, 1, 0};
        int[] after = {0, 1, 2, 1, 1, 0};
        Comparison seen = Comparison.of(before, after, data);
        assertThat(seen.before()).isEqualTo(new Ratio(4, 6));
        assertThat(seen.after()).isEqualTo(new Ratio(3, 6));
        assertThat(seen.loss()).isEqualTo(new Loss(6, 2, 1));
        assertThat(seen.classes().get(0).loss()).isEqualTo(new Loss(3, 2, 0));
        assertThat(seen.classes().get(1).loss()).isEqualTo(new Loss(3, 0, 1));
        assertThat(seen.classes().get(2).loss()).isEqualTo(new Loss(0, 0, 0));
        Comparison twice = seen.plus(seen);
        assertThat(twice.loss()).isEqualTo(new Loss(12, 4, 2));
        assertThat(twice.classes().get(1).after()).isEqualTo(new Ratio(4, 6));
    }

    /** One of twenty may be chance; twelve of twenty are not. */
    @Test
    void aClassGotWorseOnlyWhereTheCountsShowIt() {
        int[] labels = new int[60];
        int[] after = new int[60];
        for (int i = 0; i < 60; i++) {
            labels[i] = i / 20;
            after[i] = i / 20;
        }
        after[0] = 2;
        for (int i = 20; i < 32; i++) {
            after[i] = 0;
        }
        for (int i = 40; i < 46; i++) {
            after[i] = 0;
        }
        Comparison seen = Comparison.of(labels, after, dots(labels));
        assertThat(seen.worseClasses())
                .extracting(Comparison.ClassLoss::name)
                .as("the worst first")
                .containsExactly("one", "two");
        assertThat(seen.worseClasses().get(0).sentence()).isEqualTo("20 of 20 right before, 8 after");
    }

    static Dataset dots(int... labels) {
        return new Dataset("dots", DOT, new byte[labels.length], labels, List.of("zero", "one", "two"));
    }
}
