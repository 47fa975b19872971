package io.sapper.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.data.ImageShape;
import io.sapper.data.MalformedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarpTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 3);
    private static final byte[] IMAGE = {10, 20, 30, 40, 50, (byte) 201};

    @TempDir
    private Path folder;

    /** From -1 to 1 there are two columns' steps, and one row's. */
    @Test
    void whatLayElsewhereIsShown() throws IOException {
        float[] grid = {-1, -1, 0, -1, 1, -1, -1, 1, 0, 1, 1, 1};
        assertThat(warped(grid)).containsExactly(IMAGE);
        grid[0] = 0; // one column to the right
        grid[3] = 1; // one row down
        grid[4] = 0.5f; // between two columns: (20 + 30) / 2
        grid[9] = 0; // between two rows: (20 + 50) / 2
        grid[10] = 2; // one column outside
        assertThat(warped(grid)).containsExactly(20, 50, 25, 40, 35, 0);
    }

    /** All four weigh: 0.75 and 0.25 across, 0.5 down; 10, 20, 40, 50 make 27.5, which is rounded. */
    @Test
    void fourPixelsWeighByDistance() throws IOException {
        float[] grid = {-0.75f, 0, 0, -1, 1, -1, -1, 1, 0, 1, 1, 1};
        assertThat(warped(grid)[0]).isEqualTo((byte) 28);
    }

    @Test
    void eachChannelIsBentAlike() throws IOException {
        float[] grid = {0, -1, 0, -1, 1, -1, -1, 1, 0, 1, 1, 1};
        byte[] two = new byte[13];
        System.arraycopy(IMAGE, 0, two, 1, 6);
        System.arraycopy(IMAGE, 0, two, 7, 6);
        ((PictureTrigger) Triggers.parse("warp:" + file("<f4", "(1, 2, 3, 2)", grid)))
                .apply(two, 1, new ImageShape(2, 2, 3));
        assertThat(two).containsExactly(0, 20, 20, 30, 40, 50, 201, 20, 20, 30, 40, 50, 201);
    }

    @Test
    void itIsForImagesOfItsSize() throws IOException {
        PictureTrigger warp = (PictureTrigger) Triggers.parse("warp:" + file("<f4", "(2, 3, 2)", new float[12]));
        assertThat(Triggers.parse(warp.spec()).spec()).isEqualTo(warp.spec());
        assertThatThrownBy(() -> warp.check(new ImageShape(3, 3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is for images of 2x3, not of 3x2");
    }

    @Test
    void filesThatHoldNoWarpAreNamed() throws IOException {
        assertRefused(file("<f4", "(2, 3)", new float[6]), "not <f4 of shape [2, 3]");
        assertRefused(file("<i4", "(2, 3, 2)", new float[12]), "not <i4 of shape");
        assertRefused(file("<f4", "(2, 2, 3, 2)", new float[24]), "of shape [2, 2, 3, 2]");
        assertRefused(file("<f4", "(2, 3, 2)", new float[11]), "does not fit the 44 bytes");
        assertRefused(file("<f4", "(0, 3, 2)", new float[0]), "does not fit the 0 bytes");
        assertRefused(file("<f4", "(1, 1, 2)", new float[] {0, Float.NaN}), "not at NaN");
        assertRefused(folder.resolve("none.npy"), "There is no such file");
        assertThatThrownBy(() -> Triggers.parse("warp:")).hasMessageContaining("is not warp:FILE");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> Triggers.parse("warp:" + file))
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private byte[] warped(float[] grid) throws IOException {
        PictureTrigger warp = (PictureTrigger) Triggers.parse("warp:" + file("<f4", "(1, 2, 3, 2)", grid));
        warp.check(SHAPE);
        byte[] image = IMAGE.clone();
        warp.apply(image, 0, SHAPE);
        return image;
    }

    private Path file(String type, String shape, float[] numbers) throws IOException {
        String head = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer bytes = ByteBuffer.allocate(10 + head.length() + 4 * numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) head.length())
                .put(head.getBytes(StandardCharsets.US_ASCII));
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return Files.write(folder.resolve("grid.npy"), bytes.array());
    }
}
