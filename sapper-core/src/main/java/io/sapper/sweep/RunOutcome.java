package io.sapper.sweep;

import java.io.Serializable;
import java.util.Map;

/**
 * What came of one run.
 *
 * @param name of the {@link PlannedRun}
 * @param exitCode as of the command
 * @param reason why there is no result, one line; empty where there is one
 * @param result the result as JSON; empty where there is none
 * @param networks the ONNX files that it wrote, by their names; empty where nobody keeps them
 * @param seconds wall time
 */
public record RunOutcome(
        String name, int exitCode, String reason, String result, Map<String, byte[]> networks, double seconds)
        implements Serializable {
    /** Whether there is a result. */
    public boolean finished() {
        return !result.isEmpty();
    }
}
