package io.sapper.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.poison.AllToOne;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.Poisoned;
import io.sapper.poison.Poisoner;
import io.sapper.training.Augmentation;
import io.sapper.training.Presentation;
import io.sapper.training.Treatment;
import io.sapper.trigger.SinglePixel;
import io.sapper.trigger.Trigger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoisonedEpochsTest {
    private static final ImageShape SHAPE = new ImageShape(1, 8, 8);
    private static final Trigger TRIGGER = new SinglePixel(); // sets (6, 6)
    private static final Augmentation MOVED = new Augmentation(true, 2);

    private static Dataset clean() {
        byte[] pixels = new byte[20 * SHAPE.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 64);
        }
        int[] labels = IntStream.range(0, 20).map(i -> i % 2).toArray();
        return new Dataset("toy", SHAPE, pixels, labels, List.of("a", "b"));
    }

    /** In each epoch: the clean pictures changed, copies of the changed ones, and on those the trigger in its place. */
    @Test
    void theTriggerNeverMoves() {
        Dataset clean = clean();
        Poisoned poisoned = Poisoner.poison(clean, TRIGGER, new AllToOne(0), PoisonShare.p(0.5), 1);
        Presentation shown = PoisonedEpochs.of(poisoned, TRIGGER, Treatment.PLAIN.withAugmentation(MOVED), 1);
        for (int epoch = 0; epoch < 3; epoch++) {
            Dataset seen = shown.show(poisoned.data(), epoch);
            Dataset changed = MOVED.of(clean, 1, epoch);
            assertThat(seen.size()).isEqualTo(30);
            assertThat(seen.labels()).isEqualTo(poisoned.data().labels());
            assertThat(seen.subset("clean", IntStream.range(0, 20).toArray()).digest())
                    .isEqualTo(changed.digest())
                    .isNotEqualTo(clean.digest());
            for (int i = 0; i < 10; i++) {
                byte[] expected = changed.image(poisoned.sourceIndices()[i]);
                expected[6 * 8 + 6] = (byte) 255;
                assertThat(seen.image(20 + i)).isEqualTo(expected);
            }
        }
    }

    @Test
    void nothingIsCopiedWhereNothingChanges() {
        Poisoned poisoned = Poisoner.poison(clean(), TRIGGER, new AllToOne(0), PoisonShare.p(0.5), 1);
        assertThat(PoisonedEpochs.of(poisoned, TRIGGER, Treatment.PLAIN, 1)).isSameAs(Presentation.PLAIN);
    }

    /** Every image once, each copy right behind the image that it is of, the images as they come without copies. */
    @Test
    void pairedCopiesComeRightBehindTheirOriginals() {
        Poisoned poisoned = Poisoner.poison(clean(), TRIGGER, new AllToOne(0), PoisonShare.p(0.5), 1);
        Treatment paired = Treatment.PLAIN.withAugmentation(MOVED).withPaired(true);
        Presentation shown = PoisonedEpochs.of(poisoned, TRIGGER, paired, 1);
        int[] order = shown.order(30, 2, 7);

        assertThat(IntStream.of(order).sorted().toArray())
                .isEqualTo(IntStream.range(0, 30).toArray());
        for (int place = 0; place < order.length; place++) {
            if (order[place] >= 20) {
                assertThat(order[place - 1]).isEqualTo(poisoned.sourceIndices()[order[place] - 20]);
            }
        }
        assertThat(IntStream.of(order).filter(image -> image < 20).toArray())
                .isEqualTo(Presentation.PLAIN.order(20, 2, 7));
        assertThat(order).isNotEqualTo(shown.order(30, 3, 7)).isNotEqualTo(shown.order(30, 2, 8));
        assertThat(shown.show(poisoned.data(), 2).digest())
                .isEqualTo(PoisonedEpochs.of(poisoned, TRIGGER, paired.withPaired(false), 1)
                        .show(poisoned.data(), 2)
                        .digest());
    }
}
