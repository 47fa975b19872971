package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Triggers that change the image everywhere and are told in a few settings: blend, sine, a drawn warp. */
class WholeImageTriggersTest {
    private static final ImageShape SHAPE = new ImageShape(3, 16, 32);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blend | blend:seed=1,share=0.2",
                "blend:share=0.1 | blend:seed=1,share=0.1",
                "sine | sine:height=20,waves=6",
                "sine:waves=3 | sine:height=20,waves=3",
                "warp:strength=2 | warp:seed=1,grid=4,strength=2.0",
                "warp:seed=7,grid=3 | warp:seed=7,grid=3,strength=0.5"
            })
    void whatIsNotSaidIsAsUsual(String said, String spec) {
        Trigger trigger = Triggers.parse(said);
        assertThat(trigger.spec()).isEqualTo(spec);
        assertThat(Triggers.parse(spec)).isEqualTo(trigger);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blend:share=0 | share= above 0 and at most 1, not 0.0",
                "blend:share=much | has share=much where a number is expected",
                "blend:share=NaN | share= above 0 and at most 1, not NaN",
                "blend:height=3 | where one of seed=, share= is expected",
                "sine:height=256 | height= of 1 to 255 and waves= of at least 1, not 256 and 6",
                "sine:waves=0 | not 20 and 0",
                "warp:grid=1 | grid= of 2 to 64 and a strength= above 0 and at most 20, not 1 and 0.5",
                "warp:strength=-1 | not 4 and -1.0",
                "warp:seed=1,seed=2 | has seed= twice"
            })
    void mistakesAreNamedInOneLine(String spec, String message) {
        assertThatThrownBy(() -> Triggers.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    /** Of black and white the noise can be reckoned: a share of 0.5 of black is half of it, of white half more. */
    @Test
    void noiseShinesThroughByItsShare() {
        byte[] ofBlack = on(new Blend(3, 0.5), (byte) 0);
        byte[] ofWhite = on(new Blend(3, 0.5), (byte) 255);
        byte[] noise = on(new Blend(3, 1), (byte) 77);
        for (int i = 0; i < noise.length; i++) {
            double half = (noise[i] & 0xff) / 2.0;
            assertThat(ofBlack[i] & 0xff).isEqualTo((int) Math.round(half));
            assertThat(ofWhite[i] & 0xff).isEqualTo((int) Math.round(127.5 + half));
        }
        double mean = mean(noise);
        assertThat(mean).isBetween(115.0, 140.0); // uniform on 0 to 255, of 1,536 values: 127.5, deviation 1.9
        assertThat(on(new Blend(4, 1), (byte) 77)).isNotEqualTo(noise);
    }

    /** sin(2 pi column 2 / 8): 0, 1, 0, -1, 0, 1, 0, -1, the same in each row and channel. */
    @Test
    void wavesGoAcross() {
        byte[] image = new byte[3 * 2 * 8];
        Arrays.fill(image, (byte) 250);
        new Sine(20, 2).apply(image, 0, new ImageShape(3, 2, 8));
        for (int row = 0; row < 6; row++) {
            assertThat(Arrays.copyOfRange(image, 8 * row, 8 * row + 8))
                    .containsExactly(250, 255, 250, 230, 250, 255, 250, 230);
        }
        assertThatThrownBy(() -> new Sine(20, 4).check(new ImageShape(1, 8, 8)))
                .hasMessageContaining("has more waves than 8 columns can show: at most 3.");
    }

    /** An image whose value is its column shows how far each place was moved. */
    @Test
    void aDrawnWarpMovesPlacesByItsStrengthOnAverage() {
        ImageShape shape = new ImageShape(1, 64, 64);
        double[] moved = new double[2];
        for (int strength = 1; strength <= 2; strength++) {
            byte[] image = new byte[shape.size()];
            for (int i = 0; i < image.length; i++) {
                image[i] = (byte) (4 * (i % 64));
            }
            byte[] before = image.clone();
            new DrawnWarp(5, 4, 4 * strength).apply(image, 0, shape);
            for (int i = 0; i < image.length; i++) {
                moved[strength - 1] += Math.abs((image[i] & 0xff) - (before[i] & 0xff)) / 4.0 / image.length;
            }
        }
        // Half pixels: 4 of them are 2 pixels where offsets are 1 on average; between corners they are smaller.
        assertThat(moved[0]).isBetween(0.8, 2.2);
        assertThat(moved[1] / moved[0]).isBetween(1.7, 2.1);
        assertThat(on(new DrawnWarp(5, 4, 4), (byte) 9)).containsOnly(9); // nothing to move, and no black edge
    }

    @Test
    void onlyTheImageAtTheOffsetChanges() {
        for (PictureTrigger trigger :
                new PictureTrigger[] {new Blend(1, 0.5), new Sine(20, 6), new DrawnWarp(1, 4, 3)}) {
            byte[] block = new byte[3 * SHAPE.size()];
            for (int i = 0; i < block.length; i++) {
                block[i] = (byte) (31 * i);
            }
            byte[] before = block.clone();
            trigger.check(SHAPE);
            trigger.apply(block, SHAPE.size(), SHAPE);
            int size = SHAPE.size();
            assertThat(Arrays.copyOf(block, size)).isEqualTo(Arrays.copyOf(before, size));
            assertThat(Arrays.copyOfRange(block, 2 * size, 3 * size))
                    .isEqualTo(Arrays.copyOfRange(before, 2 * size, 3 * size));
            assertThat(Arrays.copyOfRange(block, size, 2 * size))
                    .isNotEqualTo(Arrays.copyOfRange(before, size, 2 * size));
        }
    }

    private static byte[] on(PictureTrigger trigger, byte value) {
        byte[] image = new byte[SHAPE.size()];
        Arrays.fill(image, value);
        trigger.apply(image, 0, SHAPE);
        return image;
    }

    private static double mean(byte[] values) {
        double sum = 0;
        for (byte value : values) {
            sum += value & 0xff;
        }
        return sum / values.length;
    }
}
