package io.sapper.data.audio;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How folders of recordings are read.
 *
 * @param rate what every recording is brought to, 1,000 to 192,000 Hz; empty: as found, and then all must have one
 * @param length what every recording is cut or padded to, 50 to 60,000 ms; empty: {@value #USUAL_LENGTH}
 * @param testSpeaker whose recordings are the test, and nobody else's; empty: as the folder is divided
 */
public record SoundOptions(OptionalInt rate, OptionalInt length, Optional<String> testSpeaker) {
    /** As found, a second each. */
    public static final SoundOptions DEFAULT =
            new SoundOptions(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    static final int USUAL_LENGTH = 1_000;

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

    /** Whether nothing is asked for that only recordings have. */
    public boolean isPlain() {
        return equals(DEFAULT);
    }

    /** In milliseconds. */
    int milliseconds() {
        return length.orElse(USUAL_LENGTH);
    }
}
