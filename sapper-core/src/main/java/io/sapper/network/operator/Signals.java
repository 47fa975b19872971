package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Window functions and weights that spectra of sound are made with. */
final class Signals {
    private Signals() {}

    static List<OperatorType> types() {
        return List.of(
                window("HannWindow", turn -> 0.5 - 0.5 * Math.cos(turn)),
                window("HammingWindow", turn -> 25.0 / 46 - 21.0 / 46 * Math.cos(turn)),
                window("BlackmanWindow", turn -> 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn)),
                type("MelWeightMatrix", Signals::mel)
                        .inputs(5)
                        .attributes("output_datatype")
                        .sizes(known -> List.of(new long[] {whole(known.reals(1)) / 2 + 1, whole(known.reals(0))}))
                        .traits(Trait.NO_GRADIENT)
                        .build());
    }

    private static OperatorType window(String name, DoubleUnaryOperator height) {
        return type(name, call -> window(call, height))
                .attributes("output_datatype", "periodic")
                .sizes(known -> List.of(new long[] {whole(known.reals(0))}))
                .traits(Trait.NO_GRADIENT)
                .build();
    }

    private static long whole(double... values) {
        require(values.length == 1, "needs single numbers");
        require(values[0] >= 0 && values[0] <= Integer.MAX_VALUE, "a size of " + values[0]);
        return (long) values[0];
    }

    /** @param height by the angle, which turns once from the first sample to where the next window would begin */
    private static Tensor window(Call call, DoubleUnaryOperator height) {
        int size = (int) whole(call.reals(0));
        boolean periodic = call.attributes().integer("periodic", 1) != 0;
        double period = Math.max(1, periodic ? size : size - 1);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = height.applyAsDouble(2 * Math.PI * i / period);
        }
        return made(call, values, size);
    }

    private static Tensor made(Call call, double[] values, long... shape) {
        Tensor here = Types.cast(
                Tensor.create(values, shape), Types.named(call.attributes().integer("output_datatype", 1)));
        return here.to(call.in(0).device(), here.scalar_type());
    }

    private static Tensor mel(Call call) {
        int bands = (int) whole(call.reals(0));
        int length = (int) whole(call.reals(1));
        double rate = call.number(2, 0);
        int[] edges = edges(bands, length, rate, call.number(3, 0), call.number(4, 0));
        int bins = length / 2 + 1;
        require(edges[0] >= 0 && edges[bands + 1] <= bins, "its edges lie outside the spectrum");
        double[] weights = new double[Math.multiplyExact(bins, bands)];
        for (int band = 0; band < bands; band++) {
            triangle(weights, bands, band, edges[band], edges[band + 1], edges[band + 2]);
        }
        return made(call, weights, bins, bands);
    }

    /** Bins at equal distances on the mel scale, from the lower to one step before the upper edge. */
    private static int[] edges(int bands, int length, double rate, double lower, double upper) {
        double low = 2595 * Math.log10(1 + lower / 700);
        double step = (2595 * Math.log10(1 + upper / 700) - low) / (bands + 2);
        int[] edges = new int[bands + 2];
        for (int i = 0; i < edges.length; i++) {
            double hertz = 700 * (Math.pow(10, (low + i * step) / 2595) - 1);
            edges[i] = (int) Math.floor((length + 1) * hertz / rate);
        }
        return edges;
    }

    private static void triangle(double[] weights, int bands, int band, int from, int peak, int to) {
        if (peak == from) {
            weights[peak * bands + band] = 1;
        }
        for (int bin = from; bin <= peak && peak > from; bin++) {
            weights[bin * bands + band] = (bin - from) / (double) (peak - from);
        }
        for (int bin = peak; bin < to; bin++) {
            weights[bin * bands + band] = (to - bin) / (double) (to - peak);
        }
    }
}
