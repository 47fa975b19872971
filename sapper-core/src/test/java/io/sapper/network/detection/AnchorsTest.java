package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.detection.Box;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnchorsTest {
    @Test
    void sizesAreThoseOfTheGroupsInTheData() {
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            boxes.add(new Box(i, i, i + 20, i + 20));
            boxes.add(new Box(i, 0, i + 100, 50));
        }

        Anchors anchors = Anchors.of(boxes, 2);

        assertThat(anchors.count()).isEqualTo(2);
        assertThat(anchors.sizes().get(0).width()).isCloseTo(20, within(1e-9));
        assertThat(anchors.sizes().get(1).width()).isCloseTo(100, within(1e-9));
        assertThat(anchors.sizes().get(1).height()).isCloseTo(50, within(1e-9));
    }

    @Test
    void fewerDifferentBoxesGiveFewerSizes() {
        assertThat(Anchors.of(List.of(new Box(0, 0, 10, 10), new Box(5, 5, 15, 15)), 9)
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theGridGoesSizeBySizeRowByRow() {
        Anchors anchors = new Anchors(List.of(new Anchors.Size(10, 20), new Anchors.Size(30, 40)));

        float[] grid = anchors.grid(1, 2, 8);

        assertThat(grid).containsExactly(4, 4, 10, 20, 12, 4, 10, 20, 4, 4, 30, 40, 12, 4, 30, 40);
    }

    @Test
    void atLeastOneIsNeeded() {
        assertThatThrownBy(() -> new Anchors(List.of())).hasMessageContaining("at least one anchor");
    }
}
