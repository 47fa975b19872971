package io.sapper.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.PassCounter;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.defense.Folds.Fold;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossTuningTest {
    private static final Dataset BRIGHT = dots(255, 0, 0);

    /** Dots of one level, labelled so. */
    private static Dataset dots(int level, int... labels) {
        byte[] pixels = new byte[labels.length];
        java.util.Arrays.fill(pixels, (byte) level);
        return new Dataset("dots", new ImageShape(1, 1, 1), pixels, labels, List.of("a", "b"));
    }

    /** Takes a bright dot for class 0 where the first weight is above 0, else for class 1. */
    private static Graph graph(float weight) {
        Graph graph = Graph.image(1, 1, 1).flatten().dense("d", 2).build();
        return graph.withInitializers(Map.of("d.weight", new Initializer(List.of(2, 1), new float[] {weight, 0})));
    }

    private static CrossTuning crossed() {
        CrossTuning crossed = new CrossTuning(graph(1), Compute.CPU, new PassCounter());
        crossed.add(new Fold(BRIGHT, BRIGHT), new int[] {0, 0}, graph(3));
        crossed.add(new Fold(BRIGHT, BRIGHT), new int[] {0, 0}, graph(-5));
        return crossed;
    }

    /** The mean of 3 and -5 is -1: all the way -1, halfway from 1 on 0, a quarter 0.5. */
    @Test
    void theMeanGoesOutAPartOfTheWay() {
        for (float[] row : new float[][] {{1, -1}, {0.5f, 0}, {0.25f, 0.5f}}) {
            assertThat(crossed().mean(row[0]).initializer("d.weight").toArray()).containsExactly(row[1], 0);
        }
    }

    /** All the way the second network is wrong about its two images; a tenth of the way (0.4) it is right. */
    @Test
    void eachIsJudgedOnItsOwnPart() {
        assertThat(crossed().compared(1.0).loss().images()).isEqualTo(4);
        assertThat(crossed().compared(1.0).loss().worse()).isEqualTo(2);
        assertThat(crossed().compared(0.1).loss().worse()).isZero();
        assertThat(crossed().compared(graph(-1)).loss().worse())
                .as("one network over all")
                .isEqualTo(4);
    }
}
