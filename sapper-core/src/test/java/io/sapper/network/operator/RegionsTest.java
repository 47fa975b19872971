package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class RegionsTest extends KernelTest {
    /** 0 to 15 in four rows. */
    private static Tensor map() {
        return torch.arange(new Scalar(16.0)).reshape(1, 1, 4, 4);
    }

    private static float[] aligned(String mode, String coordinates) {
        Map<String, Object> settings = new TreeMap<>(Map.of("output_height", 2L, "output_width", 2L));
        settings.putAll(Map.of("mode", mode, "coordinate_transformation_mode", coordinates, "sampling_ratio", 1L));
        return numbers(run("RoiAlign", settings, map(), shaped(shape(1, 4), 0, 0, 4, 4), longs(0)));
    }

    /** Cells of two by two, read in their middles: at 1 and 3, or half a position before. */
    @Test
    void regionsAreReadBetweenPositions() {
        assertThat(aligned("avg", "output_half_pixel")).containsExactly(5, 7, 13, 15);
        assertThat(aligned("avg", "half_pixel")).containsExactly(2.5f, 4.5f, 10.5f, 12.5f);
    }

    /** Several at once, of two images with two channels: each as if it were alone; nothing is read outside. */
    @Test
    void everyRegionIsReadFromItsOwnImage() {
        Tensor two = torch.arange(new Scalar(64.0)).reshape(2, 2, 4, 4);
        Map<String, Object> settings = Map.of("output_height", 2L, "output_width", 2L, "sampling_ratio", 2L);
        Tensor regions = shaped(shape(3, 4), 0, 0, 4, 4, 50, 50, 60, 60, 1, 1, 3, 2);
        float[] all = numbers(run("RoiAlign", settings, two, regions, longs(1, 0, 1)));
        float[] first = numbers(run("RoiAlign", settings, two, shaped(shape(1, 4), 0, 0, 4, 4), longs(1)));
        float[] last = numbers(run("RoiAlign", settings, two, shaped(shape(1, 4), 1, 1, 3, 2), longs(1)));
        assertThat(all).hasSize(24);
        assertThat(Arrays.copyOfRange(all, 0, 8)).containsExactly(first);
        assertThat(Arrays.copyOfRange(all, 8, 16)).containsOnly(0);
        assertThat(Arrays.copyOfRange(all, 16, 24)).containsExactly(last);
        float[] other = numbers(run("RoiAlign", settings, two, shaped(shape(1, 4), 0, 0, 4, 4), longs(0)));
        assertThat(first[0] - other[0]).isEqualTo(32); // the second image
        assertThat(first[4] - first[0]).isEqualTo(16); // the second channel
        assertThat(numbers(run("RoiAlign", settings, two, shaped(shape(1, 4), 50, 50, 60, 60), longs(0))))
                .containsOnly(0);
    }

    /** A quarter each of 0 1 4 5: the largest share is 1.25. So ONNX has it. */
    @Test
    void theLargestIsThatOfTheWeightedNeighbours() {
        assertThat(aligned("max", "half_pixel")[0]).isEqualTo(1.25f);
    }

    @Test
    void gradientsReachTheMap() {
        Tensor x = map().requires_grad_(true);
        Map<String, Object> settings = Map.of("sampling_ratio", 1L, "coordinate_transformation_mode", "half_pixel");
        run("RoiAlign", settings, x, shaped(shape(1, 4), 0, 0, 2, 2), longs(0))
                .sum()
                .backward();
        float[] slopes = numbers(x.grad()); // one point at (0.5, 0.5)
        assertThat(slopes[0]).isCloseTo(0.25f, within(1e-6f));
        assertThat(slopes[5]).isCloseTo(0.25f, within(1e-6f));
        assertThat(slopes[10]).isZero();
        assertThatThrownBy(() -> run("RoiAlign", settings, x, shaped(shape(1, 4), 0, 0, 2, 2), longs(1)))
                .hasMessageContaining("image 1 of 1");
    }

    @Test
    void theLargestOfEachCell() {
        Map<String, Object> two = Map.of("pooled_shape", java.util.List.of(2L, 2L));
        assertThat(numbers(run("MaxRoiPool", two, map(), shaped(shape(1, 5), 0, 0, 0, 3, 3))))
                .containsExactly(5, 7, 13, 15);
        assertThat(numbers(run("MaxRoiPool", two, map(), shaped(shape(1, 5), 0, 9, 9, 12, 12))))
                .containsExactly(0, 0, 0, 0);
    }

    /** Of every region on and over the edges of a map of 9 x 11, cell by cell as the operator is defined. */
    @Test
    void theLargestOfEachCellWhereverTheRegionLies() {
        float[] map = new float[9 * 11];
        for (int i = 0; i < map.length; i++) {
            map[i] = (i * 37) % map.length - 20;
        }
        Tensor x = Tensor.create(map, 1, 1, 9, 11);
        Map<String, Object> settings = Map.of("pooled_shape", java.util.List.of(3L, 2L));
        for (int top = -2; top < 9; top++) {
            for (int bottom = top; bottom < 12; bottom++) {
                int left = (top + bottom) & 3;
                int right = left + bottom - top;
                Tensor made = run("MaxRoiPool", settings, x, shaped(shape(1, 5), 0, left, top, right, bottom));
                assertThat(numbers(made))
                        .as("rows %d to %d, columns %d to %d", top, bottom, left, right)
                        .containsExactly(cells(map, left, top, right, bottom));
            }
        }
    }

    private static float[] cells(float[] map, int left, int top, int right, int bottom) {
        float[] cells = new float[6];
        for (int i = 0; i < 6; i++) {
            float high = (float) Math.max(bottom - top + 1, 1) / 3;
            float wide = (float) Math.max(right - left + 1, 1) / 2;
            int row = i / 2;
            int column = i % 2;
            float largest = Float.NEGATIVE_INFINITY;
            for (int y = (int) Math.floor(row * high) + top; y < (int) Math.ceil((row + 1) * high) + top; y++) {
                for (int x = (int) Math.floor(column * wide) + left;
                        x < (int) Math.ceil((column + 1) * wide) + left;
                        x++) {
                    boolean inside = y >= 0 && y < 9 && x >= 0 && x < 11;
                    largest = inside ? Math.max(largest, map[y * 11 + x]) : largest;
                }
            }
            cells[i] = largest == Float.NEGATIVE_INFINITY ? 0 : largest;
        }
        return cells;
    }

    @Test
    void gradientsReachTheLargestOfEachCell() {
        Tensor x = map().requires_grad_(true);
        Map<String, Object> two = Map.of("pooled_shape", java.util.List.of(2L, 2L));
        run("MaxRoiPool", two, x, shaped(shape(1, 5), 0, 0, 0, 3, 3)).sum().backward();
        float[] slopes = numbers(x.grad());
        for (int i = 0; i < 16; i++) {
            assertThat(slopes[i]).isEqualTo(i == 5 || i == 7 || i == 13 || i == 15 ? 1 : 0);
        }
    }

    /** The first two overlap by 0.9 of 1.1; corners stand in any order. */
    @Test
    void ofBoxesThatOverlapTheBestIsKept() {
        Tensor boxes = shaped(shape(1, 3, 4), 0, 0, 1, 1, 1, 1.1, 0, 0.1, 0, 5, 1, 6);
        Tensor scores = shaped(shape(1, 1, 3), 0.9, 0.95, 0.3);
        assertThat(whole(run("NonMaxSuppression", boxes, scores, longs(10), floats(0.5))))
                .containsExactly(0, 0, 1, 0, 0, 2);
        assertThat(whole(run("NonMaxSuppression", boxes, scores, longs(10), floats(0.5), floats(0.4))))
                .containsExactly(0, 0, 1);
        assertThat(whole(run("NonMaxSuppression", boxes, scores, longs(10), floats(0.9))))
                .containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 2);
        assertThat(run("NonMaxSuppression", boxes, scores).shape()).containsExactly(0, 3);
    }

    @Test
    void boxesByTheirMiddle() {
        Tensor boxes = shaped(shape(1, 2, 4), 5, 5, 4, 4, 5, 7, 4, 4); // overlap by 8 of 24
        Tensor scores = shaped(shape(1, 1, 2), 0.9, 0.8);
        Map<String, Object> middle = Map.of("center_point_box", 1L);
        assertThat(whole(run("NonMaxSuppression", middle, boxes, scores, longs(9), floats(0.34))))
                .hasSize(6);
        assertThat(whole(run("NonMaxSuppression", middle, boxes, scores, longs(9), floats(0.33))))
                .hasSize(3);
    }

    @Test
    void blocksThatOverlapAreSummed() {
        Tensor columns = shaped(shape(1, 2, 2), 1, 2, 10, 20); // blocks (1, 10) and (2, 20)
        assertThat(numbers(run("Col2Im", columns, longs(3), longs(2)))).containsExactly(1, 12, 20);
        Map<String, Object> padded = Map.of("pads", java.util.List.of(1L, 0L));
        assertThat(numbers(run("Col2Im", padded, columns, longs(2), longs(2)))).containsExactly(12, 20);
        assertThatThrownBy(() -> run("Col2Im", columns, longs(4), longs(2))).hasMessageContaining("do not fit");
    }

    /** Past the border stands the border's number, for cubic interpolation too. */
    @Test
    void placesBeyondTheMap() {
        Tensor x = shaped(shape(1, 1, 1, 4), 1, 2, 3, 4);
        Tensor at = shaped(shape(1, 1, 2, 2), -1.2, 0, 0.25, 0);
        Map<String, Object> border = Map.of("mode", "cubic", "padding_mode", "border");
        assertThat(numbers(run("GridSample", border, x, at))[0]).isCloseTo(1, within(1e-5f));
        assertThat(numbers(run("GridSample", x, at))).containsExactly(new float[] {0.1f, 3}, within(1e-5f));
    }

    @Test
    void gridsOfAMapping() {
        Tensor mirrored = shaped(shape(1, 2, 3), -1, 0, 0, 0, 1, 0.5);
        Tensor made = run("AffineGrid", Map.of("align_corners", 1L), mirrored, longs(1, 1, 1, 2));
        assertThat(numbers(made)).containsExactly(1, 0.5f, -1, 0.5f);
        assertThatThrownBy(() -> run("AffineGrid", mirrored, longs(2, 1, 1, 2))).hasMessageContaining("do");
    }
}
