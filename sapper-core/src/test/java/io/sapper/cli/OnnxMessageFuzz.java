package io.sapper.cli;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.sapper.network.FuzzedModel;

/** As {@link OnnxFuzz}, from messages: Jazzer changes fields, and what comes out can always be parsed. */
public final class OnnxMessageFuzz {
    private static final FuzzedModel MODEL = new FuzzedModel();

    private OnnxMessageFuzz() {}

    public static void fuzzerTestOneInput(@NotNull ModelProto model) {
        byte[] bytes = model.toByteArray();
        MODEL.run(bytes, graph -> Inspection.of(graph, "fuzzed", "", bytes.length));
    }
}
