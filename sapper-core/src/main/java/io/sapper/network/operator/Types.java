package io.sapper.network.operator;

import io.sapper.network.ElementType;
import io.sapper.network.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Element types of tensors. */
final class Types {
    private Types() {}

    static ScalarType of(Tensor tensor) {
        return tensor.scalar_type().intern();
    }

    /** Whether a tensor's elements are floating point numbers. */
    static boolean real(Tensor tensor) {
        return switch (of(tensor)) {
            case Float, Double, Half, BFloat16 -> true;
            default -> false;
        };
    }

    /**
     * The tensor, if its elements are floating point numbers.
     *
     * @throws IllegalArgumentException if not: libtorch would make such numbers of whole ones by itself
     */
    static Tensor needReal(Tensor tensor) {
        Sizes.support(real(tensor), "whole numbers are not supported here");
        return tensor;
    }

    /** Whether a tensor's number costs nothing to read: none, or one that lies here and is not trained. */
    static boolean readable(@Nullable Tensor tensor) {
        return tensor == null || (tensor.numel() == 1 && tensor.device().is_cpu() && !tensor.requires_grad());
    }

    /** In the element type of another tensor. */
    static Tensor as(Tensor tensor, Tensor like) {
        return tensor.to(of(like));
    }

    /**
     * The type of a number in ONNX files.
     *
     * @throws IllegalArgumentException if Sapper has none of that number
     */
    static ElementType named(long onnx) {
        return ElementType.of(Math.toIntExact(onnx))
                .orElseThrow(() -> new NotSupported("the element type " + onnx + " is not supported"));
    }

    /** In another type. What stands in a wider type than its own is cut to its own bits. */
    static Tensor cast(Tensor tensor, ElementType type) {
        ScalarType target = Tensors.scalarType(type);
        return switch (type) {
            case UINT16 -> cut(tensor, 0xffffL).to(target);
            case UINT32 -> cut(tensor, 0xffff_ffffL);
            default -> of(tensor) == target ? tensor.alias() : tensor.to(target);
        };
    }

    private static Tensor cut(Tensor tensor, long mask) {
        return torch.bitwise_and(tensor.to(ScalarType.Long), new Scalar(mask));
    }

    /** The least number of a tensor's type: minus infinity where it has that. */
    static Scalar lowest(Tensor tensor) {
        return switch (of(tensor)) {
            case Byte, Bool -> new Scalar(0L);
            case Char -> new Scalar((long) Byte.MIN_VALUE);
            case Short -> new Scalar((long) Short.MIN_VALUE);
            case Int -> new Scalar((long) Integer.MIN_VALUE);
            case Long -> new Scalar(Long.MIN_VALUE);
            default -> new Scalar(Double.NEGATIVE_INFINITY);
        };
    }

    /** The greatest number of a tensor's type: infinity where it has that. */
    static Scalar highest(Tensor tensor) {
        return switch (of(tensor)) {
            case Bool -> new Scalar(1L);
            case Byte -> new Scalar(255L);
            case Char -> new Scalar((long) Byte.MAX_VALUE);
            case Short -> new Scalar((long) Short.MAX_VALUE);
            case Int -> new Scalar((long) Integer.MAX_VALUE);
            case Long -> new Scalar(Long.MAX_VALUE);
            default -> new Scalar(Double.POSITIVE_INFINITY);
        };
    }
}
