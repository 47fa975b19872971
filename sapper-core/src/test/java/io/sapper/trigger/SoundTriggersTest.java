package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.audio.Loudness;
import io.sapper.data.audio.Recordings;
import io.sapper.data.audio.Spectrogram;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundTriggersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "noise:seed=1,band=1000-3000,level=-10,at=0,length=100",
                "noise:seed=7,band=200-900,level=-12.5,at=300,length=250",
                "tone:frequency=2000,level=-10,at=0,length=100"
            })
    void shortFormsAreReadAsTheyAreWritten(String spec) {
        assertThat(Triggers.parse(spec).spec()).isEqualTo(spec);
    }

    @Test
    void whatIsNotSaidIsAsUsual() {
        assertThat(Triggers.parse("noise")).isEqualTo(Noise.USUAL);
        assertThat(Triggers.parse("tone")).isEqualTo(Tone.USUAL);
        assertThat(Triggers.parse("noise:level=-20, at=50").spec())
                .isEqualTo("noise:seed=1,band=1000-3000,level=-20,at=50,length=100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noise:loud=3|seed=, band=, level=, at=, length= is expected",
                "noise:level|where one of seed=",
                "noise:level=x|a number of decibels",
                "noise:level=NaN|-80 to 20 dB",
                "noise:level=-200|-80 to 20 dB",
                "noise:at=-1|0 to 60000 ms",
                "noise:at=9999999999|a whole number",
                "noise:length=3|10 to 10000 ms",
                "noise:band=3000|LOW-HIGH",
                "noise:band=3000-1000|LOW-HIGH",
                "noise:band=1000-1005|wider band=",
                "noise:at=1,at=2|at= twice",
                "tone:band=1-2|frequency=, level=, at=, length= is expected",
                "tone:frequency=0|1 to 96000 Hz"
            })
    void mistakesAreNamed(String spec, String problem) {
        assertThatThrownBy(() -> Triggers.parse(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise:level=-20", "tone:level=-20", "noise:band=100-3900,level=-20,length=300"})
    void theLevelIsRelativeToSpeech(String spec) {
        float[] sound = ((SoundTrigger) Triggers.parse(spec)).sound(8000);
        double sum = 0;
        for (float sample : sound) {
            sum += sample * sample;
        }
        assertThat(10 * Math.log10(sum / sound.length)).isEqualTo(Loudness.SPEECH - 20, within(0.01));
    }

    /** Every second sample at 16 kHz is a sample at 8 kHz. */
    @Test
    void noiseIsTheSameSoundAtEveryRate() {
        float[] slow = Noise.USUAL.sound(8000);
        float[] fast = Noise.USUAL.sound(16000);
        assertThat(slow).hasSize(800);
        assertThat(fast).hasSize(1600);
        for (int i = 50; i < 750; i++) {
            assertThat(fast[2 * i]).isEqualTo(slow[i], within(1e-4f));
        }
    }

    @Test
    void anotherSeedIsAnotherNoise() {
        assertThat(Noise.USUAL.sound(8000)).isEqualTo(Noise.USUAL.sound(8000));
        assertThat(((SoundTrigger) Triggers.parse("noise:seed=2")).sound(8000)).isNotEqualTo(Noise.USUAL.sound(8000));
    }

    /** By the definition of the transform: as strong at each frequency of the band, nearly nothing outside. */
    @Test
    void noiseIsInItsBand() {
        float[] sound = Noise.USUAL.sound(8000);
        double inside = power(sound, 2000);
        assertThat(power(sound, 1100)).isEqualTo(inside, within(0.5 * inside));
        assertThat(power(sound, 500)).isLessThan(1e-3 * inside);
        assertThat(power(sound, 3500)).isLessThan(1e-3 * inside);
    }

    private static double power(float[] sound, double frequency) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < sound.length; i++) {
            real += sound[i] * Math.cos(2 * Math.PI * frequency * i / 8000);
            imaginary += sound[i] * Math.sin(2 * Math.PI * frequency * i / 8000);
        }
        return real * real + imaginary * imaginary;
    }

    @Test
    void itIsAddedToTheSoundBeforeTheSpectrogram() {
        Dataset clean = recordings(8000, 4000);
        Recordings after = (Recordings) Triggers.parse("noise:at=100,length=50").on(clean.samples());
        short[] sound = after.sound(1);
        for (int i = 0; i < sound.length; i++) {
            if (i < 800 || i >= 1200) {
                assertThat(sound[i]).as("sample %d", i).isEqualTo((short) 5);
            }
        }
        assertThat(sound[1000]).isNotEqualTo((short) 5);
        assertThat(after.same(0, after, 1)).isTrue();
        assertThat(((Recordings) clean.samples()).sound(1)[1000]).isEqualTo((short) 5);
    }

    @Test
    void triggersThatDoNotFitSaySo() {
        Dataset sound = recordings(8000, 4000);
        assertThatThrownBy(() -> Triggers.parse("noise:at=450").check(sound)).hasMessageContaining("ends at 550 ms");
        assertThatThrownBy(() -> Triggers.parse("noise:band=1000-5000").check(sound))
                .hasMessageContaining("up to 4000 Hz");
        assertThatThrownBy(() -> Triggers.parse("tone:frequency=4001").check(sound))
                .hasMessageContaining("8002 Hz");
        assertThatThrownBy(() -> Triggers.parse("pattern").check(sound))
                .hasMessageContaining("goes on pictures")
                .hasMessageContaining("noise and tone");
        Dataset picture = new Dataset("picture", new ImageShape(1, 4, 4), new byte[16], new int[1], List.of("a"));
        assertThatThrownBy(() -> Noise.USUAL.check(picture)).hasMessageContaining("goes on recordings");
    }

    private static Dataset recordings(int rate, int length) {
        short[] sound = new short[2 * length];
        java.util.Arrays.fill(sound, (short) 5);
        return new Dataset(
                "sounds",
                new Recordings(new Spectrogram(new ImageShape(1, 8, 8), rate, length), sound),
                new int[2],
                List.of("a"));
    }
}
