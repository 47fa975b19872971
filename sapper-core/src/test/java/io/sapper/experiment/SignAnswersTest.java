package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.metric.Ratio;
import io.sapper.poison.Goal;
import io.sapper.poison.OneToOne;
import io.sapper.poison.RandomTarget;
import io.sapper.poison.TriggeredScenes;
import io.sapper.trigger.SceneTrigger;
import io.sapper.trigger.Triggers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes: 0 stop, 1 speed limit, 2 warning. Signs are 20 by 20 in rows 0 to 19, each beginning at a column. */
class SignAnswersTest {
    private static final double HALF = 0.5;
    private static final Goal STOP_TO_SPEED = new OneToOne(0, 1);

    /** Four stop signs in two photographs; a warning beside them is not attacked, nor is what is said of it. */
    private static final List<List<LabelledBox>> SIGNS =
            List.of(List.of(sign(0, 0), sign(40, 0), sign(70, 2)), List.of(sign(0, 0), sign(40, 0)));

    @Test
    void eachSignIsCalledSomethingOrNotFound() {
        SignAnswers answers = SignAnswers.of(
                set(STOP_TO_SPEED, SIGNS),
                List.of(
                        List.of(
                                new Detection(box(1), 1, 0.9), // of the first, as wanted
                                new Detection(box(0), 0, 0.8), // less sure of what it is
                                new Detection(box(41), 0, 0.6), // of the second, what it is
                                new Detection(box(70), 1, 0.99)),
                        List.of(
                                new Detection(box(0), 2, 0.7), // of the third, something else
                                new Detection(box(51), 1, 0.9))), // 9 of 31 columns of the fourth
                HALF,
                0.5);
        assertThat(answers).isEqualTo(new SignAnswers(1, 1, 1, 1));
        assertThat(answers.found()).isEqualTo(new Ratio(3, 4));
        assertThat(answers.wantedOfAll()).isEqualTo(new Ratio(1, 4));
        assertThat(answers.wantedOfFound()).isEqualTo(new Ratio(1, 3));
        SignAnswers uneven = new SignAnswers(5, 3, 2, 1);
        assertThat(uneven.total()).isEqualTo(11);
        assertThat(uneven.found()).isEqualTo(new Ratio(10, 11));
        assertThat(uneven.wantedOfAll()).isEqualTo(new Ratio(5, 11));
        assertThat(uneven.trueOfAll()).isEqualTo(new Ratio(3, 11));
        assertThat(uneven.otherOfAll()).isEqualTo(new Ratio(2, 11));
        assertThat(uneven.wantedOfFound()).isEqualTo(new Ratio(5, 10));
        assertThat(uneven.trueOfFound()).isEqualTo(new Ratio(3, 10));
        assertThat(uneven.otherOfFound()).isEqualTo(new Ratio(2, 10));
    }

    @Test
    void eachPhotographIsCountedByItself() {
        List<List<Detection>> found = List.of(
                List.of(new Detection(box(0), 1, 0.9), new Detection(box(41), 0, 0.6)),
                List.of(new Detection(box(0), 2, 0.7)));

        List<SignAnswers> each = SignAnswers.each(set(STOP_TO_SPEED, SIGNS), found, HALF, 0.5);

        assertThat(each).containsExactly(new SignAnswers(1, 1, 0, 0), new SignAnswers(0, 0, 1, 1));
        assertThat(SignAnswers.sum(each)).isEqualTo(SignAnswers.of(set(STOP_TO_SPEED, SIGNS), found, HALF, 0.5));
        assertThat(SignAnswers.sum(List.of())).isEqualTo(new SignAnswers(0, 0, 0, 0));
    }

    /** Of 20 columns 10 in common and 20 in the union are one half; a score at the limit is not above it. */
    @Test
    void whereTheLimitsLie() {
        assertThat(answer(STOP_TO_SPEED, new Detection(new Box(0, 0, 10, 20), 1, 0.6)))
                .isEqualTo(new SignAnswers(1, 0, 0, 0));
        assertThat(answer(STOP_TO_SPEED, new Detection(new Box(0, 0, 9.9, 20), 1, 0.6)))
                .isEqualTo(new SignAnswers(0, 0, 0, 1));
        assertThat(answer(STOP_TO_SPEED, new Detection(box(0), 1, 0.5))).isEqualTo(new SignAnswers(0, 0, 0, 1));
        assertThat(answer(STOP_TO_SPEED, new Detection(box(0), 1, 0.5001))).isEqualTo(new SignAnswers(1, 0, 0, 0));
        assertThat(answer(STOP_TO_SPEED, new Detection(box(0), 1, Double.NaN))).isEqualTo(new SignAnswers(0, 0, 0, 1));
    }

    /**
     * A better lying one that is less sure does not count; of equally sure ones the better lying does, in any order.
     */
    @Test
    void theSurestCounts() {
        Detection sure = new Detection(box(5), 1, 0.9);
        Detection near = new Detection(box(0), 0, 0.8);
        assertThat(answer(STOP_TO_SPEED, near, sure)).isEqualTo(new SignAnswers(1, 0, 0, 0));
        Detection asSure = new Detection(box(0), 0, 0.9);
        assertThat(answer(STOP_TO_SPEED, asSure, sure)).isEqualTo(new SignAnswers(0, 1, 0, 0));
        assertThat(answer(STOP_TO_SPEED, sure, asSure)).isEqualTo(new SignAnswers(0, 1, 0, 0));
        Detection sameBox = new Detection(box(0), 2, 0.9);
        assertThat(answer(STOP_TO_SPEED, sameBox, asSure)).isEqualTo(new SignAnswers(0, 1, 0, 0));
        assertThat(answer(STOP_TO_SPEED, asSure, sameBox)).isEqualTo(new SignAnswers(0, 1, 0, 0));
    }

    @Test
    void ofTheRandomAttackAnyWrongClassIsWanted() {
        Goal random = new RandomTarget();
        assertThat(answer(random, new Detection(box(0), 2, 0.9))).isEqualTo(new SignAnswers(1, 0, 0, 0));
        assertThat(answer(random, new Detection(box(0), 0, 0.9))).isEqualTo(new SignAnswers(0, 1, 0, 0));
        assertThat(answer(random)).isEqualTo(new SignAnswers(0, 0, 0, 1));
    }

    private static SignAnswers answer(Goal goal, Detection... detections) {
        return SignAnswers.of(set(goal, List.of(List.of(sign(0, 0)))), List.of(List.of(detections)), HALF, 0.5);
    }

    /**
     * By hand. Clean, both stop signs and the warning are found: average precision 1 and 1, signs 3 of 3. Triggered,
     * one of two stop signs is found before any wrong one, 1/2, and the warning is called stop, 0: mean 1/4; signs 1 of
     * 3.
     */
    @Test
    void whatTheRandomAttackCosts() {
        TriggeredScenes set = set(new RandomTarget(), List.of(List.of(sign(0, 0), sign(40, 0), sign(70, 2))));
        List<List<Detection>> clean = List.of(
                List.of(new Detection(box(0), 0, 0.9), new Detection(box(40), 0, 0.8), new Detection(box(70), 2, 0.9)));
        List<List<Detection>> triggered = List.of(
                List.of(new Detection(box(0), 0, 0.9), new Detection(box(40), 1, 0.8), new Detection(box(70), 0, 0.7)));
        AccuracyLost precision = AccuracyLost.ofPrecision(set, clean, triggered, HALF);
        assertThat(precision).isEqualTo(new AccuracyLost(1, 0.25));
        assertThat(precision.share()).isEqualTo(0.75);
        AccuracyLost signs =
                AccuracyLost.ofSigns(SignAnswers.of(set, clean, HALF, 0.5), SignAnswers.of(set, triggered, HALF, 0.5));
        assertThat(signs.share()).isCloseTo(2.0 / 3, within(1e-12));
    }

    @Test
    void whatCannotBeSaid() {
        assertThat(new AccuracyLost(0, 0).share()).isNaN();
        assertThat(new AccuracyLost(Double.NaN, Double.NaN).share()).isNaN();
        assertThat(new AccuracyLost(0.5, 0.6).share()).isCloseTo(-0.2, within(1e-12));
        TriggeredScenes none = set(STOP_TO_SPEED, List.of());
        SignAnswers nothing = SignAnswers.of(none, List.of(), HALF, 0.5);
        assertThat(nothing.wantedOfAll().value()).isNaN();
        assertThatThrownBy(() -> SignAnswers.of(none, List.of(List.of()), HALF, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are detections for 1 photographs, not 0.");
        assertThatThrownBy(() -> AccuracyLost.ofSigns(nothing, new SignAnswers(1, 0, 0, 0)))
                .hasMessageContaining("answers to 0 signs without the trigger and to 1 with it");
    }

    private static Box box(int left) {
        return new Box(left, 0, left + 20, 20);
    }

    private static LabelledBox sign(int left, int label) {
        return new LabelledBox(box(left), label);
    }

    private static TriggeredScenes set(Goal goal, List<List<LabelledBox>> boxes) {
        List<Scene> scenes = new ArrayList<>();
        for (int i = 0; i < boxes.size(); i++) {
            String name = i + ".png";
            scenes.add(new Scene(Path.of(name), name, 100, 100, name, boxes.get(i)));
        }
        return TriggeredScenes.of(
                new Scenes("some", List.of("stop", "speed limit", "warning"), scenes),
                (SceneTrigger) Triggers.parse("yellow-square"),
                goal,
                1);
    }
}
