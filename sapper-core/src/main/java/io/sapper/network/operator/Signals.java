package io.sapper.network.operator;

import java.util.List;

/** Sounds as frequencies. */
final class Signals {
    private Signals() {}

    static List<OperatorType> types() {
        return List.of();
    }
}
