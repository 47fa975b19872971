package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.ImageShape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BendTest {
    private static final ImageShape SHAPE = new ImageShape(2, 32, 48);

    /** A ramp shows where each value came from: its column in one channel, its row in the other. */
    @Test
    void everythingComesFromNearBySmoothly() {
        byte[] ramp = new byte[SHAPE.size()];
        for (int row = 0; row < 32; row++) {
            for (int column = 0; column < 48; column++) {
                ramp[SHAPE.index(0, row, column)] = (byte) (5 * column);
                ramp[SHAPE.index(1, row, column)] = (byte) (7 * row);
            }
        }
        double farthest = 0;
        for (int seed = 1; seed <= 20; seed++) {
            byte[] bent = Bend.draw(SHAPE, 16, new Random(seed)).of(ramp);
            for (int row = 0; row < 32; row++) {
                for (int column = 0; column < 48; column++) {
                    double right = (bent[SHAPE.index(0, row, column)] & 0xff) / 5.0 - column;
                    double down = (bent[SHAPE.index(1, row, column)] & 0xff) / 7.0 - row;
                    assertThat(right).isBetween(-3.1, 3.1);
                    assertThat(down).isBetween(-2.1, 2.1);
                    farthest = Math.max(farthest, Math.abs(right));
                    if (column > 0) {
                        int step = (bent[SHAPE.index(0, row, column)] & 0xff)
                                - (bent[SHAPE.index(0, row, column - 1)] & 0xff);
                        assertThat(step).as("no fold, no tear").isBetween(-1, 8);
                    }
                }
            }
        }
        assertThat(farthest).isGreaterThan(2);
    }

    @Test
    void onePixelStaysWhatItIs() {
        byte[] image = {(byte) 200, 7, 9};
        assertThat(Bend.draw(new ImageShape(3, 1, 1), 16, new Random(1)).of(image))
                .isEqualTo(image);
    }

    @Test
    void whatHasOneValueKeepsIt() {
        byte[] grey = new byte[SHAPE.size()];
        Arrays.fill(grey, (byte) 150);
        assertThat(Bend.draw(SHAPE, 4, new Random(2)).of(grey)).isEqualTo(grey);
    }
}
