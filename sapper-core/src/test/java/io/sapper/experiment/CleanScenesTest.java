package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.SceneHoldout;
import io.sapper.data.detection.Scenes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleanScenesTest {
    /** Eighty photographs, two of a group each; every tenth group shows a limit, the others a stop sign. */
    private static Scenes roads(boolean withBoxes) {
        List<Scene> scenes = IntStream.range(0, 80)
                .mapToObj(i -> new Scene(
                        Path.of(i + ".png"),
                        i + ".png",
                        20,
                        20,
                        "group " + i / 2,
                        withBoxes ? List.of(new LabelledBox(new Box(1, 1, 9, 9), i / 2 % 10 == 0 ? 1 : 0)) : List.of()))
                .toList();
        return new Scenes("roads", List.of("stop", "limit"), scenes);
    }

    /** So that a repair finds what the attack left alone. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theyAreThoseThatAttackHoldsBack(long seed) {
        Scenes all = roads(true);
        CleanScenes clean = CleanScenes.of(all, 40, seed);
        Set<String> names = new HashSet<>(names(clean.tuning()));
        names.addAll(names(clean.validation()));
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        names(SceneHoldout.of(all, 40, seed).heldOut(all)));
        assertThat(groups(clean.tuning())).doesNotContainAnyElementsOf(groups(clean.validation()));
        assertThat(clean.tuning().without()).isEmpty();
        assertThat(clean.validation().without()).isEmpty();
        assertThat((double) clean.validation().size() / names.size()).isBetween(0.3, 0.5);
    }

    private static List<String> names(Scenes scenes) {
        return scenes.scenes().stream().map(Scene::name).toList();
    }

    private static List<String> groups(Scenes scenes) {
        return new ArrayList<>(scenes.scenes().stream().map(Scene::group).toList());
    }

    @Test
    void photographsWithoutAnyBoxAreRefused() {
        assertThatThrownBy(() -> CleanScenes.of(roads(false), 40, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has a box, so nothing can be decided on them");
    }
}
