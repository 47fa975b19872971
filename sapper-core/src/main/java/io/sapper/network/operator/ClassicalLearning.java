package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.OneOutput;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What the domain ai.onnx.ml puts around networks: features brought to one scale, and some of them picked out. */
final class ClassicalLearning {
    private ClassicalLearning() {}

    static List<OperatorType> types() {
        return List.of(
                own("Scaler", ClassicalLearning::scaled)
                        .attributes("offset", "scale")
                        .sizes(ClassicalLearning::scaledSizes)
                        .build(),
                own("ArrayFeatureExtractor", ClassicalLearning::picked)
                        .inputs(2)
                        .sizes(ClassicalLearning::pickedSizes)
                        .build());
    }

    private static OperatorType.Builder own(String name, OneOutput kernel) {
        return type(name, kernel).domain("ai.onnx.ml");
    }

    private static List<long[]> scaledSizes(Known known) {
        long[] shape = known.shape(0);
        long features = shape.length == 0 ? 1 : shape[shape.length - 1];
        for (String name : List.of("offset", "scale")) {
            int given = known.attributes().reals(name).length;
            require(
                    given == 1 || given == features,
                    "its " + name + " has " + given + " number(s), not one or one for each of " + features
                            + " feature(s)");
        }
        return List.of(shape);
    }

    /** Whatever its numbers are, it makes numbers of 32 bits. */
    private static Tensor scaled(Call call) {
        Tensor x = call.in(0).to(ScalarType.Float);
        return x.sub(row(x, call.attributes().reals("offset")))
                .mul(row(x, call.attributes().reals("scale")));
    }

    private static Tensor row(Tensor beside, float[] values) {
        double[] wide =
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        return wide.length == 1 ? Made.reals(beside, wide) : Made.reals(beside, wide, wide.length);
    }

    /** One row of features counts as a batch of one. */
    private static List<long[]> pickedSizes(Known known) {
        long[] shape = known.shape(0);
        require(shape.length >= 1, "one number has no features to pick from");
        long count = Sizes.count(known.shape(1));
        require(count >= 1, "it picks no feature");
        long[] made = shape.length == 1 ? new long[] {1, count} : shape.clone();
        made[made.length - 1] = count;
        return List.of(made);
    }

    private static Tensor picked(Call call) {
        Tensor x = call.in(0).dim() == 1 ? call.in(0).reshape(1, -1) : call.in(0);
        long features = x.size(-1);
        Tensor places = call.in(1).reshape(-1);
        for (long place : Call.integers(places)) {
            require(place >= 0 && place < features, "feature " + place + " is none of " + features);
        }
        return torch.index_select(x, -1, places);
    }
}
