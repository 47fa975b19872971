package io.sapper.cli;

import java.util.List;

/**
 * What the launcher tells Java, so that newer ones do not warn at every start; and, as it does for what is over soon,
 * that the quick compiler is enough.
 */
final class LauncherOptions {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private LauncherOptions() {}

    static List<String> ofThisJava() {
        return Runtime.version().feature() < 23
                ? List.of(QUICK, "--enable-native-access=ALL-UNNAMED")
                : List.of(QUICK, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
}
