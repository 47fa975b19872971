package io.sapper.network.operator;

import java.util.List;

/** Images and maps at other sizes. */
final class Resizing {
    private Resizing() {}

    static List<OperatorType> types() {
        return List.of();
    }
}
