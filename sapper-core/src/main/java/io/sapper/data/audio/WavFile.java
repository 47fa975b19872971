package io.sapper.data.audio;

import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One WAV file: its head, and its sound mixed down to one channel. Read are whole numbers of 8, 16, 24 and 32 bits and
 * floating point of 32. By hand, not by {@code javax.sound.sampled}, which takes a file that was cut off for a shorter
 * one (docs/decisions/0058). Files are hostile: nothing is taken for granted that the head says, and nothing is read
 * before its size is known to be small.
 */
final class WavFile {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int MOST_CHUNKS = 1_000;
    private static final int MOST_CHANNELS = 64;
    private static final long OPEN_END = 0xFFFFFFFFL;

    private final Path file;
    private final SeekableByteChannel in;
    private int coding = -1;
    private int channels;
    private int rate;
    private int frameBytes;
    private int bits;
    private long dataBytes;

    private WavFile(Path file, SeekableByteChannel in) {
        this.file = file;
        this.in = in;
    }

    /**
     * The rate, from the head alone.
     *
     * @throws MalformedFileException if it is no WAV file that is read
     */
    static int rate(Path file) throws IOException {
        try (SeekableByteChannel in = open(file)) {
            return new WavFile(file, in).head().rate;
        }
    }

    /**
     * All of the sound.
     *
     * @param most milliseconds that it may be long
     * @throws MalformedFileException if it is no WAV file that is read, is cut off, longer than that, or without sound
     */
    static Sound read(Path file, int most) throws IOException {
        try (SeekableByteChannel in = open(file)) {
            return new WavFile(file, in).head().sound(most);
        }
    }

    private static SeekableByteChannel open(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new MalformedFileException(file, "", "This is no plain file.");
        }
        try {
            return Files.newByteChannel(file);
        } catch (NoSuchFileException e) {
            throw new MalformedFileException(file, "", "There is no such file.");
        }
    }

    /** Walks the chunks up to the sound. */
    private WavFile head() throws IOException {
        if (in.size() == 0) {
            throw bad("", "The file is empty. Maybe a copy broke off.");
        }
        if (in.size() < 12) {
            throw bad("", "The file has " + in.size() + " bytes, too few for the head of a WAV file.");
        }
        ByteBuffer start = bytes(12);
        String kind = word(start);
        start.getInt();
        if (!kind.equals("RIFF") || !word(start).equals("WAVE")) {
            throw bad(
                    "",
                    "This is no WAV file: it begins with " + shown(kind)
                            + ", not with RIFF and WAVE. Maybe it is of another format; convert it, for example with: ffmpeg -i"
                            + " OLD -c:a pcm_s16le NEW.wav");
        }
        for (int i = 0; i < MOST_CHUNKS; i++) {
            if (in.size() - in.position() < 8) {
                throw bad("", "There is no sound in it (no data chunk). Maybe a copy broke off.");
            }
            ByteBuffer chunk = bytes(8);
            String name = word(chunk);
            long size = chunk.getInt() & 0xFFFFFFFFL;
            if (name.equals("data")) {
                return found(size);
            }
            long next = in.position() + size + (size & 1);
            if (name.equals("fmt ")) {
                format(size);
            }
            in.position(Math.min(next, in.size()));
        }
        throw bad("", "More than " + MOST_CHUNKS + " chunks come before the sound, more than any recorder writes.");
    }

    private void format(long size) throws IOException {
        String where = "chunk fmt";
        if (size < 16 || in.size() - in.position() < size) {
            throw bad(where, "It has " + Math.min(size, in.size() - in.position()) + " bytes; expected at least 16.");
        }
        ByteBuffer head = bytes((int) Math.min(size, 40));
        coding = head.getShort() & 0xFFFF;
        channels = head.getShort() & 0xFFFF;
        long hertz = head.getInt() & 0xFFFFFFFFL;
        head.getInt();
        frameBytes = head.getShort() & 0xFFFF;
        bits = head.getShort() & 0xFFFF;
        if (coding == EXTENSIBLE && size >= 40) {
            coding = head.getShort(24) & 0xFFFF;
        }
        boolean whole = coding == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32);
        if (!whole && !(coding == FLOAT && bits == 32)) {
            throw bad(
                    where,
                    "The sound is " + codingText()
                            + "; read are PCM of 8, 16, 24 or 32 bits and floating point of 32. Convert it, for example with:"
                            + " ffmpeg -i OLD -c:a pcm_s16le NEW.wav");
        }
        if (channels < 1 || channels > MOST_CHANNELS || frameBytes != channels * (bits / 8)) {
            throw bad(
                    where,
                    channels + " channels of " + bits + " bits in " + frameBytes
                            + " bytes do not go together. Maybe the file is damaged.");
        }
        if (hertz < 1_000 || hertz > 384_000) {
            throw bad(where, "The rate is " + hertz + " Hz; expected 1000 to 384000. Maybe the file is damaged.");
        }
        rate = (int) hertz;
    }

    private String codingText() {
        return switch (coding) {
            case PCM -> "PCM of " + bits + " bits";
            case FLOAT -> "floating point of " + bits + " bits";
            case 2, 0x11 -> "compressed (ADPCM, code " + coding + ")";
            case 6 -> "compressed (A-law, code 6)";
            case 7 -> "compressed (mu-law, code 7)";
            case 0x31 -> "compressed (GSM, code 49)";
            case 0x50, 0x55 -> "compressed (MPEG, code " + coding + ")";
            default -> "coded in a way that is not read (code " + coding + ")";
        };
    }

    private WavFile found(long size) throws IOException {
        if (coding < 0) {
            throw bad("chunk data", "It comes before the chunk fmt that says how the sound is coded.");
        }
        long there = in.size() - in.position();
        if (size != OPEN_END && size > there) {
            throw bad(
                    "chunk data",
                    "The head promises " + size + " bytes of sound, but only " + there
                            + " are there. Maybe a copy broke off; get the file again.");
        }
        dataBytes = Math.min(size, there);
        if (dataBytes < frameBytes) {
            throw bad("chunk data", "There is no sound in it: it is 0 seconds long. Take the file away.");
        }
        return this;
    }

    private Sound sound(int most) throws IOException {
        long frames = dataBytes / frameBytes;
        if (1000.0 * frames / rate > most) {
            throw bad(
                    "",
                    String.format(
                            Locale.ROOT,
                            "The recording is %.1f s long, and more than %.1f s is taken for a mistake, not cut. Cut it into"
                                    + " pieces of one word each, or let a network hear more with --sound-length.",
                            (double) frames / rate,
                            most / 1000.0));
        }
        ByteBuffer data = bytes(Math.toIntExact(frames * frameBytes));
        float[] samples = new float[(int) frames];
        for (int i = 0; i < samples.length; i++) {
            double sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += sample(data);
            }
            samples[i] = (float) (sum / channels);
            if (!Float.isFinite(samples[i])) {
                throw bad("sample " + i, "It is not finite. Maybe the file is damaged.");
            }
        }
        return new Sound(rate, samples);
    }

    /** The next number, in [-1, 1]. */
    private double sample(ByteBuffer data) {
        if (coding == FLOAT) {
            return data.getFloat();
        }
        return switch (bits) {
            case 8 -> ((data.get() & 0xff) - 128) / 128.0;
            case 16 -> data.getShort() / 32768.0;
            case 24 -> ((data.get() & 0xff) | (data.get() & 0xff) << 8 | data.get() << 16) / 8388608.0;
            default -> data.getInt() / 2147483648.0;
        };
    }

    private ByteBuffer bytes(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                throw bad("byte " + in.position(), "The file ends too early. Maybe a copy broke off.");
            }
        }
        return buffer.flip();
    }

    private static String word(ByteBuffer bytes) {
        byte[] word = new byte[4];
        bytes.get(word);
        return new String(word, StandardCharsets.ISO_8859_1);
    }

    private static String shown(String word) {
        return word.chars().allMatch(c -> c >= ' ' && c < 0x7f) ? "'" + word + "'" : "other bytes";
    }

    private MalformedFileException bad(String where, String problem) {
        return new MalformedFileException(file, where, problem);
    }

    /** Sound of 16 bits and one channel as the bytes of a WAV file, to listen to. */
    static byte[] bytes(short[] sound, int rate) {
        ByteBuffer wav = ByteBuffer.allocate(44 + 2 * sound.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * sound.length);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wav.putShort((short) PCM).putShort((short) 1).putInt(rate).putInt(2 * rate);
        wav.putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * sound.length);
        wav.asShortBuffer().put(sound);
        return wav.array();
    }
}
