package io.sapper.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.audit.Aim;
import io.sapper.audit.Recovered;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.training.Presentation;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnlearningTest {
    private static final ImageShape DOT = new ImageShape(1, 1, 1);

    /** Twenty black dots, of two classes in turn. */
    private static final Dataset DOTS = new Dataset(
            "dots", DOT, new byte[20], IntStream.range(0, 20).map(i -> i % 2).toArray(), List.of("a", "b"));

    /** Makes every dot so bright. */
    private static class Bright implements Recovered {
        private final int level;

        Bright(int level) {
            this.level = level;
        }

        @Override
        public Aim aim() {
            return Aim.to(target());
        }

        @Override
        public int target() {
            return 0;
        }

        @Override
        public Ratio success() {
            return new Ratio(1, 1);
        }

        @Override
        public Dataset on(Dataset data, int[] images) {
            byte[] pixels = new byte[images.length];
            java.util.Arrays.fill(pixels, (byte) level);
            int[] labels = IntStream.of(images).map(data::label).toArray();
            return new Dataset("bright", DOT, pixels, labels, data.classNames());
        }

        @Override
        public String text() {
            return "bright";
        }
    }

    private static int[] shown(Presentation presentation, int epoch) {
        Dataset shown = presentation.show(DOTS, epoch);
        assertThat(shown.labels()).as("labels stay").isEqualTo(DOTS.labels());
        return IntStream.range(0, 20).map(i -> shown.image(i)[0]).toArray();
    }

    @Test
    void aFifthCarriesTheTriggerAndItsOwnLabel() {
        Presentation presentation = Unlearning.on(Presentation.PLAIN, List.of(new Bright(7)), 1);
        int[] first = shown(presentation, 0);
        assertThat(first).containsOnly(0, 7);
        assertThat(IntStream.of(first).filter(value -> value == 7).count()).isEqualTo(4);
        assertThat(shown(presentation, 0)).isEqualTo(first);
        assertThat(shown(presentation, 1)).as("others in another epoch").isNotEqualTo(first);
    }

    @Test
    void severalTriggersShareTheFifth() {
        int[] shown = shown(Unlearning.on(Presentation.PLAIN, List.of(new Bright(7), new Bright(9)), 1), 0);
        assertThat(IntStream.of(shown).filter(value -> value == 7).count()).isEqualTo(2);
        assertThat(IntStream.of(shown).filter(value -> value == 9).count()).isEqualTo(2);
    }

    /** What is found is the faintest that works: what stands for it takes its place. */
    @Test
    void whatItIsUnlearnedWithIsShown() {
        Recovered stronger = new Bright(7) {
            @Override
            public List<Recovered> unlearned() {
                return List.of(this, new Bright(9));
            }
        };
        int[] shown = shown(Unlearning.on(Presentation.PLAIN, List.of(stronger), 1), 0);
        assertThat(IntStream.of(shown).filter(value -> value == 7).count()).isEqualTo(2);
        assertThat(IntStream.of(shown).filter(value -> value == 9).count()).isEqualTo(2);
    }

    /** However many forms one is unlearned with, another is shown as often. */
    @Test
    void eachTriggerIsShownAsOftenAsEachOther() {
        Recovered three = new Bright(7) {
            @Override
            public List<Recovered> unlearned() {
                return List.of(this, new Bright(8), new Bright(9));
            }
        };
        int[] shown = shown(Unlearning.on(Presentation.PLAIN, List.of(new Bright(5), three), 1), 0);
        assertThat(IntStream.of(shown).filter(value -> value > 0).sorted()).containsExactly(5, 5, 7, 8);
    }

    @Test
    void withoutTriggersNothingChanges() {
        assertThat(Unlearning.on(Presentation.PLAIN, List.of(), 1)).isSameAs(Presentation.PLAIN);
        assertThatThrownBy(() -> new Unlearning(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Without a recovered trigger there is nothing to unlearn.");
    }
}
