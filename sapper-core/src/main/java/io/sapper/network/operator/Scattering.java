package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Putting numbers at positions. */
final class Scattering {
    private Scattering() {}

    static List<OperatorType> types() {
        return List.of(
                type("ScatterElements", Scattering::elements)
                        .inputs(3)
                        .attributes("axis", "reduction")
                        .sizes(Scattering::elementsSizes)
                        .build(),
                type("ScatterND", Scattering::many)
                        .inputs(3)
                        .attributes("reduction")
                        .sizes(Scattering::manySizes)
                        .build());
    }

    private static List<long[]> elementsSizes(Known known) {
        long[] shape = known.shape(0);
        long[] indices = known.shape(1);
        Sizes.axis(known.attributes().integer("axis", 0), shape.length);
        require(
                indices.length == shape.length && Arrays.equals(indices, known.shape(2)),
                "indices " + Sizes.text(indices) + " and updates " + Sizes.text(known.shape(2)) + " do not fit shape "
                        + Sizes.text(shape));
        return List.of(shape);
    }

    private static Tensor elements(Call call) {
        Tensor x = call.in(0);
        int axis = Sizes.axis(call.attributes().integer("axis", 0), (int) x.dim());
        Tensor at = Indexing.positions(call.in(1), x.size(axis));
        return Rows.put(x, axis, at, call.in(2), call.attributes().text("reduction", "none"));
    }

    private static List<long[]> manySizes(Known known) {
        long[] shape = known.shape(0);
        long[] indices = known.shape(1);
        long deep = indices.length == 0 ? 0 : indices[indices.length - 1];
        require(
                deep >= 1 && deep <= shape.length,
                "indices of shape " + Sizes.text(indices) + " do not fit shape " + Sizes.text(shape));
        int rest = shape.length - (int) deep;
        long[] updates = Arrays.copyOf(indices, indices.length - 1 + rest);
        System.arraycopy(shape, (int) deep, updates, indices.length - 1, rest);
        require(
                Arrays.equals(updates, known.shape(2)),
                "updates of shape " + Sizes.text(known.shape(2)) + " are not of shape " + Sizes.text(updates));
        return List.of(shape);
    }

    private static Tensor many(Call call) {
        Tensor x = call.in(0);
        Rows rows = Rows.of(x, call.in(1), 0);
        Tensor updates = call.in(2).reshape(rows.at().size(0), rows.data().size(1));
        return rows.with(updates, call.attributes().text("reduction", "none")).reshape(x.shape());
    }
}
