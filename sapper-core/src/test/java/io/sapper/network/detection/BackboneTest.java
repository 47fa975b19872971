package io.sapper.network.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.detection.Canvas;
import io.sapper.network.Graph;
import io.sapper.network.Preprocessing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneTest {
    /** Half as many places, then without padding two rows and columns fewer, then one place, then none. */
    private static final Graph CLASSIFIER = Graph.image(3, 32, 32)
            .convolution("half", 4, 3, 2, 1)
            .relu()
            .convolution("less", 4, 3)
            .relu()
            .averagePool(14)
            .flatten()
            .dense("scores", 5)
            .build();

    private static Backbone of(String... layers) {
        return Backbone.of(CLASSIFIER, List.of(layers), Preprocessing.UNIT, new Canvas(32, 32));
    }

    @Test
    void aLayerWithWholeSteps() {
        assertThat(of("half").stride(new Canvas(32, 32))).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | has no layer 'none'",
                "scores | no rows and columns",
                "averagePool1 | no rows and columns",
                "less | has 14 rows and 14 columns of features for photographs of 32x32 pixels",
            })
    void layersThatDoNotServe(String layer, String problem) {
        String named = layer.equals("averagePool1")
                ? CLASSIFIER.nodes().stream()
                        .filter(node -> node.operator().is("AveragePool"))
                        .findFirst()
                        .orElseThrow()
                        .output()
                : layer;
        assertThatThrownBy(() -> of(named))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
