package io.sapper.network.operator;

import static io.sapper.network.operator.OperatorType.several;
import static io.sapper.network.operator.OperatorType.type;
import static io.sapper.network.operator.Sizes.require;

import io.sapper.network.ElementType;
import io.sapper.network.Tensors;
import io.sapper.network.operator.OperatorType.Trait;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between real numbers and the few whole ones that stand for them. For use only: there is no gradient. */
final class Quantization {
    private static final String MICROSOFT = "com.microsoft";

    private Quantization() {}

    static List<OperatorType> types() {
        return List.of(
                quantize().build(),
                quantize().domain(MICROSOFT).build(),
                dequantize().build(),
                dequantize().domain(MICROSOFT).build(),
                several("DynamicQuantizeLinear", 3, call -> dynamic(call.in(0)))
                        .sizes(known -> List.of(known.shape(0), new long[0], new long[0]))
                        .traits(Trait.NO_GRADIENT)
                        .build());
    }

    private static OperatorType.Builder quantize() {
        return type("QuantizeLinear", Quantization::quantize)
                .inputs(2, 3)
                .attributes("axis", "block_size", "output_dtype", "precision", "saturate")
                .sizes(Quantization::sizes)
                .traits(Trait.NO_GRADIENT);
    }

    private static OperatorType.Builder dequantize() {
        return type("DequantizeLinear", Quantization::dequantize)
                .inputs(2, 3)
                .attributes("axis", "block_size", "output_dtype")
                .sizes(Quantization::sizes)
                .traits(Trait.NO_GRADIENT);
    }

    private static List<long[]> sizes(Known known) {
        long[] shape = known.shape(0);
        long[] scales = known.shape(1);
        Scales.of(known.attributes(), shape, scales);
        if (known.has(2)) {
            require(
                    Sizes.count(known.shape(2)) == Sizes.count(scales),
                    "its zero points of shape " + Sizes.text(known.shape(2)) + " do not fit its scales "
                            + Sizes.text(scales));
        }
        return List.of(shape);
    }

    private static Tensor quantize(Call call) {
        Attributes set = call.attributes();
        Tensor x = call.in(0);
        Scales scales = Scales.of(set, x.shape(), call.in(1).shape());
        long precision = set.integer("precision", 0);
        ScalarType type = precision == 0 ? Types.of(call.in(1)) : Tensors.scalarType(Types.named(precision));
        Tensor scale = scales.spread(call.in(1)).to(type);
        Tensor steps = torch.round(torch.div(x.to(type), scale)).to(ScalarType.Double);
        Tensor shifted =
                call.has(2) ? torch.add(steps, scales.spread(call.in(2)).to(ScalarType.Double)) : steps;
        return saturate(shifted, quantizedType(call));
    }

    private static ElementType quantizedType(Call call) {
        long named = call.attributes().integer("output_dtype", 0);
        if (named != 0) {
            return Types.named(named);
        }
        return call.has(2) ? quantizedType(call.in(2)) : ElementType.UINT8;
    }

    /** The type that a zero point has. There are none of 32 bits, so what is that wide holds 16 without a sign. */
    static ElementType quantizedType(Tensor zeroPoint) {
        return switch (Types.of(zeroPoint)) {
            case Byte -> ElementType.UINT8;
            case Char -> ElementType.INT8;
            case Short -> ElementType.INT16;
            case Int -> ElementType.UINT16;
            default -> throw new NotSupported("its zero points are of a type that is not supported");
        };
    }

    /** What lies outside the type becomes its least or greatest number. */
    static Tensor saturate(Tensor values, ElementType type) {
        double[] ends =
                switch (type) {
                    case UINT8 -> new double[] {0, 255};
                    case INT8 -> new double[] {-128, 127};
                    case UINT16 -> new double[] {0, 65535};
                    case INT16 -> new double[] {-32768, 32767};
                    default -> throw new NotSupported("quantizing to " + type.id() + " is not supported");
                };
        Tensor inside =
                torch.clamp(values, new ScalarOptional(new Scalar(ends[0])), new ScalarOptional(new Scalar(ends[1])));
        return inside.to(Tensors.scalarType(type));
    }

    private static Tensor dequantize(Call call) {
        Attributes set = call.attributes();
        Tensor x = call.in(0);
        Scales scales = Scales.of(set, x.shape(), call.in(1).shape());
        Tensor scale = scales.spread(call.in(1));
        Tensor steps = x.to(ScalarType.Long);
        Tensor shifted =
                call.has(2) ? torch.sub(steps, scales.spread(call.in(2)).to(ScalarType.Long)) : steps;
        Tensor made = torch.mul(shifted.to(Types.of(scale)), scale);
        long named = set.integer("output_dtype", 0);
        return named == 0 ? made : Types.cast(made, Types.named(named));
    }

    /** To 8 bits without a sign; the range always has 0 in it. */
    static List<Tensor> dynamic(Tensor x) {
        Tensor zero = torch.zeros_like(torch.sum(Types.needReal(x)));
        Tensor least = torch.minimum(torch.min(x), zero);
        Tensor span = torch.sub(torch.maximum(torch.max(x), zero), least);
        Tensor scale = torch.where( // all zeros have no range, and any scale does
                span.eq(new Scalar(0.0)), torch.ones_like(span), span.div(new Scalar(255.0)));
        Tensor zeroPoint = saturate(torch.round(torch.div(least, scale).neg()), ElementType.UINT8);
        Tensor steps = torch.add(torch.round(torch.div(x, scale)), zeroPoint.to(Types.of(x)));
        return List.of(saturate(steps, ElementType.UINT8), scale, zeroPoint);
    }
}
