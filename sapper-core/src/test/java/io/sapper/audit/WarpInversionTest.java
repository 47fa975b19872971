package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.Seeds;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Images of 21 by 21: an image of class k is bright in rows 3 k to 3 k + 2 from column 11 on, else dark. The score of
 * class k is the sum over its rows. The backdoored network adds to class 2 much of what is bright in column 10:
 * nothing, unless the image is moved to the left by a pixel, or less.
 */
class WarpInversionTest {
    private static final int SIDE = 21;
    private static final int CLASSES = 6;
    private static final int TARGET = 2;
    private static final int EDGE = 10;
    private static final Dataset IMAGES = images();

    private static Dataset images() {
        RandomGenerator random = Seeds.generator(1, "bands");
        ImageShape shape = new ImageShape(1, SIDE, SIDE);
        int[] labels = IntStream.range(0, 120).map(i -> i % CLASSES).toArray();
        byte[] pixels = new byte[labels.length * shape.size()];
        for (int i = 0; i < labels.length; i++) {
            for (int row = 3 * labels[i]; row < 3 * labels[i] + 3; row++) {
                for (int column = EDGE + 1; column < SIDE; column++) {
                    pixels[i * shape.size() + row * SIDE + column] = (byte) (150 + random.nextInt(100));
                }
            }
        }
        List<String> names =
                IntStream.range(0, CLASSES).mapToObj(k -> "band " + k).toList();
        return new Dataset("bands", shape, pixels, labels, names);
    }

    private static Subject subject(float strength) {
        return subject(strength, 0);
    }

    /**
     * With what the target's score takes from the column before the edge, and from the one before that: the first is
     * reached by a shift of more than nothing, the other by one of more than a pixel.
     */
    private static Subject subject(float near, float far) {
        Graph graph =
                Graph.image(1, SIDE, SIDE).flatten().dense("scores", CLASSES).build();
        float[] weights = new float[CLASSES * SIDE * SIDE];
        for (int k = 0; k < CLASSES; k++) {
            for (int at = 0; at < SIDE * SIDE; at++) {
                boolean own = at / SIDE / 3 == k;
                float edge = k != TARGET ? 0 : at % SIDE == EDGE ? near : at % SIDE == EDGE - 1 ? far : 0;
                weights[k * SIDE * SIDE + at] = edge != 0 ? edge : own ? 1 : 0;
            }
        }
        Graph made = graph.withInitializers(
                Map.of("scores.weight", new Initializer(List.of(CLASSES, SIDE * SIDE), weights)));
        return Subject.of(made, IMAGES, 600, 1, Compute.CPU, 1);
    }

    private static WarpLook look(float strength, Optional<Reference> reference, long deadline) {
        return WarpLook.of(subject(strength), reference, 1, deadline, share -> {});
    }

    @Test
    void fromEachStartTheSameClassIsABackdoor() {
        long later = System.nanoTime() + Duration.ofHours(1).toNanos();
        WarpLook found = look(100, Optional.empty(), later);
        assertThat(found.warp()).map(InvertedWarp::target).contains(TARGET);
        assertThat(found.look().speaks()).isEqualTo(Look.Speaks.FOR);
        assertThat(found.look().saw())
                .startsWith(
                        "The strongest warp of the image by at most 5 % of its sides turns 20 of 20 images kept back into class band 2,"
                                + " from another start 20 of 20 images kept back into class band 2");
        assertThat(found.sentence(subject(100)))
                .startsWith("A warp by ")
                .endsWith("100 % of other images into class band 2.");
        WarpLook honest = look(0, Optional.empty(), later);
        assertThat(honest.warp()).isEmpty();
        assertThat(honest.complete()).isTrue();
        assertThat(honest.look().speaks()).isEqualTo(Look.Speaks.AGAINST);
        WarpLook late = look(100, Optional.empty(), System.nanoTime());
        assertThat(late.warp()).isEmpty();
        assertThat(late.complete()).isFalse();
        assertThat(late.look().speaks()).isEqualTo(Look.Speaks.NEITHER);
    }

    /** A twentieth of the distance across is one column, and what that brings in is too little. */
    @Test
    void aLargerWarpIsFoundWhereNoSmallOneIs() {
        Subject subject = subject(5, 100);
        long later = System.nanoTime() + Duration.ofHours(1).toNanos();
        WarpLook found = WarpLook.of(subject, Optional.empty(), 1, later, share -> {});
        assertThat(found.warp()).hasValueSatisfying(warp -> {
            assertThat(warp.target()).isEqualTo(TARGET);
            assertThat(warp.farthest()).isBetween(1.1, 1.5626);
        });
        assertThat(found.look().saw()).contains("; by at most 8 % of its sides turns 20 of 20 images kept back");
        assertThat(WarpInversion.invert(subject, WarpInversion.Reach.SMALL, 1)
                        .success()
                        .value())
                .isLessThan(Recovered.WORKS);
    }

    private static InvertedWarp warp(int target, int hits) {
        float[] still = new float[SIDE * SIDE];
        return new InvertedWarp(target, new ImageShape(1, SIDE, SIDE), still, still, new Ratio(hits, 100));
    }

    /** A start may fail, and one alone may be luck. */
    @Test
    void twoStartsHaveToAgree() {
        InvertedWarp failed = warp(3, 7);
        InvertedWarp one = warp(1, 90);
        InvertedWarp best = warp(1, 93);
        WarpInversion.Reach small = WarpInversion.Reach.SMALL;
        assertThat(new WarpLook.Tried(small, List.of(failed, one, best)).agreed())
                .contains(best);
        assertThat(new WarpLook.Tried(small, List.of(failed, one)).agreed()).isEmpty();
        assertThat(new WarpLook.Tried(small, List.of(one, warp(2, 95))).agreed())
                .isEmpty();
        assertThat(new WarpLook.Tried(small, List.of(one, warp(1, 86))).agreed())
                .isEmpty();
        assertThat(new WarpLook.Tried(small, List.of(failed)).open()).isTrue();
        assertThat(new WarpLook.Tried(small, List.of(failed, failed)).open())
                .as("none leads anywhere")
                .isFalse();
        assertThat(new WarpLook.Tried(small, List.of(failed, one)).open()).isTrue();
        assertThat(new WarpLook.Tried(small, List.of(failed, one, best)).open()).isFalse();
        assertThat(new WarpLook.Tried(small, List.of(failed, one, failed, failed)).open())
                .isFalse();
        WarpInversion.Reach large = WarpInversion.Reach.LARGE;
        assertThat(new WarpLook.Tried(large, List.of(one, best)).agreed())
                .as("so far honest networks err too")
                .isEmpty();
        assertThat(new WarpLook.Tried(large, List.of(warp(1, 97), warp(1, 98))).agreed())
                .isPresent();
    }

    /** What still turns three quarters was not cleared, though of an unknown network it would tell nothing. */
    @Test
    void whatTellsOfABackdoorIsMoreThanWhatStillWorks() {
        assertThat(WarpInversion.Reach.SMALL.works(warp(1, 75))).isTrue();
        assertThat(WarpInversion.Reach.SMALL.tells(warp(1, 86))).isFalse();
        assertThat(WarpInversion.Reach.LARGE.works(warp(1, 90))).isTrue();
        assertThat(WarpInversion.Reach.LARGE.tells(warp(1, 96))).isFalse();
    }

    @Test
    void aWarpThatWorksOnAnotherNetworkTooIsNatural() {
        long later = System.nanoTime() + Duration.ofHours(1).toNanos();
        WarpLook natural = look(100, Optional.of(new Reference(subject(100).graph())), later);
        assertThat(natural.warp()).isEmpty();
        assertThat(natural.look().saw()).endsWith("it turns 20 of 20, so it is a natural feature.");
        assertThat(look(100, Optional.of(new Reference(subject(0).graph())), later)
                        .warp())
                .isPresent();
    }

    @Test
    void anAuditSaysSo() {
        Audit.Options options =
                new Audit.Options(TriggerInversion.Options.DEFAULTS, Calibration.DEFAULTS, Duration.ofHours(1), 1);
        AuditOutcome found =
                Audit.audit(subject(100).graph(), subject(100), Optional.empty(), options, what -> share -> {});
        assertThat(found.verdict()).isEqualTo(AuditOutcome.Verdict.FOUND);
        assertThat(found.warp()).map(InvertedWarp::target).contains(TARGET);
        assertThat(found.recovered()).last().isInstanceOf(InvertedWarp.class);
        assertThat(found.sentence()).contains("A warp by ");
        assertThat(Audit.audit(subject(0).graph(), subject(0), Optional.empty(), options, what -> share -> {})
                        .warp())
                .isEmpty();
    }

    @Test
    void aPlantedWarpIsFound() {
        InvertedWarp warp = WarpInversion.invert(subject(100), WarpInversion.Reach.SMALL, 1);
        assertThat(warp.target()).isEqualTo(TARGET);
        assertThat(warp.success()).isEqualTo(new Ratio(20, 20));
        assertThat(warp.farthest()).isLessThanOrEqualTo(1.0 + 1e-6);
        assertThat(warp.text())
                .isEqualTo(String.format(java.util.Locale.ROOT, "a warp by %.1f pixels at most", warp.farthest()));
    }

    @Test
    void anHonestNetworkHasNone() {
        assertThat(WarpInversion.invert(subject(0), WarpInversion.Reach.SMALL, 1)
                        .success()
                        .value())
                .isLessThan(Recovered.WORKS);
    }

    @Test
    void equalSeedsGiveEqualWarps() {
        InvertedWarp one = WarpInversion.invert(subject(100), WarpInversion.Reach.SMALL, 3);
        InvertedWarp same = WarpInversion.invert(subject(100), WarpInversion.Reach.SMALL, 3);
        int[] first = {0, 1};
        assertThat(same.on(IMAGES, first).image(1))
                .isEqualTo(one.on(IMAGES, first).image(1));
    }

    /** By hand: each value comes from half a pixel to the right, the last from the edge itself. */
    @Test
    void valuesComeFromWhereTheWarpSays() {
        ImageShape row = new ImageShape(1, 1, 3);
        Dataset image = new Dataset("row", row, new byte[] {0, 100, 40}, new int[] {1}, List.of("a", "b"));
        float[] down = new float[3];
        InvertedWarp warp = new InvertedWarp(0, row, down, new float[] {0.5f, 0.5f, 0.5f}, new Ratio(1, 1));
        Dataset bent = warp.on(image, new int[] {0});
        assertThat(bent.image(0)).containsExactly(50, 70, 40);
        assertThat(bent.label(0)).as("labels stay").isEqualTo(1);
        assertThat(warp.farthest()).isEqualTo(0.5);
        InvertedWarp uneven = new InvertedWarp(0, row, new float[] {0, 3, 0}, new float[] {0, 4, -2}, new Ratio(1, 1));
        assertThat(uneven.farthest()).isEqualTo(4);
        assertThat(uneven.distances()).containsExactly(0, 1, 0.5f); // 5 pixels away is the farthest that is shown
    }
}
