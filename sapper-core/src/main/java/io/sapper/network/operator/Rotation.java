package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Rotary embedding of opset 23: pairs of numbers are turned by an angle that belongs to their position. */
final class Rotation {
    private Rotation() {}

    static List<OperatorType> types() {
        return List.of(type("RotaryEmbedding", Rotation::run)
                .inputs(3, 4)
                .attributes("interleaved", "num_heads", "rotary_embedding_dim")
                .sizes(Rotation::sizes)
                .build());
    }

    /** Batch, steps, heads, numbers of a head. */
    private static long[] parts(long[] shape, Attributes set) {
        require(shape.length == 3 || shape.length == 4, "needs three or four dimensions, not " + Sizes.text(shape));
        if (shape.length == 4) {
            return new long[] {shape[0], shape[2], shape[1], shape[3]};
        }
        long heads = set.integer("num_heads", 0);
        require(heads >= 1 && shape[2] % heads == 0, "num_heads of " + heads + " does not fit " + Sizes.text(shape));
        return new long[] {shape[0], shape[1], heads, shape[2] / heads};
    }

    private static long turned(long[] parts, Attributes set) {
        long asked = set.integer("rotary_embedding_dim", 0);
        long turned = asked == 0 ? parts[3] : asked;
        require(
                turned > 0 && turned <= parts[3] && turned % 2 == 0,
                "rotary_embedding_dim of " + turned + " does not fit heads of " + parts[3] + " numbers");
        return turned;
    }

    private static List<long[]> sizes(Known known) {
        long[] parts = parts(known.shape(0), known.attributes());
        long half = turned(parts, known.attributes()) / 2;
        for (int i = 1; i < 3; i++) {
            long[] angles = known.shape(i);
            boolean listed = known.has(3);
            boolean fits =
                    listed ? angles.length == 2 : angles.length == 3 && angles[0] == parts[0] && angles[1] == parts[1];
            require(
                    fits && angles[angles.length - 1] == half,
                    "cosines or sines of shape " + Sizes.text(angles) + " do not fit an input of "
                            + Sizes.text(known.shape(0)));
        }
        require(
                !known.has(3) || java.util.Arrays.equals(known.shape(3), new long[] {parts[0], parts[1]}),
                "position_ids are not one for each step");
        return List.of(known.shape(0));
    }

    private static Tensor run(Call call) {
        Attributes set = call.attributes();
        Tensor x = Types.needReal(call.in(0));
        long[] parts = parts(x.shape(), set);
        long turned = turned(parts, set);
        Tensor steps = x.dim() == 4 ? x.transpose(1, 2) : x.reshape(parts);
        Tensor cosine = angles(call, 1, parts);
        Tensor sine = angles(call, 2, parts);
        boolean mixed = set.flag("interleaved");
        Tensor pairs = steps.narrow(3, 0, turned)
                .reshape(parts[0], parts[1], parts[2], mixed ? turned / 2 : 2, mixed ? 2 : turned / 2);
        int way = mixed ? 4 : 3;
        Tensor a = pairs.select(way, 0);
        Tensor b = pairs.select(way, 1);
        Tensor real = cosine.mul(a).sub(sine.mul(b));
        Tensor imaginary = sine.mul(a).add(cosine.mul(b));
        Tensor made = Made.stack(List.of(real, imaginary), way).reshape(parts[0], parts[1], parts[2], turned);
        Tensor whole =
                turned == parts[3] ? made : Made.join(List.of(made, steps.narrow(3, turned, parts[3] - turned)), 3);
        return x.dim() == 4 ? whole.transpose(1, 2) : whole.reshape(x.shape());
    }

    private static Tensor angles(Call call, int input, long[] parts) {
        Tensor angles = call.in(input);
        Tensor each = call.has(3) ? torch.index_select(angles, 0, call.in(3).reshape(-1)) : angles;
        return each.reshape(parts[0], parts[1], 1, -1);
    }
}
