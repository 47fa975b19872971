package io.sapper.network.operator;

import java.util.List;

/** Many numbers to one: sums, means, extremes along some dimensions. */
final class Reductions {
    private Reductions() {}

    static List<OperatorType> types() {
        return List.of();
    }
}
