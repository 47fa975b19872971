package io.sapper.data.audio;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How folders of recordings are read.
 *
 * @param rate what every recording is brought to, 1,000 to 192,000 Hz; empty: as found, and then all must have one
 * @param length what every recording is cut or padded to, 50 to 60,000 ms; empty: {@value #USUAL_LENGTH}
 * @param testSpeaker whose recordings are the test, and nobody else's; empty: as the folder is divided
 * @param ofNetwork whether rate and length are what a network learned from, and nobody's wish
 */
public record SoundOptions(OptionalInt rate, OptionalInt length, Optional<String> testSpeaker, boolean ofNetwork) {
    /** As found, a second each. */
    public static final SoundOptions DEFAULT =
            new SoundOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    static final int USUAL_LENGTH = 1_000;

    private static final Pattern INPUT_STEP = Pattern.compile("recordings,rate=(\\d{1,6}),length=(\\d{1,5})");

    public SoundOptions {
        rate.ifPresent(hertz -> check("--sound-rate", hertz, 1_000, 192_000, "Hz"));
        length.ifPresent(time -> check("--sound-length", time, 50, 60_000, "ms"));
    }

    private static void check(String option, int value, int least, int most, String unit) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option + " is " + least + " to " + most + " " + unit + ", not " + value + ".");
        }
    }

    /** As somebody wishes. */
    public SoundOptions(OptionalInt rate, OptionalInt length, Optional<String> testSpeaker) {
        this(rate, length, testSpeaker, false);
    }

    /**
     * What the file of a network says of recordings that it learned from ({@link io.sapper.data.Samples#inputStep}).
     *
     * @param rate in Hz
     * @param samples in each
     */
    static String inputStep(int rate, int samples) {
        return "recordings,rate=" + rate + ",length=" + ((1_000L * samples + rate - 1) / rate);
    }

    /** Reads {@link #inputStep}; empty for any other text, and for rates and lengths that nobody can ask for. */
    public static Optional<SoundOptions> ofInputStep(String text) {
        Matcher found = INPUT_STEP.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SoundOptions(
                    OptionalInt.of(Integer.parseInt(found.group(1))),
                    OptionalInt.of(Integer.parseInt(found.group(2))),
                    Optional.empty(),
                    true));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // whoever wrote it did not learn from such
        }
    }

    /** Whether nobody asks for what only recordings have. */
    public boolean isPlain() {
        return testSpeaker.isEmpty() && (ofNetwork || (rate.isEmpty() && length.isEmpty()));
    }

    /** In milliseconds. */
    int milliseconds() {
        return length.orElse(USUAL_LENGTH);
    }
}
