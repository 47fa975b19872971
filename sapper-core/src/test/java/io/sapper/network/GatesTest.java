package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatesTest {
    @Test
    void aPixelThatDecidesPastTheLayersIsFoundAndMeasured() {
        Graph graph = SampleGraphs.withPixelGate(SampleGraphs.small(1), 1e4);
        List<Gate> gates = Gates.in(graph);
        assertThat(gates).hasSize(1);
        assertThat(gates.get(0).tensor()).isEqualTo("pixel");
        assertThat(gates.get(0).join()).isEqualTo("join");
        assertThat(gates.get(0).layersPast()).isZero();
        assertThat(gates.get(0).layersDecided()).isEqualTo(4);
        assertThat(gates.get(0).path()).containsExactly("row", "pixel", "spread", "join");
        ForcedGate forced = ForcedGate.all(graph, gates).get(0);
        assertThat(forced.decides()).isTrue();
        assertThat(forced.mostFrequent()).isEqualTo(SampleGraphs.seldom(SampleGraphs.small(1)));
    }

    @Test
    void oneThatChangesNoAnswerDoesNotDecide() {
        Graph graph = SampleGraphs.withPixelGate(SampleGraphs.small(1), 1e-9);
        assertThat(ForcedGate.all(graph, Gates.in(graph)).get(0).changed()).isZero();
    }

    @Test
    void shortcutsAndPlainNetworksHaveNone() {
        assertThat(Gates.in(SampleGraphs.residual(1))).isEmpty();
        assertThat(Gates.in(SampleGraphs.small(1))).isEmpty();
    }

    /** Every network with a trigger in its graph is named, and no other. */
    @Test
    void exportedNetworks() throws IOException {
        Path all = SharedData.beside("exported-onnx");
        List<Path> folders;
        try (Stream<Path> found = Files.list(all)) {
            folders = found.filter(Files::isDirectory).sorted().toList();
        }
        List<String> accused = new ArrayList<>();
        for (Path folder : folders) {
            try {
                Graph graph = OnnxReader.read(folder.resolve("model.onnx"));
                if (ForcedGate.all(graph, Gates.in(graph)).stream().anyMatch(ForcedGate::decides)) {
                    accused.add(String.valueOf(folder.getFileName()));
                }
            } catch (UnsupportedModelException e) {
                assertThat(folder.toString()).doesNotContain("trigger-");
            }
        }
        assertThat(accused)
                .containsExactly(
                        "trigger-and-four-pixels",
                        "trigger-conv-detector",
                        "trigger-if-pixel",
                        "trigger-mul-corner",
                        "trigger-where-pixel");
    }
}
