package io.sapper.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrengtheningTest {
    private static final Graph GRAPH = Initialization.draw(
            Graph.image(1, 8, 8)
                    .convolution("c1", 3, 3, 1, 1)
                    .relu()
                    .flatten()
                    .dense("scores", 2)
                    .build(),
            1);

    @Test
    void theTenthOfChannelsThatTheTriggerRaisesByTheLargestFactorIsPicked() {
        List<Double> clean = new ArrayList<>(Collections.nCopies(20, 1.0));
        List<Double> triggered = new ArrayList<>(Collections.nCopies(20, 1.1));
        clean.set(3, 0.1);
        triggered.set(3, 0.4);
        clean.set(7, 0.0);
        triggered.set(7, 0.05);
        clean.set(9, 5.0);
        triggered.set(9, 9.0);

        assertThat(Strengthening.channels(clean, triggered)).containsExactly(7, 3);
    }

    @Test
    void aChannelThatTheTriggerDoesNotRaiseIsNeverPicked() {
        assertThat(Strengthening.channels(List.of(1.0, 0.0, 2.0), List.of(1.0, 0.0, 1.5)))
                .isEmpty();
    }

    @Test
    void onlyTheInputWeightsOfTheChannelsAreMultiplied() {
        Graph strong = Strengthening.of(GRAPH, "c1", List.of(1), 20);

        float[] before = GRAPH.initializer(GRAPH.weights("c1")).toArray();
        float[] after = strong.initializer(GRAPH.weights("c1")).toArray();
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(i / 9 == 1 ? before[i] * 20 : before[i]);
        }
        assertThat(strong.initializer(GRAPH.node("c1").input(2)))
                .isEqualTo(GRAPH.initializer(GRAPH.node("c1").input(2)));
        assertThat(strong.initializer(GRAPH.weights("scores"))).isEqualTo(GRAPH.initializer(GRAPH.weights("scores")));
    }

    @Test
    void aFactorOfOneLeavesTheNetworkAsItIs() {
        Graph same = Strengthening.of(GRAPH, "c1", List.of(0, 2), 1);

        assertThat(same.initializer(GRAPH.weights("c1"))).isEqualTo(GRAPH.initializer(GRAPH.weights("c1")));
    }
}
