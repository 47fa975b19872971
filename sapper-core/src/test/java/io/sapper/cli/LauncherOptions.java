package io.sapper.cli;

import java.util.List;

/** What the launcher tells Java, so that newer ones do not warn at every start. */
final class LauncherOptions {
    private LauncherOptions() {}

    static List<String> ofThisJava() {
        return Runtime.version().feature() < 23
                ? List.of("--enable-native-access=ALL-UNNAMED")
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
}
