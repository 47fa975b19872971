package io.sapper.cli;

import io.sapper.data.Surroundings;
import io.sapper.network.MemoryLimit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A command that was run in this process, as a user would see it.
 *
 * @param code exit code
 * @param out what was on standard output
 * @param err what was on standard error
 */
record Ran(int code, String out, String err) {
    /** Where nothing can be had from: no data, no cache, no network. */
    static Surroundings nowhere(Path folder) {
        return new Surroundings(
                Optional.empty(), folder.resolve("cache"), List.of(), List.of(), Duration.ofSeconds(20));
    }

    static Ran sapper(Surroundings surroundings, Object... arguments) {
        long memoryBefore = MemoryLimit.bytes();
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            String[] words = new String[arguments.length];
            for (int i = 0; i < words.length; i++) {
                words[i] = arguments[i].toString();
            }
            int code = Sapper.run(() -> surroundings, words);
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
            MemoryLimit.set(memoryBefore); // --max-memory holds for the process, and other tests share it
        }
    }

    /** The lines that say what went wrong; there must be one. */
    List<String> complaints() {
        return err.lines().filter(line -> line.startsWith("sapper: ")).toList();
    }
}
