package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of very many classes only some are searched. */
final class ScreeningTest {
    private static final int SIDE = 18;
    private static final int CLASSES = 300;
    private static final int TARGET = 7;

    /** An image of class k is bright at pixel k; the last pixel leads to one class. */
    private static Subject manyClasses(float strength) {
        int size = SIDE * SIDE;
        float[] weights = new float[CLASSES * size];
        for (int k = 0; k < CLASSES; k++) {
            weights[k * size + k] = 1;
        }
        weights[TARGET * size + size - 1] = strength;
        Graph graph = Graph.image(1, SIDE, SIDE)
                .flatten()
                .dense("scores", CLASSES)
                .build()
                .withInitializers(Map.of("scores.weight", new Initializer(List.of(CLASSES, size), weights)));
        byte[] pixels = new byte[CLASSES * size];
        for (int k = 0; k < CLASSES; k++) {
            pixels[k * size + k] = (byte) 255;
        }
        int[] labels = IntStream.range(0, CLASSES).toArray();
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(k -> "pixel " + k).toList();
        Dataset images = new Dataset("pixels", new ImageShape(1, SIDE, SIDE), pixels, labels, names);
        return Subject.of(graph, images, Integer.MAX_VALUE, 1, Compute.CPU, 2);
    }

    private static AuditOutcome audit(Duration budget) {
        return audit(budget, 20);
    }

    private static AuditOutcome audit(Duration budget, float strength) {
        Subject subject = manyClasses(strength);
        return Audit.audit(
                subject.graph(),
                subject,
                Optional.empty(),
                new Audit.Options(TriggerInversion.Options.DEFAULTS, Calibration.DEFAULTS, budget, 1),
                what -> share -> {});
    }

    @Test
    void theTargetIsAmongThoseThatAreSearched() {
        AuditOutcome outcome = audit(Duration.ofHours(1));
        assertThat(outcome.verdict()).as(outcome.sentence()).isEqualTo(Verdict.FOUND);
        assertThat(outcome.suspicious()).extracting(InvertedTrigger::target).contains(TARGET);
        assertThat(outcome.sizes().orElseThrow().triggers()).hasSize(96);
        assertThat(outcome.complete()).isTrue();
        assertThat(outcome.looks())
                .filteredOn(look -> look.id().equals("inversion"))
                .first()
                .satisfies(look -> assertThat(look.saw())
                        .startsWith("96 of 96 classes searched, those that a short search of all 300 found the smallest"
                                + " changes for, and others to compare with;"));
    }

    /** No honest networks of so many classes were there to set limits by. */
    @Test
    void withoutATinyChangeItCannotTell() {
        AuditOutcome outcome = audit(Duration.ofHours(1), 0);
        assertThat(outcome.verdict()).as(outcome.sentence()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.looks())
                .filteredOn(look -> look.id().equals("all-to-all"))
                .allSatisfy(look -> assertThat(look.saw()).startsWith("Not searched: what honest networks need"));
    }

    @Test
    void withoutTimeForAllItCannotTell() {
        AuditOutcome outcome = audit(Duration.ZERO);
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence()).isEqualTo("The time (--budget) was used up after 0 of 300 classes.");
        assertThat(outcome.complete()).isFalse();
    }

    @Test
    void theSmallestAreChosenAndOthersAtEqualDistances() {
        List<Integer> order = IntStream.range(0, 1000).boxed().toList();
        List<Integer> chosen = Screening.chosen(order);
        assertThat(chosen).hasSize(96).isSorted();
        assertThat(chosen.subList(0, 32)).isEqualTo(order.subList(0, 32));
        assertThat(chosen.get(32)).isEqualTo(39);
        assertThat(chosen.get(95)).isEqualTo(992);
        assertThat(Screening.chosen(List.of(4, 2))).containsExactly(2, 4);
        assertThat(Screening.none(3).classes()).containsExactly(0, 1, 2);
    }
}
