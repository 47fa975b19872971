package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.report.GraphDrawing.Line;
import io.sapper.report.GraphDrawing.Step;
import io.sapper.result.Inspected;
import io.sapper.result.SampleInspected;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphDrawingTest {
    /** conv, relu, conv2, sum of both, dense: five nodes, and one that only works on sizes. */
    @Test
    void whatFollowsALayerStandsInItsRow() {
        GraphDrawing drawing = GraphDrawing.of(SampleInspected.block());
        assertThat(drawing.steps()).extracting(Step::title).containsExactly("image", "conv", "conv2", "sum", "fc");
        assertThat(drawing.steps().get(1).detail()).isEqualTo("4x8x8 · Conv, Relu · 40 parameters");
        assertThat(drawing.steps()).extracting(Step::layer).containsExactly(false, true, true, false, true);
        assertThat(drawing.steps().get(2).tags()).containsExactly("pruned by default");
        assertThat(drawing.hidden()).isEqualTo(1);
    }

    /** From conv's row a line leaves to the sum's, past conv2's. */
    @Test
    void aShortcutIsALineBeside() {
        List<Step> steps = GraphDrawing.of(SampleInspected.block()).steps();
        assertThat(paths(steps.get(0))).containsExactly("M10 26V52");
        assertThat(paths(steps.get(1))).containsExactly("M10 0V26", "M10 26V52", "M10 26C23 26 23 26 23 52");
        assertThat(paths(steps.get(2))).containsExactly("M10 0V26", "M10 26V52", "M23 0V52");
        assertThat(paths(steps.get(3))).containsExactly("M10 0V26", "M10 26V52", "M23 0C23 26 23 26 10 26");
        assertThat(paths(steps.get(4))).containsExactly("M10 0V26");
    }

    @Test
    void theWayOfAGateIsMarked() {
        List<Step> steps = GraphDrawing.of(SampleInspected.gated()).steps();
        assertThat(steps.stream().filter(Step::marked).map(Step::title)).containsExactly("image", "look", "join");
        Step join = steps.get(steps.size() - 1);
        assertThat(join.tags()).containsExactly("decides past the layers");
        assertThat(join.lines().stream().filter(Line::marked)).isNotEmpty();
        assertThat(GraphDrawing.of(SampleInspected.block()).steps().stream()
                        .flatMap(step -> step.lines().stream())
                        .noneMatch(Line::marked))
                .isTrue();
    }

    /** The middle of a thousand layers is left out, but for what is pruned and what decides. */
    @Test
    void ofALongGraphTheMiddleIsLeftOut() {
        GraphDrawing drawing = GraphDrawing.of(SampleInspected.chain(1000));
        assertThat(drawing.steps()).hasSizeLessThan(120);
        assertThat(drawing.steps().stream().filter(Step::left).map(Step::title))
                .containsExactly("461 nodes not drawn", "459 nodes not drawn");
        assertThat(drawing.steps()).anyMatch(step -> step.tags().contains("pruned by default"));
        assertThat(drawing.steps().get(drawing.steps().size() - 1).title()).isEqualTo("layer999");
    }

    /** However many lines there are, a phone has room for them. */
    @Test
    void linesThatAreTooManyShareALane() {
        List<Inspected.Layer> nodes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<Integer> reads = new ArrayList<>();
            for (int before = -1; before < i; before++) {
                reads.add(before);
            }
            nodes.add(new Inspected.Layer("n" + i, "Concat", false, List.of(4), 0, 0, reads));
        }
        assertThat(GraphDrawing.of(SampleInspected.of(nodes, "", List.of())).width())
                .isLessThanOrEqualTo(100);
    }

    private static List<String> paths(Step step) {
        return step.lines().stream().map(Line::path).toList();
    }
}
