package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a verdict, or one check of it, comes to. */
public enum Outcome {
    /** Measured, and where it is wanted. */
    GOOD,
    /** Nothing that was measured can tell. */
    UNKNOWN,
    /** Measured, and not where it is wanted. */
    BAD;

    /** The worse of both: bad before unknown before good. */
    public Outcome and(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** {@code good}, {@code unknown} or {@code bad}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
