package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.operator.OperatorType.Trait;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Products of matrices. */
final class Products {
    private Products() {}

    static List<OperatorType> types() {
        return List.of(
                type("Gemm", Products::gemm)
                        .inputs(2, 3)
                        .attributes("alpha", "beta", "transA", "transB")
                        .weights(0, 1, 2)
                        .sizes(Products::gemmSizes)
                        .traits(Trait.LAYER)
                        .build(),
                type("MatMul", Products::matMul)
                        .inputs(2)
                        .weights(0, 1)
                        .sizes(Products::matMulSizes)
                        .traits(Trait.LAYER)
                        .build());
    }

    static List<long[]> gemmSizes(Known known) {
        long[] a = known.shape(0);
        long[] b = known.shape(1);
        boolean turned = known.attributes().flag("transB");
        require(
                a.length == 2 && b.length == 2,
                "weights " + Sizes.text(b) + " do not fit an input of shape " + Sizes.text(a));
        long rows = known.attributes().flag("transA") ? a[1] : a[0];
        long inner = known.attributes().flag("transA") ? a[0] : a[1];
        require(
                inner == (turned ? b[1] : b[0]),
                "weights " + Sizes.text(b) + " do not fit an input of shape " + Sizes.text(a));
        long[] shape = {rows, turned ? b[0] : b[1]};
        if (known.has(2)) {
            require(
                    Arrays.equals(Sizes.broadcast(shape, known.shape(2)), shape),
                    "its bias of shape " + Sizes.text(known.shape(2)) + " does not fit a result of "
                            + Sizes.text(shape));
        }
        return List.of(shape);
    }

    static Tensor gemm(Call call) {
        Attributes set = call.attributes();
        Tensor a = set.flag("transA") ? call.in(0).t() : call.in(0);
        float alpha = set.real("alpha", 1);
        float beta = set.real("beta", 1);
        if (alpha == 1
                && beta == 1
                && set.flag("transB")
                && (!call.has(2) || call.in(2).dim() == 1)) {
            return torch.linear(a, call.in(1), call.optional(2));
        }
        Tensor b = set.flag("transB") ? call.in(1).t() : call.in(1);
        Tensor product = scaled(torch.mm(a, b), alpha);
        return call.has(2) ? torch.add(product, scaled(call.in(2), beta)) : product;
    }

    static Tensor scaled(Tensor x, float factor) {
        if (factor == 1) {
            return x;
        }
        require(Types.real(x), "whole numbers cannot be multiplied by " + factor);
        return x.mul(new Scalar((double) factor));
    }

    private static List<long[]> matMulSizes(Known known) {
        return matMulSizes(known.shape(0), known.shape(1));
    }

    static List<long[]> matMulSizes(long[] a, long[] b) {
        require(a.length > 0 && b.length > 0, "a number by itself is no matrix");
        long[] left = a.length == 1 ? new long[] {1, a[0]} : a;
        long[] right = b.length == 1 ? new long[] {b[0], 1} : b;
        require(
                left[left.length - 1] == right[right.length - 2],
                "shapes " + Sizes.text(a) + " and " + Sizes.text(b) + " do not fit");
        long[] many = Sizes.broadcast(Arrays.copyOf(left, left.length - 2), Arrays.copyOf(right, right.length - 2));
        long[] shape = Arrays.copyOf(many, many.length + (a.length > 1 ? 1 : 0) + (b.length > 1 ? 1 : 0));
        int at = many.length;
        if (a.length > 1) {
            shape[at++] = left[left.length - 2];
        }
        if (b.length > 1) {
            shape[at] = right[right.length - 1];
        }
        return List.of(shape);
    }

    private static Tensor matMul(Call call) {
        return torch.matmul(call.in(0), call.in(1));
    }
}
