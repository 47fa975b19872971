package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.data.image.PictureFiles;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.TriggeredScenes;
import io.sapper.result.Photographs;
import io.sapper.result.Photographs.Answer;
import io.sapper.trigger.SceneTrigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the photographs say of a sign is what the table counts. */
class ShownScenesTest {
    private static final Box SIGN = new Box(10, 10, 50, 50);
    private static final int STOP = 0;
    private static final int LIMIT = 1;

    @TempDir
    Path folder;

    @Test
    void theAnswerOfASignUnderAttackIsShownHoweverUnsure() throws IOException {
        Photographs shown =
                shown("one-to-one:stop:limit", List.of(found(STOP, 0.9)), List.of(found(LIMIT, 0.06), elsewhere(0.2)));
        assertThat(answers(shown, true)).containsExactly(Answer.OBEYS_TRIGGER);
        assertThat(shown.chosen()).contains("from a score of 0.30 on", "the surest from 0.05 on, its answer");
        assertThat(answers(shown("one-to-one:stop:limit", List.of(), List.of(found(LIMIT, 0.04))), true))
                .as("counted as not found")
                .isEmpty();
    }

    @Test
    void whoSaysTheSameWithoutTheTriggerDoesNotObeyIt() throws IOException {
        for (String goal : List.of("one-to-one:stop:limit", "random")) {
            assertThat(answers(shown(goal, List.of(found(LIMIT, 0.5)), List.of(found(LIMIT, 0.9))), true))
                    .as(goal)
                    .containsExactly(Answer.WRONG);
            assertThat(answers(shown(goal, List.of(found(STOP, 0.5)), List.of(found(LIMIT, 0.9))), true))
                    .as(goal)
                    .containsExactly(Answer.OBEYS_TRIGGER);
            assertThat(answers(shown(goal, List.of(), List.of(found(LIMIT, 0.9))), true))
                    .as(goal + ", not found before")
                    .containsExactly(Answer.OBEYS_TRIGGER);
        }
        assertThat(answers(shown("random", List.of(found(LIMIT, 0.5)), List.of()), false))
                .containsExactly(Answer.WRONG);
    }

    @Test
    void ofCleanPhotographsNothingIsSaidOfAnAttack() throws IOException {
        ShownScenes shown = new ShownScenes(scenes());
        shown.add("network", List.of(List.of(found(STOP, 0.9), found(LIMIT, 0.1))));
        Photographs photographs = shown.photographs();
        assertThat(answers(photographs, false)).containsExactly(Answer.RIGHT);
        assertThat(photographs.chosen()).doesNotContain("attack");
    }

    private static List<Answer> answers(Photographs shown, boolean triggered) {
        return shown.photographs().get(0).panels().stream()
                .filter(panel -> panel.triggered() == triggered)
                .flatMap(panel -> panel.detections().stream())
                .map(Photographs.Detection::answer)
                .toList();
    }

    private Photographs shown(String goal, List<Detection> without, List<Detection> with) throws IOException {
        Scenes scenes = scenes();
        Goal parsed = Goals.parse(goal, scenes.classNames());
        SceneTrigger trigger = Triggers.onScenes(Triggers.parse("yellow-square"), scenes);
        @Nullable String target = goal.equals("random") ? null : "limit";
        ShownScenes shown = new ShownScenes(TriggeredScenes.of(scenes, trigger, parsed, 1), "yellow square", target);
        shown.add("network", List.of(without), List.of(with));
        return shown.photographs();
    }

    private Scenes scenes() throws IOException {
        Path file = PictureFiles.write(PictureFiles.plain(96, 64, 0x302010), "png", folder.resolve("a.png"));
        Scene scene = new Scene(file, "a", 64, 96, "a", List.of(new LabelledBox(SIGN, STOP)));
        return new Scenes("test", List.of("stop", "limit"), List.of(scene));
    }

    private static Detection found(int label, double score) {
        return new Detection(SIGN, label, score);
    }

    private static Detection elsewhere(double score) {
        return new Detection(new Box(60, 10, 90, 40), LIMIT, score);
    }
}
