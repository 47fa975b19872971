package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Right answers are torchvision's: Resize, then CenterCrop. */
class FramingTest {
    @ParameterizedTest
    @CsvSource({
        "256, 480, 640, 341, 256", // rows 480, columns 640: 256 * 640 / 480 is 341.33
        "256, 640, 480, 256, 341",
        "256, 100, 100, 256, 256",
        "320x240, 480, 600, 320, 240"
    })
    void scalesAsTorchvision(String resize, int rows, int columns, int width, int height) {
        Framing framing = Framing.with(null, "resize", resize);
        assertThat(framing.scale().of(rows, columns)).isEqualTo(new Framing.Extent(width, height));
    }

    /** Half a pixel goes to the even side: of 5 left over 2 are before, of 3 left over 2, of 1 none. */
    @ParameterizedTest
    @CsvSource({"9, 4, 2", "7, 4, 2", "5, 4, 0", "8, 4, 2", "4, 4, 0"})
    void theMiddleIsCutOut(int side, int crop, int first) {
        Picture cut = numbered(side, side)
                .fitted(Framing.with(null, "crop", String.valueOf(crop)).resizing());
        assertThat(cut.height()).isEqualTo(crop);
        assertThat(cut.width()).isEqualTo(crop);
        assertThat(cut.plane(0)[0]).isEqualTo((byte) (first * side + first));
        assertThat(cut.plane(0)[crop + 1]).isEqualTo((byte) ((first + 1) * side + first + 1));
    }

    @Test
    void scaledFirstThenCut() {
        Framing framing = Framing.with(Framing.with(null, "crop", "2x4"), "resize", "4");
        assertThat(framing.resizing().width()).isEqualTo(2);
        assertThat(framing.resizing().height()).isEqualTo(4);
        assertThat(framing.text()).isEqualTo("scaled to a shorter side of 4, then the middle cut out");
        Picture wide = numbered(8, 16); // becomes 4 rows, 8 columns, of which 3 and 4 stay
        Picture whole = wide.fitted(new Resizing(4, 8, Fit.RESIZE));
        Picture framed = wide.fitted(framing.resizing());
        for (int row = 0; row < 4; row++) {
            assertThat(framed.plane(0)[row * 2]).isEqualTo(whole.plane(0)[row * 8 + 3]);
            assertThat(framed.plane(0)[row * 2 + 1]).isEqualTo(whole.plane(0)[row * 8 + 4]);
        }
    }

    @Test
    void whatDoesNotComeOutIsSaid() {
        assertThatThrownBy(() ->
                        numbered(3, 8).fitted(Framing.with(null, "crop", "4").resizing()))
                .hasMessage("a picture of 8x3 (columns x rows) is smaller than crop=4x4.");
        assertThatThrownBy(() ->
                        numbered(4, 8).fitted(Framing.with(null, "resize", "6").resizing()))
                .hasMessage("a picture of 8x4 (columns x rows) becomes 12x6 by resize=, and has other proportions than"
                        + " the network's input; say what to cut out of it too, for example crop=6.");
        assertThat(numbered(8, 8)
                        .fitted(Framing.with(null, "resize", "6").resizing())
                        .width())
                .isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "0", "12x", "5x5x5", "-3", "20000", "99999999999"})
    void whatIsNoSizeIsSaid(String size) {
        assertThatThrownBy(() -> Framing.with(null, "crop", size))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .hasLineCount(1);
    }

    /** Each pixel is its own number. */
    private static Picture numbered(int rows, int columns) {
        byte[] plane = new byte[rows * columns];
        for (int i = 0; i < plane.length; i++) {
            plane[i] = (byte) i;
        }
        return new Picture(rows, columns, new byte[][] {plane}, null, EnumSet.noneOf(Conversion.class));
    }
}
