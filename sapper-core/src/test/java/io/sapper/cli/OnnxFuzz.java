package io.sapper.cli;

import io.sapper.network.FuzzedModel;

/** Fuzzing from bytes: encoding, reader, sizes, {@code inspect} and one run. Called by Jazzer (bench/fuzz.sh). */
public final class OnnxFuzz {
    private static final FuzzedModel MODEL = new FuzzedModel();

    private OnnxFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        MODEL.run(bytes, graph -> Inspection.of(graph, "fuzzed", "", bytes.length));
    }
}
