package io.sapper.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.data.PictureBlock;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingsTest {
    private static final Spectrogram SEEN = new Spectrogram(new ImageShape(1, 8, 8), 8000, 4);
    private static final Recordings TWO = new Recordings(SEEN, new short[] {1, 2, 3, 4, 5, 6, 7, 32767});

    @Test
    void aSoundIsAddedToEachAndCutOffAtFullScale() {
        Recordings mixed = TWO.with(new float[] {100f / Short.MAX_VALUE, 1}, 2);
        assertThat(mixed.sound(0)).containsExactly(1, 2, 103, 32767);
        assertThat(mixed.sound(1)).containsExactly(5, 6, 107, 32767);
        assertThat(TWO.sound(0)).containsExactly(1, 2, 3, 4);
        assertThatThrownBy(() -> TWO.with(new float[3], 2)).hasMessageContaining("3 samples from 2");
    }

    @Test
    void partsAndJoinsKeepTheOrder() {
        Recordings joined = TWO.subset(new int[] {1}).append(TWO);
        assertThat(joined.size()).isEqualTo(3);
        assertThat(joined.sound(0)).containsExactly(5, 6, 7, 32767);
        assertThat(joined.same(0, TWO, 1)).isTrue();
        assertThat(joined.same(0, TWO, 0)).isFalse();
    }

    @Test
    void otherKindsAndRatesAreNotJoined() {
        Recordings faster = new Recordings(new Spectrogram(new ImageShape(1, 8, 8), 16000, 4), new short[4]);
        assertThatThrownBy(() -> TWO.append(faster)).hasMessageContaining("cannot be joined");
        assertThatThrownBy(() -> TWO.append(new PictureBlock(new ImageShape(1, 8, 8), new byte[64])))
                .hasMessageContaining("cannot be joined");
    }

    @Test
    void whatDoesNotFitInMemoryIsSaid() {
        assertThatThrownBy(() -> Recordings.block(1_000_000, 16_000)).hasMessageContaining("SAPPER_JAVA_OPTS");
    }

    @Test
    void theDigestIsOfRateLengthAndSound() {
        assertThat(digest(TWO)).isEqualTo(digest(TWO.subset(new int[] {0, 1})));
        assertThat(digest(TWO)).isNotEqualTo(digest(TWO.subset(new int[] {1, 0})));
        assertThat(digest(TWO))
                .isNotEqualTo(digest(new Recordings(
                        new Spectrogram(new ImageShape(1, 8, 8), 16000, 4), new short[] {1, 2, 3, 4, 5, 6, 7, 32767})));
    }

    private static String digest(Recordings recordings) {
        return new Dataset("data", recordings, new int[2], List.of("a")).digest();
    }

    /** Half of the time a sine, half silence: the silence does not count. */
    @Test
    void loudnessIsThatOfWhatIsNotSilent() {
        float[] half = new float[8000];
        for (int i = 0; i < 4000; i++) {
            half[i] = (float) (0.02 * Math.sin(i * 0.7));
        }
        assertThat(Loudness.of(half, 8000)).isEqualTo(0.02 / Math.sqrt(2), within(2e-4));
        short[] evened = Loudness.evened(half, 8000);
        float[] again = new float[8000];
        for (int i = 0; i < 8000; i++) {
            again[i] = evened[i] / 32767f;
        }
        assertThat(20 * Math.log10(Loudness.of(again, 8000))).isEqualTo(Loudness.SPEECH, within(0.05));
    }

    @Test
    void aClickIsNotMadeLouderThanFullScale() {
        float[] click = new float[48000];
        click[100] = 0.5f;
        click[101] = 0.25f;
        assertThat(Loudness.evened(click, 48000)[101]).isEqualTo((short) 16384);
    }

    @Test
    void aToneIsTheSameToneAtAnotherRate() {
        for (int[] rates : new int[][] {{16000, 8000}, {8000, 16000}, {44100, 8000}}) {
            Sound tone = tone(rates[0], 440);
            Sound there = tone.at(rates[1]);
            Sound expected = tone(rates[1], 440);
            assertThat(there.samples()).hasSize(rates[1]);
            for (int i = rates[1] / 10; i < rates[1] * 9 / 10; i++) {
                assertThat(there.samples()[i]).isEqualTo(expected.samples()[i], within(0.01f));
            }
        }
    }

    @Test
    void whatTheNewRateCannotHoldIsGone() {
        Sound high = tone(16000, 6000).at(8000);
        assertThat(Loudness.of(java.util.Arrays.copyOfRange(high.samples(), 800, 7200), 8000))
                .isLessThan(0.01);
    }

    @Test
    void theLoudestStretchIsKeptAndSilenceFollowsWhatIsShort() {
        Sound sound = new Sound(8000, new float[] {0, 0.1f, 0.5f, -0.5f, 0.1f});
        assertThat(sound.stretch(2).samples()).containsExactly(0.5f, -0.5f);
        assertThat(sound.stretch(7).samples()).containsExactly(0, 0.1f, 0.5f, -0.5f, 0.1f, 0, 0);
    }

    private static Sound tone(int rate, double frequency) {
        float[] samples = new float[rate];
        for (int i = 0; i < rate; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * frequency * i / rate);
        }
        return new Sound(rate, samples);
    }
}
