package io.sapper.cli;

import java.util.List;

/** Many things in one line. */
final class Listed {
    private static final int MOST = 6;

    private Listed() {}

    /** The first of them, separated by commas, and how many more there are. */
    static String first(List<String> names) {
        int more = names.size() - MOST;
        return String.join(", ", names.subList(0, Math.min(MOST, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
