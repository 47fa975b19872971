package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.Inspected;
import io.sapper.result.SampleInspected;
import org.junit.jupiter.api.Test;

class ModelPageTest {
    @Test
    void theHeadTheGraphAndTheTable() {
        String page = ModelPage.render(SampleInspected.block());
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("0123456789abcdef0123456789abcdef", "123,456 bytes", "pytorch, opset ai.onnx 17")
                .contains(
                        "<code>image</code>: float ?x3x8x8 (NCHW)",
                        "959 that training can change",
                        "12,288 for each input")
                .contains("<code>conv2</code>, the last convolution before the class scores")
                .contains("1 node that only works on sizes")
                .contains("Nothing suspicious in the graph", "does not show here")
                .contains("data-label=\"Multiply-adds\">9,216<")
                .doesNotContain("id=\"gates\"", "id=\"warnings\"", "<script");
    }

    @Test
    void aGateIsShownFromInputToOutputWithWhatWasMeasured() {
        String page = ModelPage.render(SampleInspected.gated());
        assertThat(page)
                .contains("A trigger may be built into the graph")
                .contains("<strong>30 of 32</strong> inputs, 90\u00a0% of them to class 2")
                .contains(
                        "<code>seen</code>",
                        "<li>input</li>",
                        "<li class=\"join\"><code>join</code></li>",
                        "<li>output</li>")
                .contains("class=\"verdict bad\"", "none: tuning only");
    }

    /** Names come from a file that nobody trusts: in the title, in text, beside the drawing, in the tables. */
    @Test
    void hostileNamesStayText() {
        String page = ModelPage.render(SampleInspected.hostile());
        assertThat(page)
                .doesNotContain("<script", "<img", "onerror=alert(1)>\"", "\u202e")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "\\u202e");
        assertThat(page.split("</svg>", -1)).hasSameSizeAs(page.split("<svg", -1));
        assertThat(page.split("</style>", -1)).as("one style").hasSize(2);
    }

    @Test
    void aLongGraphIsDrawnInPartAndItsTableFolded() {
        Inspected chain = SampleInspected.chain(1000);
        String page = ModelPage.render(chain);
        assertThat(page)
                .contains("461 nodes not drawn", "Show all 1,000 nodes", "<details class=\"long\">")
                .contains("layer500</code>", "left out on paper");
        assertThat(page.length()).isLessThan(600_000);
    }
}
