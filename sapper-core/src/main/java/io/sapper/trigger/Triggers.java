package io.sapper.trigger;

import io.sapper.data.Dataset;
import io.sapper.data.MalformedFileException;
import io.sapper.data.Samples;
import io.sapper.data.detection.Scenes;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Triggers from their short form, and onto many images. */
public final class Triggers {
    /** The forms that {@link #parse} reads, for messages and help. */
    public static final String KNOWN =
            "pixel, pattern, pixels:ROW,COLUMN=VALUE;..., sticker:FILE@ROW,COLUMN or sticker:FILE@ROW,COLUMN,HEIGHTxWIDTH, "
                    + "warp:FILE, warp:seed=1,grid=4,strength=0.5, blend, blend:seed=1,share=0.2, sine, sine:height=20,waves=6, "
                    + "sunglasses or sunglasses:FILE, yellow-square, bomb, flower, on-sign:FILE (all four also NAME@random,size=SHARE, the square color=RRGGBB too); on recordings: noise, "
                    + "noise:seed=1,band=LOW-HIGH,level=DB,at=MS,length=MS, tone:frequency=HZ,level=DB,at=MS,length=MS";

    private static final Pattern PIXEL = Pattern.compile("(\\d{1,6}),(\\d{1,6})=(\\d{1,6})");
    private static final Pattern STICKER =
            Pattern.compile("(.+)@(\\d{1,6}),(\\d{1,6})(?:,(\\d{1,6})x(\\d{1,6}))?", Pattern.DOTALL);

    /** Of a warp that is drawn; a file has none of these names before an equals sign. */
    private static final Pattern SETTINGS = Pattern.compile("(?:seed|grid|strength)\\s*=.*");

    private Triggers() {}

    /**
     * Reads a trigger's short form; {@code parse(t.spec()).spec()} equals {@code t.spec()}.
     *
     * @param spec {@code pixel}, {@code pattern}, {@code pixels:24,26=255;25,25=255}, {@code sticker:flower.png@3,4}
     *     (row, column of its top left corner) or {@code sticker:flower.png@3,4,5x6} (scaled to 5 rows, 6 columns),
     *     {@code warp:grid.npy}, {@code warp:seed=1,grid=4,strength=0.5} (drawn by chance),
     *     {@code blend:seed=1,share=0.2} (noise over the whole image), {@code sine:height=20,waves=6},
     *     {@code sunglasses} or {@code sunglasses:mine.png}, {@code yellow-square}, {@code bomb}, {@code flower} or
     *     {@code on-sign:mine.png} (on a traffic sign; of photographs with boxes also {@code bomb@random}, at another
     *     place on each sign, and of all {@code bomb@size=0.2}, of the square {@code yellow-square@color=ffeb3c}),
     *     {@code noise}, {@code noise:seed=1,band=2500-3900,level=-10,at=600,length=300} (Hz, dB relative to speech,
     *     ms), {@code tone:frequency=2000,level=-10,at=0,length=100}
     * @throws IllegalArgumentException in one line, if the form is unknown
     * @throws UncheckedIOException if a sticker's or sunglasses' picture or a warp's grid is not there or cannot be
     *     read
     */
    public static Trigger parse(String spec) {
        String text = spec.strip();
        if (SignForms.is(text)) {
            return SignForms.parse(text);
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String rest = colon < 0 ? "" : text.substring(colon + 1);
        return switch (name) {
            case SinglePixel.NAME -> plain(new SinglePixel(), colon, spec);
            case PixelPattern.NAME -> plain(new PixelPattern(), colon, spec);
            case Pixels.NAME -> pixels(rest, spec);
            case Sticker.NAME -> sticker(rest, spec);
            case Warp.NAME -> SETTINGS.matcher(rest.strip()).matches() ? ShortForm.warp(rest, spec) : warp(rest, spec);
            case Blend.NAME -> ShortForm.blend(rest, spec);
            case Sine.NAME -> ShortForm.sine(rest, spec);
            case Sunglasses.NAME -> colon < 0 ? Sunglasses.drawn() : sunglasses(rest, spec);
            case Noise.NAME -> ShortForm.noise(rest, spec);
            case Tone.NAME -> ShortForm.tone(rest, spec);
            default -> throw new IllegalArgumentException("Unknown trigger '" + spec + "'. Known are " + KNOWN + ".");
        };
    }

    /**
     * Copies of chosen samples, each with the trigger on it.
     *
     * @param name of the new data set
     * @param clean where the samples come from; stays as it is
     * @param indices which samples, in the order wanted
     * @param labels one for each copy, in the same order
     * @throws IllegalArgumentException if the trigger does not fit the samples, or changes none of them
     */
    public static Dataset triggered(String name, Dataset clean, Trigger trigger, int[] indices, int[] labels) {
        trigger.check(clean);
        Samples before = clean.samples().subset(indices);
        Samples after = trigger.on(before);
        if (indices.length > 0 && IntStream.range(0, indices.length).allMatch(i -> before.same(i, after, i))) {
            throw new IllegalArgumentException("The trigger " + trigger.spec() + " changes nothing in any of "
                    + indices.length + " " + before.noun() + " of " + clean.name()
                    + ": they have these values there already. Choose another place or value.");
        }
        return new Dataset(name, after, labels.clone(), clean.classNames());
    }

    /**
     * A trigger as one for photographs with boxes.
     *
     * @param data what it is to go on, for the message
     * @throws IllegalArgumentException if it does not go on such
     */
    public static SceneTrigger onScenes(Trigger trigger, Scenes data) {
        if (trigger instanceof SceneTrigger fits) {
            return fits;
        }
        throw new IllegalArgumentException("The trigger " + trigger.spec() + " does not go on signs, but " + data.name()
                + " has photographs with boxes. On those go yellow-square, bomb, flower and on-sign:FILE (--trigger).");
    }

    private static Trigger plain(Trigger trigger, int colon, String spec) {
        if (colon >= 0) {
            throw new IllegalArgumentException("The trigger " + trigger.spec() + " takes no settings, but '" + spec
                    + "' gives some. Maybe pixels:ROW,COLUMN=VALUE is meant.");
        }
        return trigger;
    }

    private static Trigger pixels(String rest, String spec) {
        List<Pixel> pixels = new ArrayList<>();
        for (String one : rest.split(";", -1)) {
            Matcher match = PIXEL.matcher(one.strip());
            if (!match.matches()) {
                throw new IllegalArgumentException("The trigger '" + spec + "' has '" + one
                        + "' where ROW,COLUMN=VALUE is expected, for example pixels:24,26=255;25,25=255.");
            }
            pixels.add(new Pixel(number(match, 1), number(match, 2), number(match, 3)));
        }
        return new Pixels(pixels);
    }

    private static Trigger sticker(String rest, String spec) {
        Matcher match = STICKER.matcher(rest);
        if (!match.matches()) {
            throw new IllegalArgumentException("The trigger '" + spec
                    + "' is not sticker:FILE@ROW,COLUMN or sticker:FILE@ROW,COLUMN,HEIGHTxWIDTH.");
        }
        try {
            Path file = Path.of(match.group(1));
            return match.group(4) == null
                    ? Sticker.read(file, number(match, 2), number(match, 3))
                    : Sticker.read(file, number(match, 2), number(match, 3), number(match, 4), number(match, 5));
        } catch (MalformedFileException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The trigger '" + spec + "' has no picture: " + e.getMessage(), e);
        }
    }

    private static Trigger warp(String rest, String spec) {
        return ofFile(rest, spec, "warp:FILE", "file", Warp::read);
    }

    private static Trigger sunglasses(String rest, String spec) {
        return ofFile(rest, spec, "sunglasses:FILE", "picture", Sunglasses::read);
    }

    /** Reads the file of a trigger. */
    private interface Reading {
        Trigger read(Path file) throws MalformedFileException;
    }

    private static Trigger ofFile(String rest, String spec, String form, String what, Reading reading) {
        if (rest.isBlank()) {
            throw new IllegalArgumentException("The trigger '" + spec + "' is not " + form + ".");
        }
        try {
            return reading.read(Path.of(rest));
        } catch (MalformedFileException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The trigger '" + spec + "' has no " + what + ": " + e.getMessage(), e);
        }
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }
}
