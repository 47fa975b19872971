package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.Changes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedTextTest {
    @Test
    void fewAreNamedAll() {
        assertThat(ChangedText.lines(changes(List.of("a", "b"), List.of(new Changes.AddedNode("c.mask", "Mul", 3)))))
                .containsExactly(
                        "",
                        "repaired.onnx: 2 of 9 stored tensors changed:",
                        "  a, b",
                        "  added: Mul c.mask, 3 channels off");
    }

    /** Whatever names a file has, a line stays within a terminal and says how many it leaves out. */
    @Test
    void manyAreCut() {
        List<String> names =
                IntStream.range(0, 40).mapToObj(i -> "layer" + i + ".weight").toList();
        List<String> lines = ChangedText.lines(changes(names, List.of()));
        assertThat(lines).allMatch(line -> line.length() <= 80);
        assertThat(lines)
                .last()
                .asString()
                .startsWith("  layer0.weight, layer1.weight, ")
                .endsWith(", and 36 more");
        List<String> longest = List.of("x".repeat(500), "y".repeat(500));
        assertThat(ChangedText.lines(changes(longest, List.of()))).allMatch(line -> line.length() <= 80);
    }

    @Test
    void noneIsSaidToo() {
        assertThat(ChangedText.lines(changes(List.of(), List.of())))
                .containsExactly("", "repaired.onnx: 0 of 9 stored tensors changed");
    }

    private static Changes changes(List<String> names, List<Changes.AddedNode> nodes) {
        return new Changes(
                "repaired.onnx",
                9,
                names.stream()
                        .map(name -> new Changes.ChangedTensor(name, "float", List.of(2), 1, 0.5, 0.25))
                        .toList(),
                nodes);
    }
}
