package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;
import static io.sapper.network.operator.Sizes.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Maps read at places that a grid says. */
final class GridSampling {
    private GridSampling() {}

    static List<OperatorType> types() {
        return List.of(
                type("GridSample", GridSampling::sample)
                        .inputs(2)
                        .attributes("align_corners", "mode", "padding_mode")
                        .sizes(GridSampling::sampleSizes)
                        .build(),
                type("AffineGrid", GridSampling::affine)
                        .inputs(2)
                        .attributes("align_corners")
                        .sizes(known -> List.of(affine(known.shape(0), known.integers(1))))
                        .build());
    }

    private static List<long[]> sampleSizes(Known known) {
        long[] shape = known.shape(0);
        long[] grid = known.shape(1);
        require(
                shape.length >= 3
                        && grid.length == shape.length
                        && grid[grid.length - 1] == shape.length - 2
                        && grid[0] == shape[0],
                "a grid of shape " + Sizes.text(grid) + " does not fit shape " + Sizes.text(shape));
        support(shape.length == 4 || shape.length == 5, "only maps of 2 and 3 dimensions are supported");
        support(
                shape.length == 4 || !known.attributes().text("mode", "linear").equals("cubic"),
                "mode cubic in 3 dimensions is not supported");
        long[] result = shape.clone();
        System.arraycopy(grid, 1, result, 2, grid.length - 2);
        return List.of(result);
    }

    private static int mode(Attributes attributes) {
        String mode = attributes.text("mode", "linear");
        int at = List.of("linear", "nearest", "cubic").indexOf(mode);
        require(at >= 0, "mode " + mode + " is not known");
        return at;
    }

    private static int padding(Attributes attributes) {
        String padding = attributes.text("padding_mode", "zeros");
        int at = List.of("zeros", "border", "reflection").indexOf(padding);
        require(at >= 0, "padding_mode " + padding + " is not known");
        return at;
    }

    private static Tensor sample(Call call) {
        Tensor x = call.in(0);
        Tensor grid = call.in(1);
        int mode = mode(call.attributes());
        int padding = padding(call.attributes());
        boolean corners = call.attributes().flag("align_corners");
        if (mode == 2 && padding != 0) {
            grid = within(grid, x, padding == 2, corners);
        }
        Tensor sampled = torch.grid_sampler(x.to(grid.scalar_type()), grid, mode, padding, corners);
        return sampled.to(x.scalar_type());
    }

    /**
     * Brings places outside to the border, or reflects them there, before anything is read. libtorch does that to each
     * of the numbers around such a place instead, which gives others for cubic interpolation.
     */
    private static Tensor within(Tensor grid, Tensor x, boolean reflects, boolean corners) {
        List<Tensor> parts = new ArrayList<>();
        int dimensions = (int) grid.size(grid.dim() - 1);
        for (int i = 0; i < dimensions; i++) {
            double size = x.size(x.dim() - 1 - i); // the grid names the last dimension first
            Tensor at = grid.narrow(grid.dim() - 1, i, 1);
            double edge = corners ? 1 : (size - 1) / size; // the outermost numbers' middles
            Tensor inside = at.abs().le(new Scalar(1.0));
            Tensor moved = reflects ? reflected(at) : torch.clamp(at, option(-edge), option(edge));
            parts.add(torch.where(inside, at, moved));
        }
        return Made.join(parts, grid.dim() - 1);
    }

    /** In steps of the whole width, -1 to 1, there and back again. */
    private static Tensor reflected(Tensor at) {
        Tensor far = at.add(new Scalar(1.0)).remainder(new Scalar(4.0));
        return torch.where(
                far.gt(new Scalar(2.0)), far.mul(new Scalar(-1.0)).add(new Scalar(3.0)), far.sub(new Scalar(1.0)));
    }

    private static ScalarOptional option(double value) {
        return new ScalarOptional(new Scalar(value));
    }

    private static long[] affine(long[] theta, long[] size) {
        int dimensions = size.length - 2;
        require(
                (dimensions == 2 || dimensions == 3)
                        && Arrays.equals(theta, new long[] {size[0], dimensions, dimensions + 1})
                        && Arrays.stream(size).allMatch(one -> one >= 1),
                "a mapping of shape " + Sizes.text(theta) + " does not fit a size of " + Sizes.text(size));
        long[] result = Arrays.copyOf(new long[] {size[0]}, size.length);
        System.arraycopy(size, 2, result, 1, dimensions);
        result[size.length - 1] = dimensions;
        return result;
    }

    private static Tensor affine(Call call) {
        long[] size = call.integers(1);
        affine(call.in(0).shape(), size);
        return torch.affine_grid_generator(call.in(0), size, call.attributes().flag("align_corners"));
    }
}
