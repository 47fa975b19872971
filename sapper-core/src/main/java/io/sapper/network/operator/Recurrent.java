package io.sapper.network.operator;

import java.util.List;

/** Networks with memory. */
final class Recurrent {
    private Recurrent() {}

    static List<OperatorType> types() {
        return List.of();
    }
}
