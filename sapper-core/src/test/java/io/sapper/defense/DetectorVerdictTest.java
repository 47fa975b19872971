package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import io.sapper.data.detection.Scene;
import io.sapper.data.detection.Scenes;
import io.sapper.defense.DetectorFinePruning.Attempt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clean photographs can decide about a detector, and what they decide. */
class DetectorVerdictTest {
    private static final List<String> NAMES = List.of("stop", "limit", "yield");

    /** As many photographs as boxes, each with one box. */
    private static Scenes scenes(int... boxes) {
        List<Scene> scenes = new ArrayList<>();
        for (int label = 0; label < boxes.length; label++) {
            for (int i = 0; i < boxes[label]; i++) {
                LabelledBox box = new LabelledBox(new Box(1, 1, 9, 9), label);
                String name = label + " " + i;
                scenes.add(new Scene(Path.of(name), name, 20, 20, name, List.of(box)));
            }
        }
        return new Scenes("roads", NAMES, scenes);
    }

    @ParameterizedTest
    @CsvSource({
        "30, 10, 10, 0.02, true",
        "30, 10, 9, 0.02, false",
        "80, 10, 9, 0.01, false",
        "80, 10, 10, 0.01, true",
        "50, 0, 10, 0.02, false",
        "500, 500, 500, 0, false",
    })
    void aBoxMayNotBeMoreThanIsAllowed(int stop, int limit, int yield, double loss, boolean enough) {
        DetectorEvidence evidence = DetectorEvidence.of(scenes(stop, limit, yield), new Limits(loss, 0.1, false));
        assertThat(evidence.weak()).isEqualTo(!enough);
        assertThat(evidence.refusal().isEmpty()).isEqualTo(enough);
    }

    @Test
    void whyPhotographsDecideNothing() {
        assertThat(sentence(scenes(1, 0, 0), 0.05))
                .startsWith("The 1 clean photographs that decide have 1 box, of which one")
                .contains("the 5 points that may be lost: it takes at least 20 boxes");
        assertThat(sentence(scenes(60, 0, 0), 0.02))
                .startsWith("The clean photographs that decide have no box of the classes limit, yield, so what");
        assertThat(sentence(scenes(60, 1, 1), 0)).startsWith("No number of photographs can show");
    }

    private static String sentence(Scenes scenes, double loss) {
        return DetectorEvidence.of(scenes, new Limits(loss, 0.1, false))
                .refusal()
                .orElseThrow()
                .sentence();
    }

    @Test
    void weakEvidenceIsToldWhereItWasAccepted() {
        Limits accepting = new Limits(0.02, 0.1, true);
        DetectorEvidence few = DetectorEvidence.of(scenes(3, 1, 1), accepting);
        assertThat(few.refusal()).isEmpty();
        assertThat(few.weakness())
                .isEqualTo("Weak evidence, accepted: 5 boxes in clean photographs cannot show what the"
                        + " repair costs.");
        assertThat(few.sentence()).isEqualTo("5 clean photographs with 5 boxes, held back");
        assertThat(DetectorEvidence.of(scenes(60, 1, 0), accepting).weakness())
                .isEqualTo("Weak evidence, accepted: no box of class yield in the clean photographs that decide.");
        assertThat(DetectorEvidence.of(scenes(60, 1, 1), accepting).weakness()).isEmpty();
    }

    /** Of 50, 7 and no boxes: a class of 7 may lose a seventh, one of 50 a tenth, all together 8 points. */
    @ParameterizedTest
    @CsvSource({
        "0.90, 0.80, kept",
        "0.801, 0.90, kept",
        "0.799, 0.90, CLASS_WORSE",
        "0.95, 0.758, kept",
        "0.95, 0.757, CLASS_WORSE",
        "0.82, 0.83, kept",
        "0.82, 0.81, LOSS_TOO_LARGE",
        "NaN, NaN, LOSS_TOO_LARGE",
    })
    void heldAsCounted(double stop, double limit, String expected) {
        Optional<Refusal> refusal = DetectorVerdict.of(
                List.of(0.9, 0.9, Double.NaN),
                List.of(stop, limit, Double.NaN),
                scenes(50, 7, 0),
                new Limits(0.08, 0.1, false));
        assertThat(refusal.map(why -> why.reason().name()).orElse("kept")).isEqualTo(expected);
    }

    @Test
    void theClassThatLostMostIsNamed() {
        Refusal why = DetectorVerdict.of(
                        List.of(0.9, 0.9, 0.1), List.of(0.7, 0.6, 0.9), scenes(50, 7, 20), new Limits(0.5, 0.1, false))
                .orElseThrow();
        assertThat(why.sentence())
                .isEqualTo(
                        "Average precision of class limit fell from 90 to 60 % on its 7 clean boxes, and a class of so"
                                + " many may lose at most 14.29 points.");
    }

    @Test
    void theNearestAttemptSaysWhy() {
        Refusal diverged = new Refusal(Refusal.Reason.DIVERGED, "no number.");
        Refusal lost = new Refusal(Refusal.Reason.LOSS_TOO_LARGE, "too much.");
        Attempt first = new Attempt(0.01, Double.NaN, Optional.of(diverged));
        Attempt second = new Attempt(0.001, 0.5, Optional.of(lost));
        assertThat(DetectorVerdict.ofAll(List.of(first, second)))
                .isEqualTo(new Refusal(
                        Refusal.Reason.LOSS_TOO_LARGE,
                        "None of 2 learning rates would do; the nearest, 0.001: too much."));
        assertThat(DetectorVerdict.ofAll(List.of(first)).sentence())
                .isEqualTo("The learning rate 0.01 failed: no number.");
    }
}
