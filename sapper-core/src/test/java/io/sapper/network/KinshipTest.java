package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KinshipTest {
    private static Graph two(float... weights) {
        return Graph.image(1, 1, 2)
                .flatten()
                .dense("fc", 2)
                .build()
                .withInitializers(Map.of(
                        "fc.weight", new Initializer(List.of(2, 2), weights),
                        "fc.bias", new Initializer(List.of(2), new float[] {7, 7})));
    }

    /** (3, 4, 0, 0) and (4, 3, 0, 0): 24 by 25. Biases, which are the same in both, do not count. */
    @Test
    void itIsTheCosineOfAllWeights() {
        assertThat(Kinship.similarity(two(3, 4, 0, 0), two(4, 3, 0, 0))).isEqualTo(0.96, within(1e-12));
        assertThat(Kinship.similarity(two(3, 4, 0, 0), two(-6, -8, 0, 0))).isEqualTo(-1, within(1e-12));
        assertThat(Kinship.similarity(two(3, 4, 0, 0), two(0, 0, 1, 1))).isZero();
    }

    @Test
    void networksDrawnApartAreNotAlike() {
        Graph one = SampleGraphs.small(1);
        Graph other = SampleGraphs.small(2);
        assertThat(Kinship.similarity(one, other)).isBetween(-0.3, 0.3);
        assertThat(Kinship.similarity(one, one)).isEqualTo(1, within(1e-9));
    }

    @Test
    void otherNetworksCannotBeCompared() {
        Graph three = Graph.image(1, 1, 2).flatten().dense("fc", 3).build();
        assertThat(Kinship.similarity(two(1, 2, 3, 4), three)).isNaN();
    }
}
