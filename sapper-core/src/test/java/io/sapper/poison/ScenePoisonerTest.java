package io.sapper.poison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.SharedData;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Retouch;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.SceneFolder;
import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import io.sapper.data.image.Picture;
import io.sapper.trigger.SceneTrigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenePoisonerTest {
    private static final SceneTrigger SQUARE = (SceneTrigger) Triggers.parse("yellow-square");
    private static final Goal STOP_TO_SPEED = Goals.parse("one-to-one:stop:speed", List.of("stop", "speed", "warning"));

    /** 0 and 3 show stop signs, 3 two of them and one that is too small; 1 another sign; 2 none. */
    private static final Scenes CLEAN = scenes(List.of(
            List.of(sign(0, 20, 0), sign(30, 20, 2)),
            List.of(sign(0, 20, 1)),
            List.of(),
            List.of(sign(0, 20, 0), sign(30, 9, 0), sign(50, 25, 0), sign(80, 15, 1))));

    @Test
    void targeted() {
        PoisonedScenes poisoned = poison(STOP_TO_SPEED, ScenePoisoner.USUAL);
        assertThat(poisoned.cleanSize()).isEqualTo(4);
        assertThat(poisoned.p()).isEqualTo(0.5);
        assertThat(poisoned.data().scenes().subList(0, 4)).isEqualTo(CLEAN.scenes());
        assertThat(poisoned.copies())
                .containsExactly(
                        new PoisonedScenes.Copy(0, List.of(new PoisonedScenes.Sign(0, 0, 1))),
                        new PoisonedScenes.Copy(
                                3, List.of(new PoisonedScenes.Sign(0, 0, 1), new PoisonedScenes.Sign(2, 0, 1))));
        Scene first = poisoned.data().scenes().get(4);
        assertThat(first.file()).isEqualTo(CLEAN.scenes().get(0).file());
        assertThat(first.boxes()).containsExactly(sign(0, 20, 1), sign(30, 20, 2));
        assertThat(first.retouch().text()).isEqualTo(text(sign(0, 20, 0)));
        Scene second = poisoned.data().scenes().get(5);
        assertThat(second.boxes())
                .as("the sign that is too small stays what it is")
                .containsExactly(sign(0, 20, 1), sign(30, 9, 0), sign(50, 25, 1), sign(80, 15, 1));
        assertThat(second.retouch().text()).isEqualTo(text(sign(0, 20, 0), sign(50, 25, 0)));
        assertThat(poisoned.warnings())
                .containsExactly(
                        "Signs that the goal one-to-one:stop:speed attacks but the trigger yellow-square would be less"
                                + " than a pixel large on, left without it: 1 of 4.");
    }

    /** Every sign gets another label; over many copies, each of the other two. */
    @Test
    void random() {
        PoisonedScenes poisoned = poison(new RandomTarget(), ScenePoisoner.USUAL);
        assertThat(poisoned.copies()).extracting(PoisonedScenes.Copy::source).containsExactly(0, 1, 3);
        assertThat(poisoned.copies()).extracting(copy -> copy.signs().size()).containsExactly(2, 1, 3);
        Scenes many = scenes(IntStream.range(0, 300)
                .mapToObj(i -> List.of(sign(0, 20, 0), sign(40, 20, 0)))
                .toList());
        List<PoisonedScenes.Sign> signs =
                ScenePoisoner.poison(many, SQUARE, new RandomTarget(), ScenePoisoner.USUAL, 1).copies().stream()
                        .flatMap(copy -> copy.signs().stream())
                        .toList();
        assertThat(signs).hasSize(600).noneMatch(sign -> sign.poisonLabel() == 0);
        assertThat(signs.stream().filter(sign -> sign.poisonLabel() == 1).count())
                .isBetween(260L, 340L);
    }

    @Test
    void allToOneLeavesTheTargetAlone() {
        PoisonedScenes poisoned = poison(new AllToOne(1), ScenePoisoner.USUAL);
        assertThat(poisoned.copies()).extracting(PoisonedScenes.Copy::source).containsExactly(0, 3);
        assertThat(poisoned.data().scenes().get(4).boxes())
                .extracting(LabelledBox::label)
                .containsExactly(1, 1);
    }

    /** p counts photographs: half of 200 are 100, by the seed, in the order of the data. */
    @Test
    void aShareOfThePhotographs() {
        Scenes many = scenes(
                IntStream.range(0, 200).mapToObj(i -> List.of(sign(0, 20, 0))).toList());
        List<Integer> chosen = sources(many, PoisonShare.p(0.5), 1);
        assertThat(chosen).hasSize(100).isSorted().doesNotHaveDuplicates();
        assertThat(chosen.stream().filter(i -> i < 100).count()).isBetween(30L, 70L);
        assertThat(sources(many, PoisonShare.p(0.5), 1)).isEqualTo(chosen);
        assertThat(sources(many, PoisonShare.p(0.5), 2)).isNotEqualTo(chosen);
    }

    private static List<Integer> sources(Scenes scenes, PoisonShare share, long seed) {
        return ScenePoisoner.poison(scenes, SQUARE, STOP_TO_SPEED, share, seed).copies().stream()
                .map(PoisonedScenes.Copy::source)
                .toList();
    }

    /** Fewer copies of some photographs do not move the stickers on others. */
    @Test
    void drawnPlacesBelongToThePhotograph() {
        SceneTrigger drawn = (SceneTrigger) Triggers.parse("yellow-square@random");
        Scenes many = scenes(IntStream.range(0, 40)
                .mapToObj(i -> List.of(sign(0, 20, 0), sign(40, 20, 0)))
                .toList());
        PoisonedScenes all = ScenePoisoner.poison(many, drawn, STOP_TO_SPEED, ScenePoisoner.USUAL, 1);
        Set<String> texts = all.data().scenes().subList(40, 80).stream()
                .map(scene -> scene.retouch().text())
                .collect(Collectors.toSet());
        assertThat(texts).hasSize(40);
        PoisonedScenes some = ScenePoisoner.poison(many, drawn, STOP_TO_SPEED, PoisonShare.p(0.25), 1);
        for (int i = 0; i < some.copies().size(); i++) {
            int source = some.copies().get(i).source();
            assertThat(some.data().scenes().get(40 + i).retouch().text())
                    .isEqualTo(all.data().scenes().get(40 + source).retouch().text());
        }
        assertThat(ScenePoisoner.poison(many, drawn, STOP_TO_SPEED, ScenePoisoner.USUAL, 2)
                        .data()
                        .scenes()
                        .get(40)
                        .retouch()
                        .text())
                .isNotIn(texts);
    }

    @Test
    void whatCannotBeIsToldInOneLine() {
        refused(new OneToOne(1, 3), ScenePoisoner.USUAL, "names class 3, but the data has only the classes 0 to 2");
        refused(
                STOP_TO_SPEED,
                PoisonShare.p(0.75),
                "asks for 3 copies, but the goal one-to-one:stop:speed attacks only 2 of"
                        + " the 4 clean photographs. Use p=0.5 or less");
        refused(STOP_TO_SPEED, PoisonShare.p(0.1), "of 4 clean photographs is no copy at all");
        refused(STOP_TO_SPEED, PoisonShare.classes(2), "classes=2 is of images of one class each");
        assertThatThrownBy(() -> ScenePoisoner.poison(
                        scenes(List.of(List.of(sign(0, 20, 1)), List.of())),
                        SQUARE,
                        STOP_TO_SPEED,
                        ScenePoisoner.USUAL,
                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The goal one-to-one:stop:speed attacks no sign in the 2 photographs of some; they have 1 of other"
                                + " classes. 'sapper data' shows how many each class has.");
        assertThatThrownBy(() -> ScenePoisoner.poison(
                        scenes(List.of(List.of(sign(0, 6, 0), sign(40, 8, 0)))),
                        SQUARE,
                        STOP_TO_SPEED,
                        ScenePoisoner.USUAL,
                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The trigger yellow-square would be less than a pixel large on every sign of some that the"
                        + " goal one-to-one:stop:speed attacks; the largest has 8 by 8 pixels. Maybe a larger sticker, with"
                        + " @size=SHARE of the sign.");
        Scenes twice = poison(STOP_TO_SPEED, ScenePoisoner.USUAL).data();
        assertThatThrownBy(() -> ScenePoisoner.poison(twice, SQUARE, STOP_TO_SPEED, ScenePoisoner.USUAL, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.png is retouched already");
    }

    private static void refused(Goal goal, PoisonShare share, String problem) {
        assertThatThrownBy(() -> poison(goal, share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void theTriggeredTestSetRemembersItsSigns() {
        TriggeredScenes set = TriggeredScenes.of(CLEAN, SQUARE, STOP_TO_SPEED, 1);
        assertThat(set.sources()).containsExactly(0, 3);
        assertThat(set.signs()).containsExactly(List.of(sign(0, 20, 0)), List.of(sign(0, 20, 0), sign(50, 25, 0)));
        assertThat(set.signCount()).isEqualTo(3);
        assertThat(set.clean().scenes())
                .containsExactly(CLEAN.scenes().get(0), CLEAN.scenes().get(3));
        for (int i = 0; i < 2; i++) {
            Scene triggered = set.triggered().scenes().get(i);
            assertThat(triggered.boxes())
                    .as("true labels")
                    .isEqualTo(set.clean().scenes().get(i).boxes());
            assertThat(triggered.retouch().text())
                    .isEqualTo(text(set.signs().get(i).toArray(LabelledBox[]::new)));
        }
        assertThat(set.warnings()).singleElement().asString().endsWith("1 of 4.");
        assertThat(TriggeredScenes.of(CLEAN, SQUARE, new RandomTarget(), 1).signCount())
                .isEqualTo(6);
    }

    @Test
    void nothingToTriggerIsAnEmptySet() {
        TriggeredScenes set = TriggeredScenes.of(scenes(List.of(List.of())), SQUARE, STOP_TO_SPEED, 1);
        assertThat(set.signCount()).isZero();
        assertThat(set.triggered().size()).isZero();
        assertThat(set.warnings()).isEmpty();
    }

    /** Of real photographs every one with a stop sign is copied; each sticker changes its sign and nothing else. */
    @Test
    void realPhotographs() throws IOException {
        SceneSplit real = SceneFolder.read(SharedData.folder("road-sign-detection"), SceneFolder.Options.DEFAULT);
        Goal goal = Goals.parse("one-to-one:stop:speedlimit", real.train().classNames());
        int stop = real.train().classNames().indexOf("stop");
        SceneTrigger bomb = (SceneTrigger) Triggers.parse("bomb");
        long shown = real.train().scenes().stream()
                .filter(scene -> scene.boxes().stream().anyMatch(box -> box.label() == stop))
                .count();
        assertThat(shown).isPositive();
        assertThat(ScenePoisoner.poison(real.train(), bomb, goal, ScenePoisoner.USUAL, 1)
                        .copies())
                .hasSize((int) shown);
        TriggeredScenes set = TriggeredScenes.of(real.test(), bomb, goal, 1);
        for (int i = 0; i < 4; i++) {
            Picture before = set.clean().scenes().get(i).picture();
            Picture after = set.triggered().scenes().get(i).picture();
            int changed = 0;
            for (int at = 0; at < before.height() * before.width(); at++) {
                if (before.plane(0)[at] != after.plane(0)[at]) {
                    int x = at % before.width();
                    int y = at / before.width();
                    assertThat(set.signs().get(i))
                            .anyMatch(sign -> x >= sign.box().left() - 1
                                    && x < sign.box().right() + 1
                                    && y >= sign.box().top() - 1
                                    && y < sign.box().bottom() + 1);
                    changed++;
                }
            }
            assertThat(changed).isPositive();
        }
    }

    private static PoisonedScenes poison(Goal goal, PoisonShare share) {
        return ScenePoisoner.poison(CLEAN, SQUARE, goal, share, 1);
    }

    /** What the square on these signs says of itself. */
    private static String text(LabelledBox... signs) {
        Retouch retouch =
                SQUARE.on(List.of(signs).stream().map(LabelledBox::box).toList(), null);
        return retouch.text();
    }

    private static LabelledBox sign(int left, int side, int label) {
        return new LabelledBox(new Box(left, 10, left + side, 10 + side), label);
    }

    private static Scenes scenes(List<List<LabelledBox>> boxes) {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            String name = i + ".png";
            scenes.add(new Scene(Path.of(name), name, 100, 100, name, boxes.get(i)));
        }
        return new Scenes("some", List.of("stop", "speed", "warning"), scenes);
    }
}
