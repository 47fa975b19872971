package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private static final Dataset IMAGES = Planted.images(20);
    private static final int WIDTH = IMAGES.shape().width();

    /** Two by two pixels, of which two would do: a block of even rows and columns has one of them. */
    private static final Set<Integer> PATCH = Set.of(1 + WIDTH, 2 + WIDTH, 1 + 2 * WIDTH, 2 + 2 * WIDTH);

    private static Subject patched() {
        float[] weights = Planted.honest().initializer("scores.weight").toArray();
        PATCH.forEach(pixel -> weights[Planted.TARGET * IMAGES.shape().size() + pixel] = 20);
        Graph graph = Planted.honest()
                .withInitializers(Map.of(
                        "scores.weight",
                        new Initializer(List.of(Planted.CLASSES, IMAGES.shape().size()), weights)));
        return Planted.subject(graph, IMAGES, 1);
    }

    private static Optional<Outline> outline(Subject subject, Duration time) {
        return Outline.of(
                subject,
                Aim.to(Planted.TARGET),
                TriggerInversion.Options.DEFAULTS,
                1,
                System.nanoTime() + time.toNanos());
    }

    @Test
    void theWholePatchIsInIt() {
        Outline outline = outline(patched(), Duration.ofHours(1)).orElseThrow();
        Set<Integer> pixels = IntStream.range(0, IMAGES.shape().size())
                .filter(outline::has)
                .boxed()
                .collect(Collectors.toSet());
        assertThat(pixels)
                .containsAll(PATCH)
                .as("with its edges, without its corners")
                .hasSizeLessThanOrEqualTo(12);
        float[] shares = outline.shares();
        assertThat(IntStream.range(0, shares.length)
                        .mapToDouble(i -> shares[i])
                        .max()
                        .orElseThrow())
                .isEqualTo(1);
        shares[0] = 7;
        assertThat(outline.shares()[0]).as("a copy").isLessThan(7);
    }

    @Test
    void withoutTimeThereIsNone() {
        assertThat(outline(patched(), Duration.ZERO)).isEmpty();
    }
}
