package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Seeds;
import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final LabelledBox SIGN = new LabelledBox(new Box(10, 20, 30, 40), 2);

    private static RandomGenerator random() {
        return Seeds.generator(1, "test");
    }

    @Test
    void theAnchorThatOverlapsMostIsAnObjectHoweverLittleItOverlaps() {
        float[] anchors = {
            100, 100, 20, 20, // far away
            20, 30, 40, 40, // a quarter of it is the sign
            60, 60, 20, 20 // far away
        };

        Targets targets = Targets.ofAnchors(anchors, List.of(SIGN), random());

        assertThat(targets.places()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(targets.places()[0]).isEqualTo(1);
        assertThat(targets.labels()).containsExactly(1, 0, 0);
        assertThat(targets.deltas()[0]).isZero();
        assertThat(targets.deltas()[2]).isCloseTo((float) Math.log(0.5), within(1e-6f));
    }

    @Test
    void anAnchorBetweenObjectAndBackgroundCountsForNeither() {
        float[] anchors = {
            20, 30, 20, 20, // the sign itself
            24, 30, 20, 20 // overlaps by 16 / 24 = 0.67
        };

        Targets targets = Targets.ofAnchors(anchors, List.of(SIGN), random());

        assertThat(targets.places()).containsExactly(0);
    }

    @Test
    void ofManyAnchorsTheyAreAsManyAsWantedAndAtMostHalfObjects() {
        float[] anchors = new float[4 * 1000];
        for (int i = 0; i < 1000; i++) {
            boolean near = i % 2 == 0;
            anchors[4 * i] = near ? 20 : 500;
            anchors[4 * i + 1] = near ? 30 : 500;
            anchors[4 * i + 2] = 20;
            anchors[4 * i + 3] = 20;
        }

        Targets targets = Targets.ofAnchors(anchors, List.of(SIGN), random());

        assertThat(targets.places()).hasSize(256).doesNotHaveDuplicates();
        assertThat(Arrays.stream(targets.labels()).sum()).isEqualTo(128);
        assertThat(Targets.ofAnchors(anchors, List.of(SIGN), random()).places()).containsExactly(targets.places());
    }

    @Test
    void aPhotographWithoutSignsIsBackground() {
        Targets targets = Targets.ofAnchors(new float[] {20, 30, 20, 20}, List.of(), random());

        assertThat(targets.labels()).containsExactly(0);
    }

    @Test
    void theTrueBoxIsAmongTheProposalsAndLiesOnItself() {
        float[] proposed = {
            200, 200, 220, 220, // background
            12, 20, 32, 40 // shifted by a tenth of its width
        };

        Targets targets = Targets.ofProposals(proposed, List.of(SIGN), random());

        assertThat(targets.labels()).hasSize(Targets.PROPOSALS);
        boolean itself = false;
        boolean shifted = false;
        for (int i = 0; i < targets.labels().length; i++) {
            float left = targets.corners()[4 * i];
            assertThat(targets.labels()[i]).isEqualTo(left == 200 ? 0 : 3);
            if (left == 10) {
                itself = true;
                assertThat(targets.deltas()[4 * i]).isZero();
            } else if (left == 12) {
                shifted = true;
                assertThat(targets.deltas()[4 * i]).isCloseTo(-0.1f / 0.1f, within(1e-5f));
            }
        }
        assertThat(itself).isTrue();
        assertThat(shifted).isTrue();
    }
}
