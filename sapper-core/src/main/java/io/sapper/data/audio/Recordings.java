package io.sapper.data.audio;

import io.sapper.data.ImageShape;
import io.sapper.data.Samples;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Recordings of one rate and length, 16 bits a sample, one channel, in one block. A network sees the
 * {@link Spectrogram} of each, which is made anew whenever it is asked for (docs/decisions/0052).
 */
public final class Recordings implements Samples {
    private final Spectrogram spectrogram;
    private final short[] sound;

    /**
     * @param spectrogram what a network sees of each; tells rate and length
     * @param sound all recordings, one after the other; belongs to the block from then on
     */
    public Recordings(Spectrogram spectrogram, short[] sound) {
        this.spectrogram = spectrogram;
        this.sound = sound;
    }

    @Override
    public int size() {
        return sound.length / length();
    }

    @Override
    public ImageShape shape() {
        return spectrogram.shape();
    }

    /** Samples a second, in Hz. */
    public int rate() {
        return spectrogram.rate();
    }

    /** Samples in each recording. */
    public int length() {
        return spectrogram.length();
    }

    /** Length of each recording, in milliseconds. */
    public int milliseconds() {
        return (int) (1000L * length() / rate());
    }

    @Override
    public String inputStep() {
        return SoundOptions.inputStep(rate(), length());
    }

    /** The samples of one recording, copied. */
    public short[] sound(int index) {
        return Arrays.copyOfRange(sound, index * length(), (index + 1) * length());
    }

    /** One recording as a WAV file, to listen to. */
    public byte[] wav(int index) {
        return WavFile.bytes(sound(index), rate());
    }

    /**
     * Copies of the recordings, each with a sound added.
     *
     * @param added amplitudes, 1 is full scale; what becomes louder than that is cut off
     * @param from where in each recording it begins; it ends within it
     */
    public Recordings with(float[] added, int from) {
        if (from < 0 || from + added.length > length()) {
            throw new IllegalArgumentException("A sound of " + added.length + " samples from " + from
                    + " on does not lie within recordings of " + length() + ".");
        }
        short[] mixed = sound.clone();
        for (int start = from; start < mixed.length; start += length()) {
            for (int i = 0; i < added.length; i++) {
                mixed[start + i] = Loudness.toShort(mixed[start + i] / (double) Short.MAX_VALUE + added[i]);
            }
        }
        return new Recordings(spectrogram, mixed);
    }

    @Override
    public void copyImage(int index, byte[] target, int offset) {
        spectrogram.draw(sound, index * length(), target, offset);
    }

    @Override
    public Recordings subset(int[] indices) {
        short[] chosen = new short[block(indices.length)];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(sound, indices[i] * length(), chosen, i * length(), length());
        }
        return new Recordings(spectrogram, chosen);
    }

    @Override
    public Recordings append(Samples other) {
        if (!(other instanceof Recordings more) || !more.spectrogram.equals(spectrogram)) {
            throw new IllegalArgumentException("Recordings of " + milliseconds() + " ms at " + rate() + " Hz and "
                    + other + " cannot be joined: other kind, rate, length or size of spectrogram.");
        }
        short[] joined = Arrays.copyOf(sound, block((long) size() + more.size()));
        System.arraycopy(more.sound, 0, joined, sound.length, more.sound.length);
        return new Recordings(spectrogram, joined);
    }

    @Override
    public boolean same(int index, Samples other, int at) {
        int size = length();
        return other instanceof Recordings more
                && more.length() == size
                && Arrays.equals(sound, index * size, (index + 1) * size, more.sound, at * size, (at + 1) * size);
    }

    @Override
    public String noun() {
        return "recordings";
    }

    @Override
    public void digest(MessageDigest digest) {
        ByteBuffer numbers = ByteBuffer.allocate(8);
        digest.update(numbers.putInt(rate()).putInt(length()).array());
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (short sample : sound) {
            if (!bytes.hasRemaining()) {
                digest.update(bytes.flip());
                bytes.clear();
            }
            bytes.putShort(sample);
        }
        digest.update(bytes.flip());
    }

    @Override
    public String toString() {
        return size() + " recordings of " + milliseconds() + " ms at " + rate() + " Hz";
    }

    private int block(long recordings) {
        return block(recordings, length());
    }

    /**
     * Samples of that many recordings, which must fit in one array, and in what Java has.
     *
     * @throws IllegalArgumentException if they do not
     */
    static int block(long recordings, int length) {
        long samples = recordings * length;
        long most = Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 4);
        if (samples > most) {
            throw new IllegalArgumentException(recordings + " recordings of " + length + " samples need "
                    + (samples >> 19) + " MB in one block of memory, more than the " + (most >> 19)
                    + " MB there are for it. Maybe give Java more (SAPPER_JAVA_OPTS=-Xmx8g), fewer recordings, or a"
                    + " smaller --sound-rate or --sound-length.");
        }
        return (int) samples;
    }
}
