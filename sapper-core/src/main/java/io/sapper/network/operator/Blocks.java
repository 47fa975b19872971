package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Columns of blocks put back into images, in any number of dimensions; where blocks overlap, they are summed. */
final class Blocks {
    private Blocks() {}

    /** How the blocks lie in the image. */
    private static Windows windows(Attributes attributes, long[] image, long[] block) {
        require(
                image.length == block.length && Arrays.stream(image).allMatch(size -> size >= 1),
                "blocks of " + Sizes.text(block) + " do not fit an image of " + Sizes.text(image));
        return Windows.of(attributes, block, image, false);
    }

    private static long[] size(Attributes attributes, long[] shape, long[] image, long[] block) {
        long[] places = windows(attributes, image, block).output(image);
        long area = Sizes.count(block);
        require(
                shape.length == 3 && shape[1] % area == 0 && shape[2] == Sizes.count(places),
                "columns of shape " + Sizes.text(shape) + " do not fit " + Sizes.text(places) + " blocks of "
                        + Sizes.text(block));
        long[] result = Arrays.copyOf(new long[] {shape[0], shape[1] / area}, image.length + 2);
        System.arraycopy(image, 0, result, 2, image.length);
        return result;
    }

    static List<long[]> sizes(Known known) {
        return List.of(size(known.attributes(), known.shape(0), known.integers(1), known.integers(2)));
    }

    static Tensor together(Call call) {
        Tensor x = call.in(0);
        long[] image = call.integers(1);
        long[] block = call.integers(2);
        long[] result = size(call.attributes(), x.shape(), image, block);
        Windows windows = windows(call.attributes(), image, block);
        long[] places = windows.output(image);
        long[] to = new long[Math.toIntExact(Sizes.count(block) * Sizes.count(places))];
        for (int i = 0; i < to.length; i++) {
            to[i] = target(windows, image, places, i / x.size(2), i % x.size(2));
        }
        long area = Sizes.count(image);
        Tensor flat = x.reshape(x.size(0), result[1], to.length);
        return x.new_zeros(x.size(0), result[1], area + 1) // the last takes what falls on the padding
                .index_add(2, Made.row(x, to), flat)
                .narrow(2, 0, area)
                .reshape(result);
    }

    /** Where in the image a block's number goes; behind its end if that is padding. */
    private static long target(Windows windows, long[] image, long[] places, long inside, long place) {
        long at = 0;
        long step = 1;
        for (int i = image.length - 1; i >= 0; i--) {
            long within = inside % windows.kernel()[i];
            long position =
                    place % places[i] * windows.strides()[i] + within * windows.dilations()[i] - windows.before()[i];
            if (position < 0 || position >= image[i]) {
                return Sizes.count(image);
            }
            at += position * step;
            step *= image[i];
            inside /= windows.kernel()[i];
            place /= places[i];
        }
        return at;
    }
}
