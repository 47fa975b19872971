package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.ElementType;
import io.sapper.network.Tensors;
import io.sapper.network.operator.Known.NotKnown;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Picking out by position, and positions themselves. */
final class Indexing {
    private Indexing() {}

    static List<OperatorType> types() {
        return List.of(
                type("Gather", Indexing::gather)
                        .inputs(2)
                        .attributes("axis")
                        .sizes(Indexing::gatherSizes)
                        .build(),
                type("GatherElements", Indexing::gatherElements)
                        .inputs(2)
                        .attributes("axis")
                        .sizes(Indexing::elementsSizes)
                        .build(),
                type("GatherND", Indexing::gatherMany)
                        .inputs(2)
                        .attributes("batch_dims")
                        .sizes(Indexing::manySizes)
                        .build(),
                type("OneHot", Indexing::oneHot)
                        .inputs(3)
                        .attributes("axis")
                        .sizes(Indexing::oneHotSizes)
                        .build(),
                type("NonZero", call -> torch.nonzero(call.in(0)).t().contiguous())
                        .sizes(Indexing::depends)
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("Compress", Indexing::compress)
                        .inputs(2)
                        .attributes("axis")
                        .sizes(Indexing::depends)
                        .build(),
                type("EyeLike", Indexing::eye)
                        .attributes("dtype", "k")
                        .sizes(known -> List.of(square(known.shape(0))))
                        .traits(Trait.NO_GRADIENT)
                        .build());
    }

    private static List<long[]> depends(Known known) {
        throw new NotKnown();
    }

    /**
     * Positions that are counted from the end made plain.
     *
     * @throws IllegalArgumentException if one lies outside
     */
    static Tensor positions(Tensor given, long size) {
        Tensor at = given.to(ScalarType.Long);
        if (at.numel() == 0) {
            return at;
        }
        long least = torch.min(at).item_long();
        long most = torch.max(at).item_long();
        require(
                least >= -size && most < size,
                "position " + (least < -size ? least : most) + " lies outside of " + size);
        return least < 0 ? torch.where(at.lt(new Scalar(0L)), at.add(new Scalar(size)), at) : at;
    }

    private static int axis(Attributes attributes, int rank) {
        return Sizes.axis(attributes.integer("axis", 0), rank);
    }

    private static long[] gathered(long[] shape, long[] indices, int axis) {
        long[] result = new long[shape.length - 1 + indices.length];
        System.arraycopy(shape, 0, result, 0, axis);
        System.arraycopy(indices, 0, result, axis, indices.length);
        System.arraycopy(shape, axis + 1, result, axis + indices.length, shape.length - axis - 1);
        return result;
    }

    private static List<long[]> gatherSizes(Known known) {
        long[] shape = known.shape(0);
        return List.of(gathered(shape, known.shape(1), axis(known.attributes(), shape.length)));
    }

    private static Tensor gather(Call call) {
        Tensor x = call.in(0);
        int axis = axis(call.attributes(), (int) x.dim());
        Tensor at = positions(call.in(1), x.size(axis));
        return x.index_select(axis, at.reshape(-1)).reshape(gathered(x.shape(), at.shape(), axis));
    }

    private static List<long[]> elementsSizes(Known known) {
        long[] shape = known.shape(0);
        long[] indices = known.shape(1);
        int axis = axis(known.attributes(), shape.length);
        boolean fits = indices.length == shape.length;
        for (int i = 0; i < shape.length && fits; i++) {
            fits = i == axis || indices[i] <= shape[i];
        }
        require(fits, "indices of shape " + Sizes.text(indices) + " do not fit shape " + Sizes.text(shape));
        return List.of(indices);
    }

    private static Tensor gatherElements(Call call) {
        Tensor x = call.in(0);
        int axis = axis(call.attributes(), (int) x.dim());
        return x.gather(axis, positions(call.in(1), x.size(axis)));
    }

    private static long[] many(long[] shape, long[] indices, long batch) {
        String problem = "indices of shape " + Sizes.text(indices) + " do not fit shape " + Sizes.text(shape);
        require(shape.length > 0 && indices.length > 0, problem);
        require(batch >= 0 && batch < Math.min(shape.length, indices.length), "batch_dims of " + batch);
        int common = (int) batch;
        long deep = indices[indices.length - 1];
        require(
                deep >= 1
                        && deep <= shape.length - common
                        && Arrays.equals(Arrays.copyOf(shape, common), Arrays.copyOf(indices, common)),
                problem);
        int rest = shape.length - common - (int) deep;
        long[] result = Arrays.copyOf(indices, indices.length - 1 + rest);
        System.arraycopy(shape, shape.length - rest, result, indices.length - 1, rest);
        return result;
    }

    private static List<long[]> manySizes(Known known) {
        return List.of(many(known.shape(0), known.shape(1), known.attributes().integer("batch_dims", 0)));
    }

    private static Tensor gatherMany(Call call) {
        Tensor x = call.in(0);
        int common = (int) call.attributes().integer("batch_dims", 0);
        long[] result = many(x.shape(), call.in(1).shape(), common);
        return Rows.of(x, call.in(1), common).taken().reshape(result);
    }

    private static long[] oneHot(long[] shape, long depth, Attributes attributes) {
        int axis = Sizes.axis(attributes.integer("axis", -1), shape.length + 1);
        require(depth >= 1, "depth of " + depth);
        long[] result = new long[shape.length + 1];
        System.arraycopy(shape, 0, result, 0, axis);
        result[axis] = depth;
        System.arraycopy(shape, axis, result, axis + 1, shape.length - axis);
        return result;
    }

    private static List<long[]> oneHotSizes(Known known) {
        double[] depth = known.reals(1);
        require(depth.length == 1, "depth of " + depth.length + " numbers");
        require(Arrays.equals(known.shape(2), new long[] {2}), "its values are not two");
        return List.of(oneHot(known.shape(0), (long) depth[0], known.attributes()));
    }

    private static Tensor oneHot(Call call) {
        Tensor indices = call.in(0).to(ScalarType.Long);
        long depth = (long) call.number(1, 0);
        long[] result = oneHot(indices.shape(), depth, call.attributes());
        int axis = Sizes.axis(call.attributes().integer("axis", -1), result.length);
        Tensor at = torch.where(indices.lt(new Scalar(0L)), indices.add(new Scalar(depth)), indices);
        long[] row = new long[result.length];
        Arrays.fill(row, 1);
        row[axis] = depth;
        Tensor hit = at.unsqueeze(axis).eq(Made.upTo(indices, depth).reshape(row));
        Tensor values = call.in(2);
        return torch.where(
                hit, values.narrow(0, 1, 1).reshape(), values.narrow(0, 0, 1).reshape());
    }

    private static Tensor compress(Call call) {
        Tensor x = call.attributes().has("axis") ? call.in(0) : call.in(0).reshape(-1);
        int axis = axis(call.attributes(), (int) x.dim());
        Tensor at = torch.nonzero(call.in(1)).reshape(-1);
        require(
                call.in(1).dim() == 1 && (call.in(1).size(0) <= x.size(axis) || at.numel() == 0),
                "a condition of shape " + Sizes.text(call.in(1).shape()) + " does not fit " + x.size(axis));
        return x.index_select(axis, at);
    }

    private static long[] square(long[] shape) {
        require(shape.length == 1 || shape.length == 2, "needs rows and columns, not shape " + Sizes.text(shape));
        return shape.length == 2 ? shape : new long[] {shape[0], shape[0]};
    }

    private static Tensor eye(Call call) {
        Tensor x = call.in(0);
        long[] shape = square(x.shape());
        ScalarType type = x.scalar_type();
        if (call.attributes().has("dtype")) {
            int asked = (int) call.attributes().integer("dtype", 1);
            type = Tensors.scalarType(
                    ElementType.of(asked).orElseThrow(() -> new NotSupported("dtype " + asked + " is not supported")));
        }
        Tensor rows = Made.upTo(x, shape[0]).unsqueeze(1);
        Tensor columns = Made.upTo(x, shape[1]).unsqueeze(0);
        Tensor hit = columns.sub(rows).eq(new Scalar(call.attributes().integer("k", 0)));
        return hit.to(
                x.options().dtype(new ScalarTypeOptional(type)),
                false,
                false,
                new org.bytedeco.pytorch.MemoryFormatOptional());
    }
}
