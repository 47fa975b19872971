package io.sapper.data.audio;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the WAV files of a data set into recordings of one rate, length and loudness, and counts what had to be
 * changed.
 */
public final class Listening {
    /** A recording so many times longer than what is kept of it is no recording of one word. */
    private static final int TOO_LONG = 10;
    /** In seconds. */
    private static final double SHORTEST = 0.02;

    private final SoundOptions options;
    private final List<Path> all;
    private final Spectrogram spectrogram;
    private final boolean networks;
    private final List<String> resampled = new ArrayList<>();
    private final List<String> cut = new ArrayList<>();
    private int padded;

    /**
     * Looks at the first file.
     *
     * @param shape of the spectrograms; empty: {@link Spectrogram#USUAL}
     * @param networks whether the shape is what a network reads
     * @param all files of the data set, at least one
     * @throws MalformedFileException if the first is no WAV file that is read
     */
    public Listening(SoundOptions options, Optional<ImageShape> shape, boolean networks, List<Path> all)
            throws IOException {
        this.options = options;
        this.all = List.copyOf(all);
        this.networks = networks;
        int rate = options.rate().isPresent() ? options.rate().getAsInt() : WavFile.rate(all.get(0));
        int length = (int) ((long) rate * options.milliseconds() / 1000);
        spectrogram = new Spectrogram(shape.orElse(Spectrogram.USUAL), rate, length);
    }

    /**
     * Reads some of the files.
     *
     * @throws MalformedFileException naming the first file that cannot be read, is too long or silent
     * @throws IllegalArgumentException if rates differ and none is wanted, or the recordings do not fit in the memory
     */
    public Recordings read(List<Path> files) throws IOException {
        int length = spectrogram.length();
        short[] block = new short[Recordings.block(files.size(), length)];
        for (int i = 0; i < files.size(); i++) {
            System.arraycopy(one(files.get(i)), 0, block, i * length, length);
        }
        return new Recordings(spectrogram, block);
    }

    private short[] one(Path file) throws IOException {
        Sound found = WavFile.read(file, TOO_LONG * options.milliseconds());
        if (found.rate() != spectrogram.rate()) {
            if (options.rate().isEmpty()) {
                throw mixed();
            }
            resampled.add(shortName(file));
        }
        if (found.samples().length < SHORTEST * found.rate()) {
            throw new MalformedFileException(
                    file,
                    "",
                    String.format(
                            Locale.ROOT,
                            "The recording is only %.1f ms long (%d samples), which no word is. Record it again, or take"
                                    + " the file away.",
                            1000.0 * found.samples().length / found.rate(),
                            found.samples().length));
        }
        if (Loudness.range(found.samples()) < Loudness.SILENCE) {
            throw silent(file);
        }
        Sound sound = found.at(spectrogram.rate());
        if (sound.samples().length > spectrogram.length()) {
            cut.add(shortName(file));
        } else if (sound.samples().length < spectrogram.length()) {
            padded++;
        }
        float[] kept = sound.stretch(spectrogram.length()).samples();
        if (Loudness.peak(kept) < Loudness.SILENCE) {
            throw silent(file);
        }
        return Loudness.evened(kept, spectrogram.rate());
    }

    private static MalformedFileException silent(Path file) {
        return new MalformedFileException(
                file, "", "The recording is silent from beginning to end. Record it again, or take the file away.");
    }

    /** Rates differ: says which there are, from the heads of all files. */
    private IllegalArgumentException mixed() throws IOException {
        Map<Integer, Integer> rates = new TreeMap<>();
        for (Path file : all) {
            rates.merge(WavFile.rate(file), 1, Integer::sum);
        }
        List<String> found = rates.entrySet().stream()
                .map(rate -> rate.getValue() + " of " + rate.getKey() + " Hz")
                .toList();
        return new IllegalArgumentException("The recordings have " + found.size() + " rates: " + few(found)
                + ". A network needs one: choose it with --sound-rate, for example --sound-rate "
                + Collections.min(rates.keySet()) + ".");
    }

    /** How the recordings were read, name by name, in order, for reports. */
    public Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(
                "recordings",
                options.milliseconds() + " ms at " + spectrogram.rate() + " Hz ("
                        + from() + "), one channel, speech at "
                        + Math.round(Loudness.SPEECH) + " dB of full scale");
        List<String> changed = new ArrayList<>();
        if (padded > 0) {
            changed.add(padded + " padded with silence");
        }
        if (!cut.isEmpty()) {
            changed.add(cut.size() + " cut to their loudest " + options.milliseconds() + " ms (" + few(cut) + ")");
        }
        if (!resampled.isEmpty()) {
            changed.add(resampled.size() + " brought to the rate (" + few(resampled) + ")");
        }
        if (!changed.isEmpty()) {
            notes.put("recordings changed", String.join("; ", changed));
        }
        notes.put("network sees", spectrogram.text() + (networks ? ", as the network reads them" : ""));
        return notes;
    }

    private String from() {
        if (options.ofNetwork()) {
            return "as the network learned from";
        }
        return options.rate().isPresent() ? "--sound-rate" : "as found";
    }

    private static String few(List<String> names) {
        String text = String.join(", ", names.stream().limit(3).toList());
        return names.size() > 3 ? text + ", ..." : text;
    }

    private static String shortName(Path file) {
        Path folder = file.getParent();
        return folder == null ? file.toString() : folder.getFileName() + "/" + file.getFileName();
    }
}
