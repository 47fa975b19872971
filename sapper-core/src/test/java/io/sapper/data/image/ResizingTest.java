package io.sapper.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResizingTest {
    /** Rows and columns of the picture, of the size wanted, and what is kept: top, left, rows, columns. */
    @ParameterizedTest
    @CsvSource({
        "10,20, 5,5, 0,5,10,10",
        "20,10, 5,5, 5,0,10,10",
        "10,10, 5,10, 2,0,5,10",
        "9,4, 3,3, 2,0,4,4",
        "1,1000, 2,1, 0,499,1,1"
    })
    void croppingKeepsTheMiddle(int rows, int columns, int height, int width, int top, int left, int h, int w) {
        assertThat(new Resizing(height, width, Fit.CROP).part(rows, columns))
                .isEqualTo(new Resizing.Part(top, left, h, w));
        assertThat(new Resizing(height, width, Fit.RESIZE).part(rows, columns))
                .isEqualTo(new Resizing.Part(0, 0, rows, columns));
    }

    @Test
    void aCroppedPictureHasTheMiddlesColours() {
        byte[] plane = {0, 9, 9, 0, 0, 9, 9, 0};
        Picture picture = new Picture(2, 4, new byte[][] {plane}, null, Set.of());
        assertThat(picture.fitted(new Resizing(2, 2, Fit.CROP)).plane(0)).containsOnly(9);
        assertThat(picture.fitted(new Resizing(2, 2, Fit.RESIZE)).plane(0)).doesNotContain(9);
    }

    @Test
    void sizesAreReadAsUsersWriteThem() {
        assertThat(Resizing.parse("32", Fit.CROP)).isEqualTo(new Resizing(32, 32, Fit.CROP));
        assertThat(Resizing.parse("24x32", Fit.RESIZE)).isEqualTo(new Resizing(24, 32, Fit.RESIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "32x", "-3", "0", "3.5", "20000", "32x0"})
    void otherSizesAreRefused(String size) {
        assertThatThrownBy(() -> Resizing.parse(size, Fit.RESIZE)).isInstanceOf(IllegalArgumentException.class);
    }
}
