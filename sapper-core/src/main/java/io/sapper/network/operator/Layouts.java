package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.Initializer;
import io.sapper.network.Tensors;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Putting together, taking apart, repeating; channels and positions exchanged. */
final class Layouts {
    private Layouts() {}

    static List<OperatorType> types() {
        return List.of(
                type(
                                "Concat",
                                call -> Made.join(
                                        call.all(),
                                        axis(call.attributes(), call.in(0).shape())))
                        .inputs(1, Integer.MAX_VALUE)
                        .attributes("axis")
                        .sizes(Layouts::concatSizes)
                        .build(),
                several("Split", Integer.MAX_VALUE, Layouts::split)
                        .inputs(1, 2)
                        .attributes("axis", "num_outputs")
                        .sizes(Layouts::splitSizes)
                        .build(),
                type("Expand", call -> call.in(0)
                                .expand(Sizes.broadcast(call.in(0).shape(), call.integers(1))))
                        .inputs(2)
                        .sizes(known -> List.of(Sizes.broadcast(known.shape(0), known.integers(1))))
                        .build(),
                type("Tile", call -> call.in(0).repeat(call.integers(1)))
                        .inputs(2)
                        .sizes(Layouts::tileSizes)
                        .build(),
                type("ConstantOfShape", Layouts::constant)
                        .attributes("value")
                        .sizes(known -> List.of(shape(known.integers(0))))
                        .traits(Trait.NO_GRADIENT)
                        .build(),
                type("DepthToSpace", Layouts::depthToSpace)
                        .attributes("blocksize", "mode")
                        .sizes(known -> blocks(known, false))
                        .build(),
                type("SpaceToDepth", Layouts::spaceToDepth)
                        .attributes("blocksize")
                        .sizes(known -> blocks(known, true))
                        .build());
    }

    private static int axis(Attributes attributes, long[] shape) {
        return Sizes.axis(attributes.integer("axis", 0), shape.length);
    }

    private static List<long[]> concatSizes(Known known) {
        require(known.attributes().has("axis"), "its attribute axis is missing");
        long[] result = known.shape(0).clone();
        int axis = axis(known.attributes(), result);
        for (int i = 1; i < known.count(); i++) {
            long[] other = known.shape(i).clone();
            String problem =
                    "shapes " + Sizes.text(result) + " and " + Sizes.text(other) + " do not fit beside each other";
            require(other.length == result.length, problem);
            long sum = Math.addExact(result[axis], other[axis]);
            other[axis] = result[axis];
            require(Arrays.equals(other, result), problem);
            result[axis] = sum;
        }
        return List.of(result);
    }

    /** Sizes that are asked for, or parts of one size, the last of which may be smaller. */
    private static long[] parts(long size, long count, long @org.jspecify.annotations.Nullable [] asked) {
        if (asked != null) {
            require(
                    asked.length == count
                            && Arrays.stream(asked).allMatch(part -> part >= 0)
                            && Arrays.stream(asked).reduce(0, Math::addExact) == size,
                    "parts of " + Sizes.text(asked) + " for " + count + " output(s) do not fit " + size);
            return asked;
        }
        long each = (size + count - 1) / count;
        long[] parts = new long[Math.toIntExact(count)];
        Arrays.setAll(parts, i -> Math.max(0, Math.min(each, size - i * each)));
        return parts;
    }

    private static List<long[]> splitSizes(Known known) {
        long[] shape = known.shape(0);
        int axis = axis(known.attributes(), shape);
        int count = known.outputs();
        require(
                known.attributes().integer("num_outputs", count) == count,
                "num_outputs is not " + count + ", which it has");
        List<long[]> all = new ArrayList<>();
        for (long part : parts(shape[axis], count, known.has(1) ? known.integers(1) : null)) {
            long[] one = shape.clone();
            one[axis] = part;
            all.add(one);
        }
        return all;
    }

    private static List<Tensor> split(Call call) {
        Tensor x = call.in(0);
        int axis = axis(call.attributes(), x.shape());
        List<Tensor> all = new ArrayList<>();
        long from = 0;
        for (long part : parts(x.size(axis), call.outputs(), call.has(1) ? call.integers(1) : null)) {
            all.add(x.narrow(axis, from, part));
            from += part;
        }
        return all;
    }

    private static List<long[]> tileSizes(Known known) {
        long[] shape = known.shape(0).clone();
        long[] repeats = known.integers(1);
        require(
                repeats.length == shape.length && Arrays.stream(repeats).allMatch(count -> count >= 0),
                "repeats " + Sizes.text(repeats) + " do not fit shape " + Sizes.text(shape));
        Arrays.setAll(shape, i -> Math.multiplyExact(shape[i], repeats[i]));
        return List.of(shape);
    }

    private static long[] shape(long[] sizes) {
        require(Arrays.stream(sizes).allMatch(size -> size >= 0), "a shape of " + Sizes.text(sizes));
        return sizes;
    }

    private static Tensor constant(Call call) {
        Tensor sizes = call.in(0);
        long[] shape = shape(call.integers(0));
        if (!call.attributes().has("value")) {
            return Made.filled(sizes, ScalarType.Float, 0, shape);
        }
        Initializer value = call.attributes().tensor("value");
        require(value.size() == 1, "its value has " + value.size() + " numbers, not one");
        ScalarType type = Tensors.scalarType(value.type());
        Scalar number = value.type().real() ? new Scalar(value.real(0)) : new Scalar(value.integers()[0]);
        return torch.full(shape, number, sizes.options().dtype(new org.bytedeco.pytorch.ScalarTypeOptional(type)));
    }

    private static List<long[]> blocks(Known known, boolean deeper) {
        long[] shape = known.shape(0);
        long block = known.attributes().integer("blocksize", 0);
        require(
                shape.length == 4 && block >= 1 && block < 1 << 15,
                "blocksize of " + block + " for shape " + Sizes.text(shape));
        long area = block * block;
        boolean whole = deeper ? shape[2] % block == 0 && shape[3] % block == 0 : shape[1] % area == 0;
        require(whole, "shape " + Sizes.text(shape) + " is not whole blocks of " + block);
        return List.of(
                deeper
                        ? new long[] {shape[0], Math.multiplyExact(shape[1], area), shape[2] / block, shape[3] / block}
                        : new long[] {
                            shape[0],
                            shape[1] / area,
                            Math.multiplyExact(shape[2], block),
                            Math.multiplyExact(shape[3], block)
                        });
    }

    private static Tensor depthToSpace(Call call) {
        Tensor x = call.in(0);
        long block = call.attributes().integer("blocksize", 0);
        long n = x.size(0);
        long depth = x.size(1) / (block * block);
        long height = x.size(2);
        long width = x.size(3);
        Tensor blocks =
                switch (call.attributes().text("mode", "DCR")) {
                    case "DCR" ->
                        x.reshape(n, block, block, depth, height, width).permute(0, 3, 4, 1, 5, 2);
                    case "CRD" ->
                        x.reshape(n, depth, block, block, height, width).permute(0, 1, 4, 2, 5, 3);
                    default ->
                        throw new IllegalArgumentException(
                                "mode " + call.attributes().text("mode", "") + " is not known");
                };
        return blocks.reshape(n, depth, height * block, width * block);
    }

    private static Tensor spaceToDepth(Call call) {
        Tensor x = call.in(0);
        long block = call.attributes().integer("blocksize", 0);
        long height = x.size(2) / block;
        long width = x.size(3) / block;
        return x.reshape(x.size(0), x.size(1), height, block, width, block)
                .permute(0, 3, 5, 1, 2, 4)
                .reshape(x.size(0), x.size(1) * block * block, height, width);
    }
}
