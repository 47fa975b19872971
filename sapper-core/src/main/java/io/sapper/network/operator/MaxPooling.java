package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The largest number of each window, where it stood, and the way back. */
final class MaxPooling {
    private MaxPooling() {}

    static List<Tensor> pool(Call call) {
        Tensor x = call.in(0);
        if (!torch.isFloatingType(x.scalar_type())) { // bytes: floats hold them exactly
            List<Tensor> made = pool(call, x.to(ScalarType.Float));
            return call.outputs() == 1
                    ? List.of(made.get(0).to(x.scalar_type()))
                    : List.of(made.get(0).to(x.scalar_type()), made.get(1));
        }
        return pool(call, x);
    }

    private static List<Tensor> pool(Call call, Tensor x) {
        Windows windows = Pooling.windows(call.attributes(), x.shape());
        long[] pads = windows.before();
        boolean narrow = true;
        for (int i = 0; i < pads.length; i++) {
            narrow &= 2 * pads[i] <= windows.kernel()[i]; // libtorch takes no wider padding
        }
        if (call.outputs() == 1 && pads.length == 2 && windows.symmetric() && !windows.ceil() && narrow) {
            return List.of(torch.max_pool2d(x, windows.kernel(), windows.strides(), pads, windows.dilations(), false));
        }
        long[] positions = Arrays.copyOfRange(x.shape(), 2, (int) x.dim());
        Windows all = windows.filled(positions);
        Tensor padded = torch.constant_pad_nd(x, all.padding(), new Scalar(Double.NEGATIVE_INFINITY));
        T_TensorTensor_T found = padded(all, padded);
        if (call.outputs() == 1) {
            return List.of(squeezed(found.get0(), positions.length));
        }
        long[] within = Arrays.copyOfRange(padded.shape(), 2, (int) padded.dim());
        boolean columns = call.attributes().integer("storage_order", 0) == 1;
        Tensor at = place(squeezed(found.get1(), positions.length), within, all.before(), positions, columns);
        return List.of(squeezed(found.get0(), positions.length), at.add(maps(x, Sizes.count(positions))));
    }

    private static T_TensorTensor_T padded(Windows windows, Tensor x) {
        long[] kernel = windows.kernel();
        return switch (kernel.length) {
            case 1 ->
                torch.max_pool2d_with_indices(
                        x.unsqueeze(2),
                        new long[] {1, kernel[0]},
                        new long[] {1, windows.strides()[0]},
                        new long[2],
                        new long[] {1, windows.dilations()[0]},
                        false);
            case 2 ->
                torch.max_pool2d_with_indices(x, kernel, windows.strides(), new long[2], windows.dilations(), false);
            default ->
                torch.max_pool3d_with_indices(x, kernel, windows.strides(), new long[3], windows.dilations(), false);
        };
    }

    private static Tensor squeezed(Tensor pooled, int dimensions) {
        return dimensions == 1 ? pooled.squeeze(2) : pooled;
    }

    /** Where each map begins: ONNX counts over images and channels too. */
    private static Tensor maps(Tensor x, long size) {
        long[] shape = new long[(int) x.dim()];
        Arrays.fill(shape, 1);
        shape[0] = x.size(0);
        shape[1] = x.size(1);
        return Made.upTo(x, x.size(0) * x.size(1)).mul(new Scalar(size)).reshape(shape);
    }

    /** From places in the padded map to places in the map. */
    private static Tensor place(Tensor at, long[] padded, long[] before, long[] map, boolean columns) {
        Tensor rest = at;
        Tensor place = torch.zeros_like(at);
        long step = columns ? Sizes.count(map) : 1;
        for (int i = map.length - 1; i >= 0; i--) {
            step = columns ? step / map[i] : step;
            Tensor coordinate = rest.remainder(new Scalar(padded[i])).sub(new Scalar(before[i]));
            place = place.add(coordinate.mul(new Scalar(step)));
            step = columns ? step : step * map[i];
            rest = rest.sub(rest.remainder(new Scalar(padded[i])))
                    .div(new Scalar(padded[i]))
                    .to(ScalarType.Long);
        }
        return place;
    }

    private static long[] unpooled(Attributes attributes, long[] input) {
        require(attributes.has("kernel_shape"), "its attribute kernel_shape is missing");
        long[] kernel = attributes.integers("kernel_shape");
        int dimensions = kernel.length;
        require(
                input.length == dimensions + 2,
                "kernel_shape of " + dimensions + " numbers does not fit an input of " + "shape " + Sizes.text(input));
        long[] strides = Windows.list(attributes, "strides", dimensions, 1);
        long[] pads = Windows.list(attributes, "pads", 2 * dimensions, 0);
        long[] shape = input.clone();
        for (int i = 0; i < dimensions; i++) {
            shape[i + 2] = (input[i + 2] - 1) * strides[i] + kernel[i] - pads[i] - pads[i + dimensions];
            require(shape[i + 2] >= 1, "its result would be of size " + shape[i + 2]);
        }
        return shape;
    }

    static List<long[]> backSizes(Known known) {
        long[] input = known.shape(0);
        require(
                Arrays.equals(input, known.shape(1)),
                "numbers " + Sizes.text(input) + " and places " + Sizes.text(known.shape(1)) + " do not fit");
        long[] shape = unpooled(known.attributes(), input);
        return List.of(known.has(2) ? wanted(known.integers(2), shape) : shape);
    }

    private static long[] wanted(long[] asked, long[] shape) {
        require(
                asked.length == shape.length && asked[0] == shape[0] && asked[1] == shape[1],
                "output_shape " + Sizes.text(asked) + " does not fit " + Sizes.text(shape));
        return asked;
    }

    /** Puts each number where it stood. Places are counted in the size that the windows give. */
    static Tensor back(Call call) {
        Tensor x = call.in(0);
        long[] shape = unpooled(call.attributes(), x.shape());
        Tensor flat = x.new_zeros(Sizes.count(shape));
        Tensor at = call.in(1).to(ScalarType.Long).reshape(-1);
        Tensor placed = flat.scatter(0, at, x.reshape(-1)).reshape(shape);
        if (!call.has(2)) {
            return placed;
        }
        long[] asked = wanted(call.integers(2), shape);
        long[] padding = new long[2 * (shape.length - 2)];
        for (int i = 2; i < shape.length; i++) {
            padding[2 * (shape.length - 1 - i) + 1] = asked[i] - shape[i];
        }
        return torch.constant_pad_nd(placed, padding, new Scalar(0.0));
    }
}
