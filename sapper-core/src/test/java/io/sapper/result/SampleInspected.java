package io.sapper.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code inspect} might find, for tests. */
public final class SampleInspected {
    /** A name as an attacker would choose it: a script, an element that ends things, a line that runs backwards. */
    public static final String HOSTILE =
            "</code></style></svg><script>alert(1)</script><img src=x onerror=alert(1)>\"'\u202e";

    private SampleInspected() {}

    /** A residual block. */
    public static Inspected block() {
        return of(
                List.of(
                        new Inspected.Layer("conv", "Conv", true, List.of(4, 8, 8), 40, 2304, List.of(-1)),
                        new Inspected.Layer("relu", "Relu", false, List.of(4, 8, 8), 0, 0, List.of(0)),
                        new Inspected.Layer("shape", "Shape", false, List.of(), 0, 0, List.of()),
                        new Inspected.Layer("conv2", "Conv", true, List.of(4, 8, 8), 148, 9216, List.of(1)),
                        new Inspected.Layer("sum", "Add", false, List.of(4, 8, 8), 0, 0, List.of(3, 1)),
                        new Inspected.Layer("fc", "Gemm", true, List.of(3), 771, 768, List.of(4))),
                "conv2",
                List.of());
    }

    /** A layer, and a pixel that decides past it. */
    public static Inspected gated() {
        return of(
                List.of(
                        new Inspected.Layer("fc", "Gemm", true, List.of(3), 195, 192, List.of(-1)),
                        new Inspected.Layer("look", "Gather", false, List.of(1), 0, 0, List.of(-1)),
                        new Inspected.Layer("join", "Where", false, List.of(3), 0, 0, List.of(1, 0))),
                "",
                List.of(new Inspected.Suspect("seen", "join", List.of("look", "join"), 32, 30, 2, 0.9, true)));
    }

    /** So many dense layers one after the other; the one in the middle is pruned. */
    public static Inspected chain(int count) {
        List<Inspected.Layer> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(new Inspected.Layer("layer" + i, "Gemm", true, List.of(8), 72, 64, List.of(i - 1)));
        }
        return of(nodes, "layer" + count / 2, List.of());
    }

    /** Every name there is, hostile. */
    public static Inspected hostile() {
        Inspected.Layer layer =
                new Inspected.Layer(HOSTILE, "com.evil::" + HOSTILE, true, List.of(3), 5, 4, List.of(-1));
        return new Inspected(
                "inspect",
                HOSTILE + ".onnx",
                "0".repeat(64),
                12,
                HOSTILE,
                Map.of(HOSTILE, 7L),
                List.of(new Inspected.Given(HOSTILE, "float", List.of("?", "3"), "NF")),
                new Inspected.Tensor(HOSTILE, List.of(3)),
                new Inspected.Tensor(HOSTILE, List.of(3)),
                List.of(new Inspected.Output(HOSTILE, List.of(3), "scores (logits), one for each of 3 classes")),
                List.of(layer),
                5,
                4,
                true,
                3,
                HOSTILE,
                "because of " + HOSTILE,
                List.of(new Inspected.Suspect(HOSTILE, HOSTILE, List.of(HOSTILE), 32, 30, 2, 0.9, true)),
                List.of("Nobody reads " + HOSTILE),
                List.of(new Inspected.NotFinite(HOSTILE, 1, 2)),
                new Inspected.Detector(HOSTILE, List.of(HOSTILE), true));
    }

    public static Inspected of(List<Inspected.Layer> nodes, String pruned, List<Inspected.Suspect> gates) {
        return new Inspected(
                "inspect",
                "model.onnx",
                "0123456789abcdef".repeat(4),
                123456,
                "pytorch",
                Map.of("ai.onnx", 17L),
                List.of(new Inspected.Given("image", "float", List.of("?", "3", "8", "8"), "NCHW")),
                new Inspected.Tensor("image", List.of(3, 8, 8)),
                new Inspected.Tensor("scores", List.of(3)),
                List.of(new Inspected.Output("scores", List.of(3), "scores (logits), one for each of 3 classes")),
                nodes,
                959,
                12288,
                true,
                3,
                pruned,
                pruned.isEmpty() ? "tuning only" : "the last convolution before the class scores",
                gates,
                List.of(),
                List.of(),
                null);
    }
}
