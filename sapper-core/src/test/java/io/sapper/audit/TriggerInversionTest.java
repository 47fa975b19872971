package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.Compute;
import io.sapper.network.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TriggerInversionTest {
    private static final long FOREVER = System.nanoTime() + 3600L * 1_000_000_000L;
    private static final int[] ALL = IntStream.range(0, Planted.CLASSES).toArray();

    private static List<InvertedTrigger> search(Subject subject, int[] targets, long seed) {
        return TriggerInversion.invert(subject, targets, TriggerInversion.Options.DEFAULTS, seed, FOREVER, share -> {});
    }

    /** The mask of the target is the one pixel that was planted; other classes need most of a row, twice. */
    @Test
    void theTriggerThatWasPlantedIsFound() {
        Subject subject = Planted.subject(Planted.backdoored(), Planted.images(20), 1);
        List<InvertedTrigger> found = search(subject, ALL, 1);
        InvertedTrigger target = found.get(Planted.TARGET);
        assertThat(target.target()).isEqualTo(Planted.TARGET);
        assertThat(target.success().value()).isGreaterThan(0.9);
        float most = 0;
        for (float share : target.mask()) {
            most = Math.max(most, share);
        }
        assertThat(target.mask()[Planted.PIXEL]).as("nothing is replaced more").isEqualTo(most);
        assertThat(target.mask()[Planted.PIXEL - 1]).isLessThan(most / 2);
        assertThat(((MaskedTrigger) target).pattern()[Planted.PIXEL]).isGreaterThan(0.5f);
        assertThat(target.size()).isLessThan(2);
        assertThat(found).filteredOn(other -> other.target() != Planted.TARGET).allSatisfy(other -> {
            assertThat(other.size()).isGreaterThan(3);
            assertThat(other.success().total())
                    .isEqualTo(20); // a fifth of 120, without the fourth that is of the class
        });
    }

    /** 150 steps of six images for each class; then each change is tried on some that searched and 24 kept back. */
    @Test
    void passesAreCountedWhateverTheThreads() {
        List<PassCounter.Count> counts = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            Subject subject = Planted.subject(Planted.backdoored(), Planted.images(20), threads);
            assertThat(subject.passes().take())
                    .as("what it answers to all images")
                    .isEqualTo(new PassCounter.Count(120, 0));
            search(subject, ALL, 1);
            counts.add(subject.passes().take());
            assertThat(subject.passes().take()).isEqualTo(new PassCounter.Count(0, 0));
        }
        assertThat(counts).containsOnly(counts.get(0));
        assertThat(counts.get(0).training()).isEqualTo(150L * 6 * Planted.CLASSES);
        assertThat(counts.get(0).forward()).isBetween(100L * Planted.CLASSES, 1200L * Planted.CLASSES);
    }

    @Test
    void theSameSeedGivesTheSameBitsWithAnyNumberOfThreads() {
        int[] targets = IntStream.range(0, 24).map(i -> i % Planted.CLASSES).toArray(); // three groups
        List<InvertedTrigger> one = search(Planted.subject(Planted.backdoored(), Planted.images(20), 1), targets, 1);
        List<InvertedTrigger> two = search(Planted.subject(Planted.backdoored(), Planted.images(20), 3), targets, 1);
        List<InvertedTrigger> other = search(Planted.subject(Planted.backdoored(), Planted.images(20), 1), targets, 2);
        for (int i = 0; i < targets.length; i++) {
            assertThat(two.get(i).mask()).isEqualTo(one.get(i).mask());
            assertThat(two.get(i).picture()).isEqualTo(one.get(i).picture());
            assertThat(other.get(i).mask()).isNotEqualTo(one.get(i).mask());
        }
    }

    /** A mask is the same in blocks of two by two, cut off at the edge where sizes are odd. */
    @Test
    void masksAreMadeOfBlocks() {
        Subject subject = Planted.subject(Planted.honest(), Planted.images(20), 1);
        float[] mask = search(subject, new int[] {0}, 1).get(0).mask();
        for (int row = 0; row < Planted.CLASSES; row++) {
            for (int column = 0; column < Planted.COLUMNS; column++) {
                assertThat(mask[row * Planted.COLUMNS + column])
                        .isEqualTo(mask[(row - row % 2) * Planted.COLUMNS + column - column % 2]);
            }
        }
        assertThat(mask[0]).isNotEqualTo(mask[2]).isNotEqualTo(mask[2 * Planted.COLUMNS]);
    }

    @Test
    void theSizeIsThatOfTheMaskAndTheChangeIsAMixture() {
        Subject subject = Planted.subject(Planted.honest(), Planted.images(20), 1);
        InvertedTrigger found = search(subject, new int[] {0}, 1).get(0);
        double sum = 0;
        double replaced = 0;
        for (float share : found.mask()) {
            sum += share * share;
            replaced += share;
            assertThat(share).isBetween(0f, 1f);
        }
        assertThat(found.size()).isEqualTo(sum);
        assertThat(found.replaced()).isEqualTo(replaced).isGreaterThan(sum);
        float[] white = new float[found.mask().length];
        java.util.Arrays.fill(white, 1);
        float[] changed = found.on(white);
        for (int i = 0; i < changed.length; i++) {
            assertThat(changed[i]).isEqualTo(1 + found.mask()[i] * (((MaskedTrigger) found).pattern()[i] - 1));
        }
    }

    /** Images that the network takes for the target count as little as those of the target. */
    @Test
    void imagesThatAreTakenForTheTargetDoNotCount() {
        Subject subject = Planted.subject(Planted.honest(), Planted.images(20), 1);
        int[] answers = new int[subject.kept().size()]; // class 0 for all
        Subject fooled = new Subject(
                subject.graph(),
                subject.clean(),
                new int[subject.clean().size()],
                subject.kept(),
                answers,
                Compute.CPU,
                1,
                new PassCounter());
        assertThat(search(fooled, new int[] {0}, 1).get(0).success().total()).isZero();
    }

    @Test
    void whatIsNotSearchedInTimeIsLeftOut() {
        Subject subject = Planted.subject(Planted.backdoored(), Planted.images(20), 1);
        assertThat(TriggerInversion.invert(
                        subject, ALL, TriggerInversion.Options.DEFAULTS, 1, System.nanoTime(), share -> {}))
                .isEmpty();
    }

    @Test
    void progressGrowsToOne() {
        List<Double> heard = Collections.synchronizedList(new ArrayList<>());
        TriggerInversion.invert(
                Planted.subject(Planted.honest(), Planted.images(20), 2),
                IntStream.range(0, 24).map(i -> i % Planted.CLASSES).toArray(),
                TriggerInversion.Options.DEFAULTS,
                1,
                FOREVER,
                heard::add);
        assertThat(heard).isSorted().last().isEqualTo(1.0);
    }

    @Test
    void anInterruptEndsIt() {
        Subject subject = Planted.subject(Planted.honest(), Planted.images(20), 1);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> search(subject, ALL, 1)).isInstanceOf(CancellationException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    /** Weights are not trained: a search leaves the network as it was. */
    @Test
    void theNetworkStaysAsItIs() {
        Subject subject = Planted.subject(Planted.backdoored(), Planted.images(20), 1);
        search(subject, ALL, 1);
        try (Network network = Network.of(subject.graph(), Compute.CPU)) {
            assertThat(network.snapshot().initializer("scores.weight"))
                    .isEqualTo(Planted.backdoored().initializer("scores.weight"));
        }
    }
}
