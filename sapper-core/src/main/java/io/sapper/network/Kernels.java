package io.sapper.network;

import io.sapper.network.operator.Call;
import io.sapper.network.operator.NotSupported;
import io.sapper.network.operator.OperatorType;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/** Calls kernels; what goes wrong inside libtorch is said in our words, on one line. */
final class Kernels {
    static final Call.Bodies NO_BODIES = (body, inputs) -> {
        throw new NotSupported("a graph inside it cannot be run here");
    };

    private Kernels() {}

    /** @throws IllegalArgumentException if the inputs do not fit; says how, to stand behind the node's name */
    static List<Tensor> run(Node node, Call call) {
        return run(node.operator().type().kernel(), call);
    }

    static List<Tensor> run(OperatorType.Kernel kernel, Call call) {
        try {
            return kernel.run(call);
        } catch (IllegalArgumentException | io.sapper.network.operator.Known.NotKnown e) {
            throw e;
        } catch (RuntimeException e) { // libtorch's: many lines, with its own source files
            if (String.valueOf(e.getMessage()).contains("not implemented for")) {
                throw new NotSupported("numbers of the type of its inputs are not supported");
            }
            throw new IllegalArgumentException("cannot be computed of inputs of shape " + shapes(call), e);
        }
    }

    private static String shapes(Call call) {
        return call.all().stream()
                .map(tensor -> java.util.Arrays.toString(tensor.shape()))
                .collect(Collectors.joining(", "));
    }
}
