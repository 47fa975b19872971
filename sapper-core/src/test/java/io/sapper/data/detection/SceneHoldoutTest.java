package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SceneHoldoutTest {
    /** Two photographs of each sign; every tenth sign is of the rare class. */
    private static final Scenes TRAIN = new Scenes(
            "signs train",
            List.of("stop", "rare"),
            IntStream.range(0, 80)
                    .mapToObj(i -> new Scene(
                            Path.of(i + ".png"),
                            i + ".png",
                            10,
                            10,
                            "sign " + i / 2,
                            List.of(new LabelledBox(new Box(0, 0, 5, 5), i / 2 % 10 == 0 ? 1 : 0))))
                    .toList());

    private static Set<String> groups(Scenes scenes) {
        return scenes.scenes().stream().map(Scene::group).collect(Collectors.toSet());
    }

    @Test
    void groupsStayTogetherAndEachClassIsOnEitherSide() {
        SceneHoldout divided = SceneHoldout.of(TRAIN, SceneHoldout.usual(TRAIN), 1);

        assertThat(divided.heldOut().size()).isEqualTo(20);
        assertThat(divided.training().size()).isEqualTo(60);
        Set<String> both = new HashSet<>(groups(divided.training()));
        both.retainAll(groups(divided.heldOut()));
        assertThat(both).isEmpty();
        assertThat(divided.heldOut().boxCounts()).containsExactly(18, 2);
    }

    @Test
    void theSeedDecides() {
        assertThat(SceneHoldout.of(TRAIN, 20, 1)).isEqualTo(SceneHoldout.of(TRAIN, 20, 1));
        assertThat(SceneHoldout.of(TRAIN, 20, 1)).isNotEqualTo(SceneHoldout.of(TRAIN, 20, 2));
    }

    @Test
    void fewerThanTenOrAllAreRefused() {
        for (int count : new int[] {-1, 9, 80}) {
            assertThatThrownBy(() -> SceneHoldout.of(TRAIN, count, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least 10 and fewer than the 80 of signs train, not " + count)
                    .hasMessageContaining("--hold-out");
        }
    }
}
