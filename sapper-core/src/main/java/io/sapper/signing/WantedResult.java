package io.sapper.signing;

import io.sapper.result.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A result of Sapper's on the model that must be there.
 *
 * @param file its JSON
 * @param command that it must be of; empty where any will do that looks at a model that was received
 * @param verdict the worst that its verdict may be: good or unknown
 * @param maxAge how long ago it may have been made; empty where that does not matter
 */
public record WantedResult(Path file, Optional<String> command, Outcome verdict, Optional<Duration> maxAge) {
    /** Those whose good verdict means a good model: that of an attack means that the attack works. */
    public static final List<String> COMMANDS = List.of("audit", "evaluate", "repair", "inspect");
}
