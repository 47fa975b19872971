package io.sapper.data.audio;

import io.sapper.data.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** WAV files for tests, whole and broken. */
public final class Wavs {
    private Wavs() {}

    /** A chunk with an even number of bytes behind its head. */
    static byte[] chunk(String name, byte[] body) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + body.length + (body.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(name.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** The chunk {@code fmt}, of 16 bytes. */
    static byte[] format(int coding, int channels, int rate, int bits) {
        ByteBuffer body = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        int frame = channels * bits / 8;
        body.putShort((short) coding).putShort((short) channels).putInt(rate).putInt(rate * frame);
        body.putShort((short) frame).putShort((short) bits);
        return chunk("fmt ", body.array());
    }

    /** A file of some chunks. */
    static byte[] riff(byte[]... chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("WAVE".getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] chunk : chunks) {
            all.writeBytes(chunk);
        }
        return chunk("RIFF", all.toByteArray());
    }

    /** Random bytes. */
    static byte[] noise(int count, long seed) {
        byte[] bytes = new byte[count];
        Seeds.generator(seed, "test sound").nextBytes(bytes);
        return bytes;
    }

    /** A whole file of noise, PCM. */
    static byte[] pcm(int channels, int rate, int bits, int frames, long seed) {
        return riff(format(1, channels, rate, bits), chunk("data", noise(frames * channels * bits / 8, seed)));
    }

    /** A recording of a tone with a little noise, 16 bits, one channel: what a class sounds like. */
    public static Path tone(Path file, int rate, int milliseconds, double frequency, long seed) throws IOException {
        RandomGenerator random = Seeds.generator(seed, "test tone");
        short[] sound = new short[rate * milliseconds / 1000];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (short) (8000 * Math.sin(2 * Math.PI * frequency * i / rate) + 400 * random.nextGaussian());
        }
        Files.createDirectories(file.getParent());
        return Files.write(file, WavFile.bytes(sound, rate));
    }
}
