package io.sapper.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WavFileTest {
    private static final int MOST = 10_000;

    @TempDir
    Path folder;

    /** Java's own reader as the oracle. */
    @ParameterizedTest
    @CsvSource({"1,8,8000", "1,16,8000", "2,16,16000", "1,24,44100", "2,24,48000", "3,8,16000", "2,32,8000"})
    void isWhatJavaReads(int channels, int bits, int rate) throws Exception {
        Path file = write(Wavs.pcm(channels, rate, bits, 501, bits + channels));
        Sound sound = WavFile.read(file, MOST);
        assertThat(sound.rate()).isEqualTo(rate);
        assertThat(WavFile.rate(file)).isEqualTo(rate);
        float[] expected = oracle(file);
        assertThat(sound.samples()).hasSize(501).containsExactly(expected, within(1e-6f));
    }

    private static float[] oracle(Path file) throws Exception {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(file.toFile())) {
            AudioFormat format = in.getFormat();
            byte[] all = in.readAllBytes();
            int size = format.getSampleSizeInBits() / 8;
            float[] mixed = new float[all.length / format.getFrameSize()];
            for (int i = 0; i < all.length / size; i++) {
                long value = 0;
                for (int b = size - 1; b >= 0; b--) {
                    value = (value << 8) | (all[i * size + b] & 0xff);
                }
                boolean unsigned = format.getEncoding().equals(AudioFormat.Encoding.PCM_UNSIGNED);
                long half = 1L << (8 * size - 1);
                double number = unsigned ? value - half : value >= half ? value - 2 * half : value;
                mixed[i / format.getChannels()] += (float) (number / half / format.getChannels());
            }
            return mixed;
        }
    }

    @Test
    void floatingPointExtensibleHeadsAndOtherChunksAreRead() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        numbers.putFloat(0.5f).putFloat(-0.25f);
        Path floats = write(Wavs.riff(
                Wavs.chunk("LIST", new byte[5]), Wavs.format(3, 1, 8000, 32), Wavs.chunk("data", numbers.array())));
        assertThat(WavFile.read(floats, MOST).samples()).containsExactly(0.5f, -0.25f);

        byte[] head = Arrays.copyOf(Arrays.copyOfRange(Wavs.format(0xFFFE, 1, 8000, 16), 8, 24), 40);
        head[24] = 1; // PCM
        Path extensible = write(Wavs.riff(Wavs.chunk("fmt ", head), Wavs.chunk("data", new byte[] {0, 64})));
        assertThat(WavFile.read(extensible, MOST).samples()).containsExactly(0.5f);
    }

    /** As programs write that do not know how long it becomes. */
    @Test
    void anOpenEndIsTheEndOfTheFile() throws IOException {
        byte[] wav = Wavs.pcm(1, 8000, 16, 100, 1);
        Arrays.fill(wav, 40, 44, (byte) 0xff);
        assertThat(WavFile.read(write(wav), MOST).samples()).hasSize(100);
    }

    static Stream<Arguments> broken() {
        byte[] whole = Wavs.pcm(1, 8000, 16, 100, 1);
        byte[] damaged = Wavs.pcm(1, 8000, 16, 100, 1);
        damaged[32] = 7; // bytes of a frame
        byte[] nan = new byte[] {0, 0, (byte) 0xc0, 0x7f};
        return Stream.of(
                Arguments.of(new byte[0], "The file is empty"),
                Arguments.of(new byte[] {82, 73, 70}, "3 bytes, too few"),
                Arguments.of(
                        "fLaC0123456789abcdef".getBytes(StandardCharsets.US_ASCII),
                        "no WAV file: it begins with 'fLaC'"),
                Arguments.of(new byte[50], "begins with other bytes"),
                Arguments.of(Wavs.riff(Wavs.format(1, 1, 8000, 16)), "no data chunk"),
                Arguments.of(Wavs.riff(Wavs.chunk("data", new byte[9])), "comes before the chunk fmt"),
                Arguments.of(Arrays.copyOf(whole, 150), "promises 200 bytes of sound, but only 106"),
                Arguments.of(Arrays.copyOf(whole, 30), "bytes; expected at least 16"),
                Arguments.of(Wavs.pcm(1, 8000, 16, 0, 1), "0 seconds long"),
                Arguments.of(Wavs.pcm(1, 8000, 16, 81_000, 1), "10.1 s long"),
                Arguments.of(Wavs.riff(Wavs.format(6, 1, 8000, 8), Wavs.chunk("data", new byte[9])), "A-law"),
                Arguments.of(Wavs.riff(Wavs.format(0x55, 1, 8000, 0), Wavs.chunk("data", new byte[9])), "MPEG"),
                Arguments.of(Wavs.riff(Wavs.format(0x777, 1, 8000, 8), Wavs.chunk("data", new byte[9])), "code 1911"),
                Arguments.of(Wavs.pcm(1, 8000, 12, 100, 1), "PCM of 12 bits"),
                Arguments.of(Wavs.riff(Wavs.format(3, 1, 8000, 32), Wavs.chunk("data", nan)), "sample 0"),
                Arguments.of(Wavs.pcm(0, 8000, 16, 100, 1), "0 channels"),
                Arguments.of(Wavs.pcm(1, 7, 16, 100, 1), "rate is 7 Hz"),
                Arguments.of(Wavs.pcm(1, -1, 16, 100, 1), "rate is 4294967295 Hz"),
                Arguments.of(damaged, "do not go together"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenFilesAreNamedInOneLine(byte[] bytes, String problem) throws IOException {
        Path file = write(bytes);
        assertThatThrownBy(() -> WavFile.read(file, MOST))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(problem)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n");
    }

    /** Whatever bytes of a whole file are changed: read, or refused in one line. */
    @Test
    void changedBytesAreReadOrRefused() throws IOException {
        for (int place = 0; place < 44; place++) {
            for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                byte[] wav = Wavs.pcm(2, 16000, 16, 50, 3);
                wav[place] = (byte) value;
                try {
                    assertThat(WavFile.read(write(wav), MOST).samples().length).isBetween(1, 200);
                } catch (MalformedFileException e) {
                    assertThat(e).hasMessageContaining("sound.wav");
                }
            }
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Sound sound = WavFile.read(write(WavFile.bytes(new short[] {0, 16384, -32768}, 8000)), MOST);
        assertThat(sound.samples()).containsExactly(0, 0.5f, -1);
        assertThat(sound.rate()).isEqualTo(8000);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("sound.wav"), bytes);
    }
}
