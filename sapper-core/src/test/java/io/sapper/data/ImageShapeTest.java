package io.sapper.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageShapeTest {
    /** By hand: channel 1, row 2, column 3 of 3 x 4 x 5 stands after 20 + 2 * 5 + 3 others. */
    @Test
    void bytesLieChannelRowColumn() {
        ImageShape shape = new ImageShape(3, 4, 5);
        assertThat(shape.size()).isEqualTo(60);
        assertThat(shape.index(1, 2, 3)).isEqualTo(33);
        assertThat(shape).hasToString("3x4x5");
    }

    @ParameterizedTest
    @CsvSource({"0,1,1", "1,0,1", "1,1,-1", "1,65536,65536", "3,32768,32768", "2147483647,2147483647,2147483647"})
    void impossibleShapesAreRefused(int channels, int height, int width) {
        assertThatThrownBy(() -> new ImageShape(channels, height, width))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(channels + "x" + height + "x" + width);
    }
}
