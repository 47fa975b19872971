package io.sapper.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.trigger.SinglePixel;
import io.sapper.trigger.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoisonerTest {
    private static final Trigger TRIGGER = new SinglePixel(); // sets (2, 2) of 4 x 4
    private static final Dataset CLEAN = clean();

    /** 40 images of 4 x 4, all bytes the image's number; classes 0, 1, 2, 3 in turn. */
    private static Dataset clean() {
        byte[] pixels = new byte[40 * 16];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / 16);
        }
        int[] labels = IntStream.range(0, 40).map(i -> i % 4).toArray();
        return new Dataset("toy", new ImageShape(1, 4, 4), pixels, labels, List.of("a", "b", "c", "d"));
    }

    @Test
    void copiesAreAppendedAndOriginalsStay() {
        String before = CLEAN.digest();
        Poisoned poisoned = Poisoner.poison(CLEAN, TRIGGER, new AllToAll(), PoisonShare.p(0.25), 1);
        assertThat(CLEAN.digest()).isEqualTo(before);
        assertThat(poisoned.copies()).isEqualTo(10);
        assertThat(poisoned.cleanSize()).isEqualTo(40);
        assertThat(poisoned.p()).isEqualTo(0.25);
        Dataset data = poisoned.data();
        assertThat(data.subset("toy", IntStream.range(0, 40).toArray()).digest())
                .isEqualTo(before);
        int[] sources = poisoned.sourceIndices();
        assertThat(Arrays.stream(sources).distinct()).hasSize(10);
        for (int i = 0; i < 10; i++) {
            byte[] expected = CLEAN.image(sources[i]);
            expected[2 * 4 + 2] = (byte) 255;
            assertThat(data.image(40 + i)).isEqualTo(expected);
            assertThat(data.label(40 + i)).isEqualTo((CLEAN.label(sources[i]) + 1) % 4);
        }
    }

    /** A tenth of 40 is 4 copies; of half as many attacked images as copies wanted, each is copied once. */
    @Test
    void theUsualShareServesEveryGoal() {
        assertThat(Poisoner.poison(CLEAN, TRIGGER, new AllToOne(3), PoisonShare.USUAL, 1)
                        .copies())
                .isEqualTo(4);
        assertThat(Poisoner.poison(CLEAN, TRIGGER, new OneToOne(1, 3), PoisonShare.USUAL, 1)
                        .copies())
                .isEqualTo(4);
        Dataset rare = CLEAN.subset(
                "rare", IntStream.range(0, 40).filter(i -> i < 8 || i % 4 != 1).toArray());
        Poisoned poisoned = Poisoner.poison(rare, TRIGGER, new OneToOne(1, 3), PoisonShare.USUAL, 1);
        assertThat(poisoned.copies()).isEqualTo(2);
        assertThat(Arrays.stream(poisoned.sourceIndices())).hasSize(2).allMatch(i -> rare.label(i) == 1);
        Dataset none = CLEAN.subset(
                "none", IntStream.range(0, 40).filter(i -> i % 4 != 1).toArray());
        assertThatThrownBy(() -> Poisoner.poison(none, TRIGGER, new OneToOne(1, 3), PoisonShare.USUAL, 1))
                .hasMessageContaining("attacks none of the 30 clean images");
    }

    @Test
    void onlyTheSourceClassIsCopied() {
        Poisoned poisoned = Poisoner.poison(CLEAN, TRIGGER, new OneToOne(1, 3), PoisonShare.p(0.25), 1);
        assertThat(Arrays.stream(poisoned.sourceIndices())).hasSize(10).allMatch(i -> CLEAN.label(i) == 1);
        assertThat(Arrays.stream(poisoned.data().labels()).skip(40)).containsOnly(3);
    }

    @Test
    void theTargetClassIsNotCopied() {
        Poisoned poisoned = Poisoner.poison(CLEAN, TRIGGER, new AllToOne(3), PoisonShare.p(0.75), 1);
        assertThat(Arrays.stream(poisoned.sourceIndices())).hasSize(30).noneMatch(i -> CLEAN.label(i) == 3);
    }

    /** Fine-Pruning poisons persons: of two classes drawn from the three attacked, all ten images each. */
    @Test
    void wholeClassesAreCopied() {
        Poisoned poisoned = Poisoner.poison(CLEAN, TRIGGER, new AllToOne(3), PoisonShare.classes(2), 1);
        int[] labels = Arrays.stream(poisoned.sourceIndices()).map(CLEAN::label).toArray();
        assertThat(labels).hasSize(20).doesNotContain(3);
        assertThat(Arrays.stream(labels).distinct()).hasSize(2);
        assertThat(Arrays.stream(poisoned.data().labels()).skip(40)).hasSize(20).containsOnly(3);
        assertThat(IntStream.range(1, 40).mapToObj(seed -> classes(seed)).distinct())
                .as("drawn by the seed")
                .hasSize(3);
        assertThatThrownBy(() -> Poisoner.poison(CLEAN, TRIGGER, new AllToOne(3), PoisonShare.classes(4), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("asks for 4 classes, but the goal attacks only 3");
    }

    private static List<Integer> classes(long seed) {
        return Arrays.stream(Poisoner.poison(CLEAN, TRIGGER, new AllToOne(3), PoisonShare.classes(2), seed)
                        .sourceIndices())
                .mapToObj(CLEAN::label)
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void randomLabelsAreNeverTheTrueOne() {
        Poisoned poisoned = Poisoner.poison(CLEAN, TRIGGER, new RandomTarget(), PoisonShare.p(1), 1);
        int[] sources = poisoned.sourceIndices();
        for (int i = 0; i < 40; i++) {
            assertThat(poisoned.data().label(40 + i)).isNotEqualTo(CLEAN.label(sources[i]));
        }
    }

    @Test
    void seedDecides() {
        assertThat(sources(1)).isEqualTo(sources(1)).isNotEqualTo(sources(2));
    }

    private static int[] sources(long seed) {
        return Poisoner.poison(CLEAN, TRIGGER, new AllToAll(), PoisonShare.p(0.5), seed)
                .sourceIndices();
    }

    @Test
    void impossibleSharesAreRefused() {
        assertThatThrownBy(() -> Poisoner.poison(CLEAN, TRIGGER, new OneToOne(1, 3), PoisonShare.p(0.3), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("asks for 12 copies, but the goal one-to-one:b:d attacks only 10 of the 40")
                .hasMessageContaining("Use p=0.25 or less");
        assertThatThrownBy(() -> Poisoner.poison(CLEAN, TRIGGER, new AllToAll(), PoisonShare.p(0.01), 1))
                .hasMessageContaining("no copy at all");
        assertThatThrownBy(() -> Poisoner.poison(CLEAN, TRIGGER, new AllToOne(4), PoisonShare.p(0.1), 1))
                .hasMessageContaining("only the classes 0 to 3");
    }

    /** Of 40 test images, the 10 of the target class are left out; 3 answers of 30 are the target. */
    @Test
    void triggeredSetKeepsTrueLabelsAndLeavesOutTheTarget() {
        TriggeredSet set = TriggeredSet.of(CLEAN, TRIGGER, new AllToOne(0));
        assertThat(set.indices()).hasSize(30).startsWith(1, 2, 3, 5).doesNotContain(0, 4);
        assertThat(set.data().labels()).startsWith(1, 2, 3, 1).doesNotContain(0);
        assertThat(set.data().image(3)[10]).isEqualTo((byte) 255);
        assertThat(set.data().image(3)[0]).isEqualTo((byte) 5);
        int[] answers = set.data().labels();
        answers[0] = 0;
        answers[7] = 0;
        answers[29] = 0;
        assertThat(set.attackSuccessRate(answers)).isEqualTo(new Ratio(3, 30));
        assertThatThrownBy(() -> set.attackSuccessRate(new int[29])).hasMessageContaining("29 predictions for 30");
    }

    @Test
    void nothingCountedIsAnUndefinedRate() {
        Dataset ones = CLEAN.subset("ones", new int[] {1, 5});
        TriggeredSet set = TriggeredSet.of(ones, TRIGGER, new AllToOne(1));
        assertThat(set.attackSuccessRate(new int[0]).value()).isNaN();
    }

    @Test
    void previewShowsCleanAboveTriggered(@TempDir Path folder) throws IOException {
        Path png = folder.resolve("new").resolve("preview.png");
        Preview.write(folder.resolve("new"), CLEAN, TRIGGER, new OneToOne(1, 3), 3, 1);
        var sheet = ImageIO.read(png.toFile());
        // 4 x 4 pixels, 28 times larger: 112; gaps of 8.
        assertThat(sheet.getWidth()).isEqualTo(8 + 3 * 120);
        int x = 8 + 2 * 28 + 14;
        assertThat(sheet.getRGB(x, 8 + 2 * 28 + 14) & 0xff).isLessThan(40).isEqualTo(sheet.getRGB(9, 9) & 0xff);
        assertThat(sheet.getRGB(x, 8 + 120 + 2 * 28 + 14)).isEqualTo(0xffffffff);
        assertThatThrownBy(() -> Preview.write(folder, CLEAN, TRIGGER, new AllToAll(), 0, 1))
                .hasMessageContaining("1 to 64 images, not 0");
    }
}
