package io.sapper.network.operator;

import java.util.List;

/** Comparing, choosing between two, and logic. */
final class Comparisons {
    private Comparisons() {}

    static List<OperatorType> types() {
        return List.of();
    }
}
