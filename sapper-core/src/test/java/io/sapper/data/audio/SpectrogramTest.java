package io.sapper.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectrogramTest {
    /**
     * By hand: 64 rows at 8 kHz are 62.5 Hz each, and 1,031 Hz is in row 16 counted from the bottom; 512 rows, 7.8 Hz.
     */
    @ParameterizedTest
    @CsvSource({"64, 8000, 16", "64, 16000, 8", "512, 8000, 132", "32, 11025, 6"})
    void aToneIsBrightInItsRowOnly(int size, int rate, int fromBottom) {
        byte[] image = draw(new ImageShape(1, size, size), rate, rate, tone(rate, rate, 1031, -26));
        int brightest = 0;
        for (int y = 0; y < size; y++) {
            brightest = at(image, size, y, size / 2) > at(image, size, brightest, size / 2) ? y : brightest;
        }
        assertThat(size - 1 - brightest).isEqualTo(fromBottom);
        assertThat(at(image, size, 0, size / 2)).isZero();
    }

    /**
     * By hand: -55 dB lies in the middle of -90 to -20 dB. A tone in the middle of a row of two frequencies (8 kHz, 256
     * samples, 31.25 Hz each) has, under a Hann window, 0.849 squared of its power in each of the two.
     */
    @Test
    void brightnessIsDecibelsOfFullScale() {
        byte[] image = draw(new ImageShape(1, 64, 64), 8000, 8000, tone(8000, 8000, 32.5 * 31.25, -30));
        double expected = 255 * (-30 + 20 * Math.log10(0.849) + 90) / 70;
        assertThat((double) at(image, 64, 63 - 16, 32)).isEqualTo(expected, within(1.5));
    }

    @Test
    void silenceIsBlackAndTimeGoesToTheRight() {
        short[] sound = new short[8000];
        System.arraycopy(tone(8000, 2000, 500, -26), 0, sound, 4000, 2000);
        byte[] image = draw(new ImageShape(1, 64, 64), 8000, 8000, sound);
        for (int x = 0; x < 64; x++) {
            int sum = 0;
            for (int y = 0; y < 64; y++) {
                sum += at(image, 64, y, x);
            }
            // Windows of 32 ms reach one column of 15.6 ms further on each side.
            if (x < 30 || x > 49) {
                assertThat(sum).as("column %d", x).isZero();
            } else if (x >= 33 && x <= 46) {
                assertThat(sum).as("column %d", x).isPositive();
            }
        }
    }

    @Test
    void everyChannelIsTheSame() {
        byte[] image = draw(new ImageShape(3, 32, 48), 8000, 4000, tone(8000, 4000, 700, -26));
        byte[] grey = draw(new ImageShape(1, 32, 48), 8000, 4000, tone(8000, 4000, 700, -26));
        for (int channel = 0; channel < 3; channel++) {
            assertThat(java.util.Arrays.copyOfRange(image, channel * 32 * 48, (channel + 1) * 32 * 48))
                    .isEqualTo(grey);
        }
    }

    private static byte[] draw(ImageShape shape, int rate, int length, short[] sound) {
        byte[] image = new byte[shape.size()];
        new Spectrogram(shape, rate, length).draw(sound, 0, image, 0);
        return image;
    }

    private static short[] tone(int rate, int length, double frequency, double decibels) {
        short[] sound = new short[length];
        for (int i = 0; i < length; i++) {
            sound[i] = Loudness.toShort(Loudness.amplitude(decibels) * Math.sin(2 * Math.PI * frequency * i / rate));
        }
        return sound;
    }

    private static int at(byte[] image, int width, int row, int column) {
        return image[row * width + column] & 0xff;
    }
}
