package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Scene scene(int number, String group, int label) {
        return new Scene(
                Path.of(number + ".png"),
                number + ".png",
                64,
                96,
                group,
                List.of(new LabelledBox(new Box(0, 0, 10, 10), label)));
    }

    /** Forty photographs in twenty groups of two; one group in ten shows the rare class. */
    private static Scenes scenes() {
        return new Scenes(
                "signs",
                List.of("often", "rare"),
                IntStream.range(0, 40)
                        .mapToObj(i -> scene(i, "group " + i / 2, i / 2 % 10 == 0 ? 1 : 0))
                        .toList());
    }

    @Test
    void groupsStayTogetherAndEveryClassIsOnBothSides() {
        SceneHoldout divided = SceneHoldout.of(scenes(), 0.25, 1, "test");
        assertThat(divided.heldOut()).as("5 of 18 groups, and 1 of 2").hasSize(12);
        assertThat(Stream.concat(divided.kept().stream(), divided.heldOut().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 40).boxed().toList());
        divided.heldOut()
                .forEach(i -> assertThat(divided.heldOut()).contains(i / 2 * 2).contains(i / 2 * 2 + 1));
        for (List<Integer> part : List.of(divided.kept(), divided.heldOut())) {
            assertThat(part).anyMatch(i -> i / 2 % 10 == 0).anyMatch(i -> i / 2 % 10 != 0);
        }
    }

    @Test
    void seedAndPurposeDecide() {
        SceneHoldout one = SceneHoldout.of(scenes(), 0.25, 1, "test");
        assertThat(SceneHoldout.of(scenes(), 0.25, 1, "test")).isEqualTo(one);
        assertThat(SceneHoldout.of(scenes(), 0.25, 2, "test")).isNotEqualTo(one);
        assertThat(SceneHoldout.of(scenes(), 0.25, 1, "other")).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
    void aShareThatIsNone(double share) {
        assertThatThrownBy(() -> SceneHoldout.of(scenes(), share, 1, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 0 and 1, not at " + share);
    }

    @Test
    void oneGroupIsNotParted() {
        Scenes track = new Scenes("track", List.of("often"), List.of(scene(0, "one", 0), scene(1, "one", 0)));
        assertThatThrownBy(() -> SceneHoldout.of(track, 0.25, 1, "test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its 2 photographs are of one group");
    }

    @Test
    void aDefenderGetsAQuarterOfEachClassInWholeGroups() {
        SceneHoldout divided = SceneHoldout.of(TRAIN, SceneHoldout.usual(TRAIN), 1);

        assertThat(divided.heldOut(TRAIN).size()).isEqualTo(20);
        assertThat(divided.training(TRAIN).size()).isEqualTo(60);
        Set<String> both = new HashSet<>(groups(divided.training(TRAIN)));
        both.retainAll(groups(divided.heldOut(TRAIN)));
        assertThat(both).isEmpty();
        assertThat(divided.heldOut(TRAIN).boxCounts()).containsExactly(18, 2);
    }

    @Test
    void theSeedOfADefendersPartDecides() {
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
