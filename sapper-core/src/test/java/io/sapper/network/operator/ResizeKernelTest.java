package io.sapper.network.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeKernelTest extends KernelTest {
    private static final Offset<Float> NEAR = within(1e-5f);

    private static float[] scaled(Tensor x, double scale, Object... settings) {
        return numbers(run("Resize", map(settings), x, null, floats(scale)));
    }

    private static Map<String, Object> map(Object... settings) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put((String) settings[i], settings[i + 1]);
        }
        return map;
    }

    /** 0 1 2 3 at half the size: the middles lie at 0.5 and 2.5. */
    @ParameterizedTest
    @CsvSource({"round_prefer_floor, 0, 2", "round_prefer_ceil, 1, 3", "floor, 0, 2", "ceil, 1, 3"})
    void theNearestOfTwoAsNear(String mode, float first, float second) {
        assertThat(scaled(floats(0, 1, 2, 3), 0.5, "nearest_mode", mode)).containsExactly(first, second);
    }

    @Test
    void theNearestUntilOpset10DependsOnTheScale() {
        Object[] oldest = {"coordinate_transformation_mode", "asymmetric", "nearest_mode", ""};
        assertThat(scaled(floats(0, 1, 2, 3), 0.6f, oldest)).containsExactly(0, 2);
        assertThat(scaled(floats(0, 1), 2.5, oldest)).containsExactly(0, 0, 0, 1, 1);
        assertThat(scaled(floats(0, 1), 3)).containsExactly(0, 0, 0, 1, 1, 1);
    }

    @Test
    void coordinates() {
        Tensor x = floats(0, 10);
        assertThat(scaled(x, 2, "mode", "linear")).containsExactly(new float[] {0, 2.5f, 7.5f, 10}, NEAR);
        assertThat(scaled(x, 2, "mode", "linear", "coordinate_transformation_mode", "asymmetric"))
                .containsExactly(new float[] {0, 5, 10, 10}, NEAR);
        assertThat(scaled(x, 1.5, "mode", "linear", "coordinate_transformation_mode", "align_corners"))
                .containsExactly(new float[] {0, 5, 10}, NEAR);
        assertThat(scaled(x, 0.5, "mode", "linear", "coordinate_transformation_mode", "pytorch_half_pixel"))
                .containsExactly(new float[] {0}, NEAR);
        assertThat(scaled(x, 0.5, "mode", "linear")).containsExactly(new float[] {5}, NEAR);
    }

    /** The triangle is as wide as two of the smaller image's numbers: 1/8, 3/8, 3/8, 1/8. */
    @Test
    void smoothing() {
        assertThat(scaled(floats(0, 0, 4, 0), 0.5, "mode", "linear", "antialias", 1L))
                .containsExactly(new float[] {0.5f, 1.5f}, NEAR);
    }

    /** At -0.25 Keys' weights of what is inside are 0.87890625 and -0.10546875. */
    @Test
    void whatLiesOutsideMayCountForNothing() {
        float[] made = scaled(floats(0, 1), 2, "mode", "cubic", "exclude_outside", 1L);
        assertThat(made[0]).isCloseTo(-0.10546875f / 0.7734375f, NEAR);
    }

    @Test
    void aRegionMayReachBeyondTheInput() {
        Map<String, Object> crop = map(
                "mode", "linear", "coordinate_transformation_mode", "tf_crop_and_resize", "extrapolation_value", -1f);
        assertThat(numbers(run("Resize", crop, floats(0, 10, 20), floats(0.5, 1.5), null, longs(3))))
                .containsExactly(10, 20, -1);
    }

    @Test
    void sidesMayKeepTheirRatio() {
        Tensor x = torch.zeros(1, 2, 2);
        Map<String, Object> inner = Map.of("axes", List.of(-2L, 2L), "keep_aspect_ratio_policy", "not_larger");
        assertThat(run("Resize", inner, x, null, null, longs(6, 4)).shape()).containsExactly(1, 4, 4);
        Map<String, Object> outer = Map.of("axes", List.of(-2L, 2L), "keep_aspect_ratio_policy", "not_smaller");
        assertThat(run("Resize", outer, x, null, null, longs(6, 4)).shape()).containsExactly(1, 6, 6);
    }

    /** libtorch's own functions and the sums of rows and columns are two ways to the same numbers. */
    @ParameterizedTest
    @CsvSource({"linear, half_pixel", "linear, align_corners", "cubic, half_pixel", "cubic, align_corners"})
    void imagesAsRowsAndColumns(String mode, String coordinates) {
        Tensor x = torch.arange(new org.bytedeco.pytorch.Scalar(35.0)).sin().reshape(1, 1, 5, 7);
        Map<String, Object> settings = map("mode", mode, "coordinate_transformation_mode", coordinates);
        Tensor images = run("Resize", settings, x, null, null, longs(1, 1, 9, 4));
        Tensor plain = run("Resize", settings, x.reshape(5, 7), null, null, longs(9, 4));
        assertThat(numbers(images)).containsExactly(numbers(plain), NEAR);
    }

    @Test
    void bytesAreRoundedAndKeptInTheirRange() {
        Tensor x = floats(0, 255).to(ScalarType.Byte);
        Tensor made = run("Resize", map("mode", "cubic"), x, null, floats(2));
        assertThat(made.scalar_type().intern()).isEqualTo(ScalarType.Byte);
        assertThat(numbers(made)[0]).isZero();
        assertThat(numbers(made)[3]).isEqualTo(255);
    }

    @Test
    void contradictionsAreRefused() {
        Tensor x = floats(1, 2);
        assertThatThrownBy(() -> run("Resize", x, null, floats(2), longs(4))).hasMessageContaining("1 scales and 1");
        assertThatThrownBy(() -> run("Resize", map("mode", "area"), x, null, floats(2)))
                .hasMessageContaining("area");
        assertThatThrownBy(() -> run("Resize", x, null, floats(-1))).hasMessageContaining("-1");
    }
}
