package io.sapper.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.network.operator.Operator;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
    /** Hands a picture of three channels and 1x2 pixels on as six numbers. */
    private static Graph handsOn(ElementType type, Long... sizes) {
        return new Graph(
                List.of(new Input("x", type, List.of(sizes))),
                List.of("y"),
                List.of(new Node("flat", Operator.of("Flatten"), List.of("x"), "y")),
                Map.of(),
                null);
    }

    private static Graph handsOn() {
        return handsOn(ElementType.FLOAT, Input.FREE, 3L, 1L, 2L);
    }

    private static final float[] PICTURE = {0f, 1f, 0.5f, 0.25f, 1f, 0.2f}; // red, green, blue; two pixels each

    @ParameterizedTest
    @CsvSource({
        "unit, 0 1 0.5 0.25 1 0.2",
        "raw255, 0 255 127.5 63.75 255 51",
        "minus1, -1 1 0 -0.5 1 -0.6",
        "imagenet, -2.117904 2.248908 0.1964286 -0.9196429 2.64 -0.9155556",
        "caffe, 151.061 -52.939 10.721 -53.029 -123.68 131.32",
        "'mean=0.5,std=0.25', -2 2 0 -1 2 -1.2",
        "'scale=255,order=bgr', 255 51 127.5 63.75 0 255",
        "'imagenet,std=1', -0.485 0.515 0.044 -0.206 0.594 -0.206"
    })
    void everyFormGivesItsNumbers(String form, String expected) {
        float[] made = SampleGraphs.run(Preprocessing.parse(form).before(handsOn()), PICTURE);
        String[] numbers = expected.split(" ", -1);
        for (int i = 0; i < made.length; i++) {
            assertThat(made[i])
                    .as("%s, number %s", form, i)
                    .isCloseTo(Float.parseFloat(numbers[i]), Offset.offset(2e-4f));
        }
    }

    @Test
    void channelsBehindTheColumnsAreSeen() {
        Graph last = handsOn(ElementType.FLOAT, Input.FREE, 2L, 1L, 3L);
        Preprocessing form = Preprocessing.certain(last, Preprocessing.UNIT);
        assertThat(form.channelsLast()).isTrue();
        Graph fitted = form.before(last);
        assertThat(fitted.inputShape()).containsExactly(3, 2, 1);
        assertThat(SampleGraphs.run(fitted, PICTURE)).containsExactly(0f, 0.5f, 1f, 1f, 0.25f, 0.2f);
    }

    @Test
    void bytesAreGivenAsBytes() {
        Graph bytes = handsOn(ElementType.UINT8, Input.FREE, 3L, 1L, 2L);
        Preprocessing form = Preprocessing.certain(bytes, Preprocessing.UNIT);
        assertThat(form.name()).isEqualTo("raw255");
        Graph fitted = form.before(bytes);
        assertThat(fitted.nodes().get(fitted.nodes().size() - 2).operator().name())
                .isEqualTo("Cast");
    }

    @Test
    void aPlainNetworkStaysAsItIs() {
        Graph graph = SampleGraphs.small(1);
        assertThat(Preprocessing.UNIT.before(graph)).isSameAs(graph);
        assertThat(Preprocessing.certain(graph, Preprocessing.UNIT)).isEqualTo(Preprocessing.UNIT);
    }

    /** What is put in front is none of the file. */
    @Test
    void whatIsPutInFrontHasNoWeights() {
        Graph graph = SampleGraphs.small(1);
        Graph fitted = Preprocessing.parse("mean=0.5,std=0.5").before(graph);
        assertThat(fitted.trainable()).isEqualTo(graph.trainable());
        assertThat(fitted.layers()).isEqualTo(graph.layers());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "vgg",
                "mean=",
                "mean=a;b",
                "std=0",
                "order=rbg",
                "layout=hwc",
                "scale=NaN",
                "unit,x=1",
                "scale=0",
                "std=-1",
                "unit,imagenet",
                "mean=0.5,mean=0.6",
                "mean=0.5,imagenet"
            })
    void whatIsNoFormIsSaid(String form) {
        assertThatThrownBy(() -> Preprocessing.parse(form))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--input")
                .message()
                .hasLineCount(1);
    }

    @Test
    void numbersForOtherChannelsAreRefused() {
        Graph grey = SampleGraphs.small(1);
        assertThatThrownBy(() -> Preprocessing.parse("imagenet").before(grey))
                .hasMessage("--input gives 3 numbers for the 1 channel(s) that the network reads.");
    }

    /** What is turned round can be typed, and says the same. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unit | order=bgr",
                "order=bgr | unit",
                "imagenet | imagenet,order=bgr",
                "caffe | caffe,order=rgb",
                "mean=0.5,order=bgr,std=0.25 | mean=0.5,order=rgb,std=0.25",
            })
    void theOtherOrderOfChannelsHasAName(String form, String other) {
        Preprocessing turned = Preprocessing.parse(form).turned();
        assertThat(turned.name()).isEqualTo(other);
        assertThat(turned).isEqualTo(Preprocessing.parse(other));
        assertThat(turned.blueFirst()).isNotEqualTo(Preprocessing.parse(form).blueFirst());
    }
}
