package io.sapper.network;

/**
 * What a node does: the operators of ONNX opset 17 that Sapper runs, with the attributes that it uses. Pads are (top,
 * left, bottom, right); every tensor is laid out batch, channel, row, column.
 */
public sealed interface Operator {
    /** Name of the operator in ONNX. */
    default String onnxName() {
        return getClass().getSimpleName();
    }

    /** Two-dimensional convolution; inputs: data, weights [out, in / groups, rows, columns], optionally bias [out]. */
    record Conv(Window window, int groups) implements Operator {}

    /** Dense layer, ONNX Gemm with transposed weights; inputs: data [batch, in], weights [out, in], bias [out]. */
    record Gemm() implements Operator {}

    /** Largest value of each window. */
    record MaxPool(Window window) implements Operator {}

    /**
     * Mean of each window.
     *
     * @param countIncludePad whether the padding counts in the mean
     */
    record AveragePool(Window window, boolean countIncludePad) implements Operator {}

    /** Mean over all positions of a channel; keeps two dimensions of size 1. */
    record GlobalAveragePool() implements Operator {}

    /** max(0, x). */
    record Relu() implements Operator {}

    /** All dimensions after the batch become one. */
    record Flatten() implements Operator {}

    /** Normalised exponentials over the last dimension. */
    record Softmax() implements Operator {}

    /** Sum of two tensors, with broadcasting. */
    record Add() implements Operator {}

    /** Product of two tensors, with broadcasting. */
    record Mul() implements Operator {}

    /** Inputs: data, scale, bias, mean, variance, each of the last four [channels]; the statistics stay as they are. */
    record BatchNormalization(double epsilon) implements Operator {
        public BatchNormalization {
            epsilon = Double.valueOf(epsilon)
                    .floatValue(); // all that ONNX stores, so that what is read again computes the same bits
        }
    }

    /** Hands its input on. */
    record Identity() implements Operator {}

    /** Does nothing when a network is used, so Sapper, which never trains with it, hands its input on. */
    record Dropout() implements Operator {}

    /**
     * How a window moves over rows and columns.
     *
     * @param height rows of the window
     * @param width columns of the window
     * @param strideHeight step down
     * @param strideWidth step right
     * @param pads zeros around the input
     * @param dilationHeight distance of the window's rows
     * @param dilationWidth distance of the window's columns
     */
    record Window(
            int height,
            int width,
            int strideHeight,
            int strideWidth,
            Pads pads,
            int dilationHeight,
            int dilationWidth) {
        public Window {
            if (height < 1 || width < 1 || strideHeight < 1 || strideWidth < 1) {
                throw new IllegalArgumentException("A window needs sizes and strides of at least 1, not " + height + "x"
                        + width + " with strides " + strideHeight + "x" + strideWidth + ".");
            }
            if (dilationHeight < 1 || dilationWidth < 1) {
                throw new IllegalArgumentException("A dilation is at least 1.");
            }
        }

        /** A square window without padding. */
        static Window square(int size, int stride) {
            return new Window(size, size, stride, stride, new Pads(0, 0, 0, 0), 1, 1);
        }

        int outputHeight(int inputHeight) {
            return output(inputHeight + pads.top() + pads.bottom(), height, strideHeight, dilationHeight);
        }

        int outputWidth(int inputWidth) {
            return output(inputWidth + pads.left() + pads.right(), width, strideWidth, dilationWidth);
        }

        private static int output(int size, int window, int stride, int dilation) {
            int reach = dilation * (window - 1) + 1;
            if (reach > size) {
                throw new IllegalArgumentException(
                        "a window that spans " + reach + " does not fit an input of " + size);
            }
            return (size - reach) / stride + 1;
        }
    }

    /** Zeros around an input, in pixels. */
    record Pads(int top, int left, int bottom, int right) {
        public Pads {
            if (top < 0 || left < 0 || bottom < 0 || right < 0) {
                throw new IllegalArgumentException("Pads are never negative.");
            }
        }

        boolean symmetric() {
            return top == bottom && left == right;
        }
    }
}
