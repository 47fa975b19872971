package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;

/**
 * How a window moves over an input's positions, in any number of dimensions.
 *
 * @param kernel its size
 * @param strides its steps
 * @param dilations distance of its places
 * @param before padding at the beginning of each dimension; negative where the input is cut
 * @param after padding at the end of each dimension
 * @param ceil whether a last window may begin inside and end outside
 */
record Windows(long[] kernel, long[] strides, long[] dilations, long[] before, long[] after, boolean ceil) {
    /** The names of the settings that are read here. */
    static final String[] ATTRIBUTES = {"auto_pad", "dilations", "kernel_shape", "pads", "strides"};

    /**
     * From a node's settings.
     *
     * @param kernel size of the window
     * @param input size of the positions
     */
    static Windows of(Attributes attributes, long[] kernel, long[] input, boolean ceil) {
        int dimensions = kernel.length;
        require(
                dimensions >= 1 && dimensions == input.length,
                "a window of " + dimensions + " dimension(s) does not fit an input of " + input.length);
        long[] strides = list(attributes, "strides", dimensions, 1);
        long[] dilations = list(attributes, "dilations", dimensions, 1);
        checkSteps(kernel, strides, dilations);
        long[] before = new long[dimensions];
        long[] after = new long[dimensions];
        String auto = attributes.text("auto_pad", "NOTSET");
        switch (auto) {
            case "NOTSET" -> {
                long[] pads = attributes.integers("pads", new long[2 * dimensions]);
                require(pads.length == 2 * dimensions, "pads of " + pads.length + " numbers");
                System.arraycopy(pads, 0, before, 0, dimensions);
                System.arraycopy(pads, dimensions, after, 0, dimensions);
            }
            case "SAME_UPPER", "SAME_LOWER" ->
                same(auto.equals("SAME_UPPER"), kernel, input, strides, dilations, before, after);
            case "VALID" -> {}
            default -> throw new IllegalArgumentException("auto_pad " + auto + " is not known");
        }
        return new Windows(kernel, strides, dilations, before, after, ceil);
    }

    private static void same(
            boolean upper, long[] kernel, long[] input, long[] strides, long[] dilations, long[] before, long[] after) {
        for (int i = 0; i < kernel.length; i++) {
            long outputs = (input[i] + strides[i] - 1) / strides[i];
            long total = Math.max(0, (outputs - 1) * strides[i] + dilations[i] * (kernel[i] - 1) + 1 - input[i]);
            before[i] = upper ? total / 2 : (total + 1) / 2;
            after[i] = total - before[i];
        }
    }

    static void checkSteps(long[] kernel, long[] strides, long[] dilations) {
        require(Arrays.stream(kernel).allMatch(size -> size >= 1), "a window of size " + Sizes.text(kernel));
        require(Arrays.stream(strides).allMatch(step -> step >= 1), "strides of " + Sizes.text(strides));
        require(Arrays.stream(dilations).allMatch(step -> step >= 1), "dilations of " + Sizes.text(dilations));
    }

    static long[] list(Attributes attributes, String name, int length, long otherwise) {
        long[] all = new long[length];
        Arrays.fill(all, otherwise);
        long[] found = attributes.integers(name, all);
        require(found.length == length, name + " of " + found.length + " numbers for " + length + " dimension(s)");
        return found;
    }

    /** How many places the window has in each dimension. */
    long[] output(long[] input) {
        long[] output = new long[input.length];
        for (int i = 0; i < output.length; i++) {
            long reach = dilations[i] * (kernel[i] - 1) + 1;
            long size = input[i] + before[i] + after[i];
            require(reach <= size, "a window that spans " + reach + " does not fit an input of " + size);
            output[i] = (size - reach) / strides[i] + 1;
            if (ceil && (size - reach) % strides[i] != 0 && output[i] * strides[i] < input[i] + before[i]) {
                output[i]++;
            }
        }
        return output;
    }

    /** The same windows with padding as much more at the end as the last of them needs. */
    Windows filled(long[] input) {
        long[] enough = after.clone();
        long[] output = output(input);
        for (int i = 0; i < enough.length; i++) {
            long needed = (output[i] - 1) * strides[i] + dilations[i] * (kernel[i] - 1) + 1;
            enough[i] = Math.max(enough[i], needed - input[i] - before[i]);
        }
        return new Windows(kernel, strides, dilations, before, enough, false);
    }

    /**
     * How many of each window's places lie on the input, or with padding on that too, in one dimension.
     *
     * @param windows how many windows there are
     */
    double[] inside(int dimension, long input, long windows, boolean padding) {
        long from = padding ? 0 : before[dimension];
        long to = from + input + (padding ? before[dimension] + after[dimension] : 0);
        double[] counts = new double[Math.toIntExact(windows)];
        for (int i = 0; i < counts.length; i++) {
            for (long place = 0; place < kernel[dimension]; place++) {
                long at = i * strides[dimension] + place * dilations[dimension];
                counts[i] += at >= from && at < to ? 1 : 0;
            }
        }
        return counts;
    }

    boolean plain() {
        return symmetric() && !ceil && Arrays.stream(dilations).allMatch(step -> step == 1);
    }

    boolean symmetric() {
        return Arrays.equals(before, after) && Arrays.stream(before).allMatch(pad -> pad >= 0);
    }

    /** Padding as libtorch's {@code pad} wants it: last dimension first, before and after. */
    long[] padding() {
        long[] padding = new long[2 * before.length];
        for (int i = 0; i < before.length; i++) {
            padding[2 * (before.length - 1 - i)] = before[i];
            padding[2 * (before.length - 1 - i) + 1] = after[i];
        }
        return padding;
    }
}
