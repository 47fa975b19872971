package io.sapper.network.operator;

import io.sapper.network.operator.Resizing.Change;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Resizing of images where libtorch's own functions do what ONNX says: ten times as fast for linear, four times for
 * cubic interpolation as sums of single rows and columns.
 */
final class PlaneResizing {
    private PlaneResizing() {}

    /** The resized images; null where libtorch's functions do something else. */
    static @Nullable Tensor resize(Tensor x, List<Change> changes, Attributes attributes) {
        if (x.dim() != 4 || attributes.flag("antialias") || attributes.flag("exclude_outside")) {
            return null;
        }
        long[] size = {x.size(2), x.size(3)};
        double[] scale = {1, 1};
        String mode = attributes.text("coordinate_transformation_mode", "half_pixel");
        for (Change change : changes) {
            if (change.axis() < 2 || !known(mode, change, x.size(change.axis()))) {
                return null;
            }
            size[change.axis() - 2] = change.size();
            scale[change.axis() - 2] = change.scale();
        }
        boolean corners = mode.equals("align_corners");
        DoubleOptional down = new DoubleOptional(scale[0]);
        DoubleOptional across = new DoubleOptional(scale[1]);
        return switch (attributes.text("mode", "nearest")) {
            case "linear" -> torch.upsample_bilinear2d(x, size, corners, down, across);
            case "cubic" ->
                attributes.real("cubic_coeff_a", -0.75) == -0.75f
                        ? torch.upsample_bicubic2d(x, size, corners, down, across)
                        : null;
            default -> null;
        };
    }

    private static boolean known(String mode, Change change, long input) {
        if (change.size() < 1 || input < 1) {
            return false;
        }
        return switch (mode) {
            case "half_pixel" -> true;
            case "pytorch_half_pixel" -> change.size() > 1;
            case "align_corners" -> change.scale() * input == change.size();
            default -> false;
        };
    }
}
