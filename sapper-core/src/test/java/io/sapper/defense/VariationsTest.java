package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.audio.Recordings;
import io.sapper.data.audio.Spectrogram;
import io.sapper.data.synthetic.SyntheticDigits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariationsTest {
    private static final Dataset DIGITS = SyntheticDigits.generate(60, 10, 1).train();

    @Test
    void equalSeedsAndEpochsGiveEqualBytes() {
        Dataset shown = new Variations(1).show(DIGITS, 0);
        assertThat(new Variations(1).show(DIGITS, 0).digest()).isEqualTo(shown.digest());
        assertThat(new Variations(1).show(DIGITS, 1).digest()).isNotEqualTo(shown.digest());
        assertThat(new Variations(2).show(DIGITS, 0).digest()).isNotEqualTo(shown.digest());
    }

    /** Small things change, the picture does not: the labels stay, and every version is most like its own original. */
    @Test
    void aVersionIsStillThePictureThatItWas() {
        Dataset shown = new Variations(1).show(DIGITS, 0);
        assertThat(shown.labels()).isEqualTo(DIGITS.labels());
        int recognised = 0;
        for (int i = 0; i < DIGITS.size(); i++) {
            assertThat(shown.image(i)).isNotEqualTo(DIGITS.image(i));
            int nearest = 0;
            for (int j = 1; j < DIGITS.size(); j++) {
                nearest = distance(shown.image(i), DIGITS.image(j)) < distance(shown.image(i), DIGITS.image(nearest))
                        ? j
                        : nearest;
            }
            recognised += nearest == i ? 1 : 0;
        }
        assertThat(recognised).isGreaterThan(48);
    }

    /** Twice brighter is not a version: the mean of a grey picture stays near. */
    @Test
    void brightnessStaysNear() {
        byte[] grey = new byte[3 * 16 * 16 * 100];
        Arrays.fill(grey, (byte) 100);
        Dataset plain = new Dataset("grey", new ImageShape(3, 16, 16), grey, new int[100], List.of("only"));
        Dataset shown = new Variations(3).show(plain, 0);
        double sum = 0;
        for (int i = 0; i < 100; i++) {
            for (byte value : shown.image(i)) {
                sum += value & 0xff;
            }
        }
        assertThat(sum / grey.length).isBetween(90.0, 112.0);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "3, 1, 40", "1, 3, 2", "3, 5, 7"})
    void anyShapeWillDo(int channels, int height, int width) {
        ImageShape shape = new ImageShape(channels, height, width);
        Dataset data = new Dataset("odd", shape, new byte[40 * shape.size()], new int[40], List.of("only"));
        for (int epoch = 0; epoch < 5; epoch++) {
            assertThat(new Variations(1).show(data, epoch).size()).isEqualTo(40);
        }
    }

    private static long distance(byte[] one, byte[] other) {
        long sum = 0;
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] & 0xff) - (other[i] & 0xff);
            sum += (long) difference * difference;
        }
        return sum;
    }

    /** A noise takes any band for any time: patches on spectrograms may be larger than those on pictures. */
    @Test
    void recordingsHaveLargerPatchesToo() {
        int count = 200;
        ImageShape shape = new ImageShape(1, 32, 32);
        Recordings silence = new Recordings(new Spectrogram(shape, 8000, 4000), new short[4000 * count]);
        byte[] black = new byte[shape.size() * count];
        int[] labels = new int[count];
        Dataset heard = new Dataset("silence", silence, labels, List.of("only"));
        Dataset seen = new Dataset("black", shape, black, labels, List.of("only"));
        assertThat(heard.image(0)).isEqualTo(seen.image(0));
        // A small patch is at most 8 x 8; a veil is at most a third as bright as the brightest.
        assertThat(brightest(new Variations(1).show(seen, 0))).isLessThanOrEqualTo(64);
        assertThat(brightest(new Variations(1).show(heard, 0))).isBetween(200, 338);
    }

    /** The most pixels of one image that only a patch makes so bright. */
    private static int brightest(Dataset shown) {
        int most = 0;
        for (int i = 0; i < shown.size(); i++) {
            int bright = 0;
            for (byte value : shown.image(i)) {
                bright += (value & 0xff) > 150 ? 1 : 0;
            }
            most = Math.max(most, bright);
        }
        return most;
    }
}
