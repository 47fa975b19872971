package io.sapper.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the real data that some tests read; without it they are skipped. */
public final class SharedData {
    private SharedData() {}

    /** A folder in {@code shared} of the working folder or one above it, beside the data sets. */
    public static Path beside(String name) {
        String named = System.getenv("SAPPER_DATA");
        if (named != null && Files.isDirectory(Path.of(named).resolveSibling(name))) {
            return Path.of(named).resolveSibling(name);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared").resolve(name);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        assumeTrue(false, "No " + name + " here: put it in a folder 'shared' beside this project to run this test.");
        throw new AssertionError("not reached");
    }

    /** A folder in {@code SAPPER_DATA}, or in {@code shared/data} of the working folder or one above it. */
    public static Path folder(String name) {
        String named = System.getenv("SAPPER_DATA");
        if (named != null && Files.isDirectory(Path.of(named, name))) {
            return Path.of(named, name);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path folder = at.resolve("shared").resolve("data").resolve(name);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        assumeTrue(false, "No " + name + " here: name the folder of real data sets in SAPPER_DATA to run this test.");
        throw new AssertionError("not reached");
    }
}
