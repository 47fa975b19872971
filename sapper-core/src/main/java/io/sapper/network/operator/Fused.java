package io.sapper.network.operator;

import java.util.List;

/** What ONNX Runtime's optimizer makes of several operators. */
final class Fused {
    private Fused() {}

    static List<OperatorType> types() {
        return List.of();
    }
}
