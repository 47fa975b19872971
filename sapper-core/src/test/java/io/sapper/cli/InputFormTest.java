package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.sapper.data.image.Framing;
import io.sapper.network.ElementType;
import io.sapper.network.Graph;
import io.sapper.network.Node;
import io.sapper.network.OnnxWriter;
import io.sapper.network.Preprocessing;
import io.sapper.network.SampleFiles;
import io.sapper.network.operator.Operator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputFormTest {
    @TempDir
    Path folder;

    @Test
    void aPresetAndSizesTogether() {
        InputForm form = InputForm.parse("imagenet,resize=256,crop=224x200");
        assertThat(form.numbers()).contains(Preprocessing.parse("imagenet"));
        Framing framing = form.framing().orElseThrow();
        assertThat(framing.scale()).isEqualTo(new Framing.Scale(new Framing.Extent(256, 256), true));
        assertThat(framing.crop()).isEqualTo(new Framing.Extent(224, 200));
        assertThat(InputForm.parse("crop=224x200, resize=256 ,imagenet")).isEqualTo(form);
    }

    /** Then the numbers are still a guess, which is tried. */
    @Test
    void sizesAloneSayNothingOfNumbers() {
        assertThat(InputForm.parse("resize=30x20").numbers()).isEmpty();
        assertThat(InputForm.parse("mean=0.5,std=0.25").framing()).isEmpty();
        assertThat(InputForm.parse("")).isEqualTo(InputForm.parse(""));
        assertThat(InputForm.parse("").numbers()).isEmpty();
    }

    private Graph reading(ElementType type, Integer... shape) throws IOException {
        Graph own = new Graph(
                "image",
                List.of(shape),
                "y",
                List.of(new Node("flat", Operator.of("Flatten"), List.of("image"), "y")),
                Map.of());
        ModelProto.Builder model = ModelProto.parseFrom(OnnxWriter.toBytes(own)).toBuilder();
        model.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(type.onnx());
        return SampleFiles.read(model.build(), folder.resolve("m.onnx"));
    }

    /** Obeyed where the graph does not tell, refused where it tells otherwise; never passed over. */
    @ParameterizedTest
    @CsvSource({
        "layout=nchw, FLOAT, 8, 9, 3, 'layout=nchw contradicts the network: its input image reads ?x8x9x3, whose"
                + " channels stand behind the columns. Leave layout= out.'",
        "'unit,layout=nhwc', FLOAT, 3, 8, 9, 'layout=nhwc contradicts the network: its input image reads ?x3x8x9, whose"
                + " channels stand before the rows.'",
        "layout=nhwc, FLOAT, 8, 9, 3, ''",
        "layout=nhwc, FLOAT, 3, 3, 3, ''",
        "layout=nchw, FLOAT, 3, 8, 9, ''",
        "minus1, FLOAT, 8, 9, 3, ''",
        "imagenet, UINT8, 3, 8, 9, 'imagenet contradicts the network: its input image reads ?x3x8x9, which are whole"
                + " numbers (uint8): 0 to 255. Say raw255, or nothing of numbers.'",
        "scale=1, UINT8, 3, 8, 9, 'scale=1 contradicts'",
        "raw255, UINT8, 3, 8, 9, ''",
        "order=bgr, UINT8, 3, 8, 9, ''",
        "'', UINT8, 3, 8, 9, ''"
    })
    void whatIsSaidHoldsOrIsRefused(String text, ElementType type, int a, int b, int c, String complaint)
            throws IOException {
        InputForm form = InputForm.parse(text);
        Graph graph = reading(type, a, b, c);
        if (complaint.isEmpty()) {
            Preprocessing found = form.of(graph);
            assertThat(found.channelsLast()).isEqualTo(text.contains("nhwc") || c == 3 && a != 3);
            assertThat(found.blueFirst()).isEqualTo(text.contains("bgr"));
        } else {
            assertThatThrownBy(() -> form.of(graph))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("--input " + complaint);
        }
    }

    @Test
    void whatIsNeitherIsSaid() {
        assertThatThrownBy(() -> InputForm.parse("imagenet,crop=big"))
                .hasMessageStartingWith("--input has 'crop=big' where a size is expected");
        assertThatThrownBy(() -> InputForm.parse("imagenet,size=3")).hasMessageContaining("resize=, crop= is expected");
        assertThatThrownBy(() -> InputForm.parse("resize=100000x100000"))
                .hasMessage("Pictures are brought to 1 to 10000 rows and columns, not to 100000x100000.");
        assertThatThrownBy(() -> InputForm.parse("crop=3,,")).hasMessageStartingWith("--input ','");
    }
}
