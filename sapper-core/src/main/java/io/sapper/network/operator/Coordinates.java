package io.sapper.network.operator;

import io.sapper.network.operator.Resizing.Change;

/**
 * Where the numbers of a resized dimension lie in the dimension as it was.
 *
 * @param at for each number of the result
 * @param scale how much larger the result is
 * @param input size as it was
 * @param crops whether what lies outside is no part of the input
 */
record Coordinates(double[] at, double scale, long input, boolean crops) {
    /** Named for itself by no file: until opset 10 it depended on the scale. */
    static final String OLDEST_NEAREST = "";

    static Coordinates of(Attributes attributes, Change change, long input) {
        String mode = attributes.text("coordinate_transformation_mode", "half_pixel");
        double[] at = new double[Math.toIntExact(change.size())];
        double resized = change.scale() * input;
        for (int i = 0; i < at.length; i++) {
            at[i] = even(at(mode, i, change, input, resized));
        }
        return new Coordinates(at, change.scale(), input, mode.equals("tf_crop_and_resize"));
    }

    /** Half and whole numbers without the last bits' noise: to which side they fall must not hang on that. */
    private static double even(double at) {
        double near = Math.rint(2 * at) / 2;
        return Math.abs(at - near) < 1e-9 ? near : at;
    }

    private static double at(String mode, int x, Change change, long input, double resized) {
        double half = (x + 0.5) / change.scale() - 0.5;
        return switch (mode) {
            case "half_pixel" -> half;
            case "half_pixel_symmetric" ->
                input / 2.0 * (1 - change.size() / resized) + (x + 0.5) / change.scale() - 0.5;
            case "pytorch_half_pixel" -> change.size() > 1 ? half : 0;
            case "tf_half_pixel_for_nn" -> half + 0.5;
            case "align_corners" -> resized == 1 ? 0 : x * (input - 1) / (resized - 1);
            case "asymmetric" -> x / change.scale();
            case "tf_crop_and_resize" -> {
                double span = (change.to() - change.from()) * (input - 1);
                double begin = change.from() * (input - 1);
                yield begin + (change.size() > 1 ? x * span / (change.size() - 1) : span / 2);
            }
            default -> throw new IllegalArgumentException("coordinate_transformation_mode " + mode + " is not known");
        };
    }

    boolean[] outside() {
        boolean[] outside = new boolean[at.length];
        for (int i = 0; i < at.length; i++) {
            outside[i] = at[i] < 0 || at[i] > input - 1;
        }
        return outside;
    }

    /** The nearest number of each, by the node's rule for those in the middle. */
    long[] nearest(Attributes attributes) {
        String mode = attributes.text("nearest_mode", "round_prefer_floor");
        long[] nearest = new long[at.length];
        for (int i = 0; i < at.length; i++) {
            double found =
                    switch (mode) {
                        case "round_prefer_floor" -> Math.ceil(at[i] - 0.5);
                        case "round_prefer_ceil" -> Math.floor(at[i] + 0.5);
                        case OLDEST_NEAREST -> scale < 1 ? Math.ceil(at[i]) : Math.floor(at[i]);
                        case "floor" -> Math.floor(at[i]);
                        case "ceil" -> Math.ceil(at[i]);
                        default -> throw new IllegalArgumentException("nearest_mode " + mode + " is not known");
                    };
            nearest[i] = Math.max(0, Math.min(input - 1, (long) found));
        }
        return nearest;
    }
}
