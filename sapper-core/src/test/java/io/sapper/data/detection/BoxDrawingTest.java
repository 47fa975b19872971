package io.sapper.data.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.image.Picture;
import io.sapper.data.image.PictureFiles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxDrawingTest {
    private static final Detection FOUND = new Detection(new Box(100, 150, 300, 350), 0, 0.93);

    private static double luminance(int rgb) {
        Color colour = new Color(rgb);
        return (0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue()) / 255;
    }

    /** Across the box's left edge, bright and dark lie side by side, whatever is below. */
    @ParameterizedTest
    @ValueSource(ints = {0x000000, 0xffffff, 0x808080, 0xf0e442})
    void edgesAreSeenOnAnyGround(int ground) {
        Picture photograph = Picture.of(PictureFiles.plain(640, 480, ground));

        BufferedImage drawn = BoxDrawing.on(photograph, List.of(FOUND), List.of("stop"));

        double brightest = 0;
        double darkest = 1;
        for (int x = 94; x <= 106; x++) {
            brightest = Math.max(brightest, luminance(drawn.getRGB(x, 250)));
            darkest = Math.min(darkest, luminance(drawn.getRGB(x, 250)));
        }
        assertThat(brightest - darkest).isGreaterThan(0.5);
        assertThat(drawn.getRGB(200, 250) & 0xffffff).as("within the box").isEqualTo(ground);
        assertThat(drawn.getRGB(500, 250) & 0xffffff).as("far from it").isEqualTo(ground);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 240, 2400})
    void linesFollowTheSizeOfThePhotograph(int side) {
        Picture photograph = Picture.of(PictureFiles.plain(side, side, 0x808080));
        Box box = new Box(side * 0.25, side * 0.5, side * 0.75, side * 0.75);

        BufferedImage drawn = BoxDrawing.on(photograph, List.of(new Detection(box, 1, 0.5)), List.of("a", "b"));

        int changed = 0;
        for (int x = 0; x < side / 2; x++) {
            changed += (drawn.getRGB(x, side * 5 / 8) & 0xffffff) == 0x808080 ? 0 : 1;
        }
        assertThat(changed).isBetween(Math.max(2, side / 120), Math.max(6, side / 60));
    }
}
