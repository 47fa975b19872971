package io.sapper.network.operator;

import static io.sapper.network.operator.Sizes.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The functions that a recurrent layer applies, for each direction.
 *
 * @param functions those of the first direction, then those of the second
 * @param each how many a direction has
 * @param clip what goes in is kept within minus and plus this; infinite where it is not
 */
record Gates(List<UnaryOperator<Tensor>> functions, int each, double clip) {
    /** @param otherwise names of one direction's functions where the node has none */
    static Gates of(Attributes attributes, List<String> otherwise) {
        List<String> named = attributes.texts("activations");
        int directions = attributes.text("direction", "forward").equals("bidirectional") ? 2 : 1;
        List<String> names = new ArrayList<>(named.isEmpty() ? otherwise : named);
        if (named.isEmpty() && directions == 2) {
            names.addAll(otherwise);
        }
        require(
                names.size() == directions * otherwise.size(),
                names.size() + " activations, where " + directions * otherwise.size() + " are needed");
        Numbers alpha = new Numbers(attributes.reals("activation_alpha"));
        Numbers beta = new Numbers(attributes.reals("activation_beta"));
        List<UnaryOperator<Tensor>> functions = new ArrayList<>();
        for (String name : names) {
            functions.add(function(name, alpha, beta));
        }
        return new Gates(functions, otherwise.size(), attributes.real("clip", Double.POSITIVE_INFINITY));
    }

    Tensor apply(int direction, int function, Tensor x) {
        Tensor within = Double.isInfinite(clip)
                ? x
                : torch.clamp(x, new ScalarOptional(new Scalar(-clip)), new ScalarOptional(new Scalar(clip)));
        return unclipped(direction, function, within);
    }

    /** The cell state goes into its function as it is: that is how everybody reads ONNX's "clip". */
    Tensor unclipped(int direction, int function, Tensor x) {
        return functions.get(direction * each + function).apply(x);
    }

    /** A node's numbers, which the functions that want one take in order. */
    private static final class Numbers {
        private final float[] given;
        private int taken;

        Numbers(float[] given) {
            this.given = given;
        }

        Scalar next(double otherwise) {
            return new Scalar(taken < given.length ? (double) given[taken++] : otherwise);
        }
    }

    private static UnaryOperator<Tensor> function(String name, Numbers alphas, Numbers betas) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "sigmoid" -> {
                return torch::sigmoid;
            }
            case "tanh" -> {
                return torch::tanh;
            }
            case "relu" -> {
                return torch::relu;
            }
            case "softsign" -> {
                return x -> x.div(x.abs().add(new Scalar(1.0)));
            }
            case "softplus" -> {
                return torch::softplus;
            }
            case "affine" -> {
                Scalar alpha = alphas.next(1);
                Scalar beta = betas.next(0);
                return x -> x.mul(alpha).add(beta);
            }
            case "leakyrelu" -> {
                Scalar alpha = alphas.next(0.01);
                return x -> torch.leaky_relu(x, alpha);
            }
            case "thresholdedrelu" -> {
                Scalar alpha = alphas.next(1);
                return x -> torch.where(x.ge(alpha), x, torch.zeros_like(x));
            }
            case "scaledtanh" -> {
                Scalar alpha = alphas.next(1);
                Scalar beta = betas.next(1);
                return x -> torch.tanh(x.mul(beta)).mul(alpha);
            }
            case "hardsigmoid" -> {
                Scalar alpha = alphas.next(0.2);
                Scalar beta = betas.next(0.5);
                ScalarOptional zero = new ScalarOptional(new Scalar(0.0));
                ScalarOptional one = new ScalarOptional(new Scalar(1.0));
                return x -> torch.clamp(x.mul(alpha).add(beta), zero, one);
            }
            case "elu" -> {
                Scalar alpha = alphas.next(1);
                return x -> torch.elu(x, alpha, new Scalar(1.0), new Scalar(1.0));
            }
            default -> throw new IllegalArgumentException("the activation " + name + " is not known");
        }
    }
}
