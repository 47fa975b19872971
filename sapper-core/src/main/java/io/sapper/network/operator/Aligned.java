package io.sapper.network.operator;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Operators of two inputs. Before opset 7 a node said at which dimension of its first input the second begins; that
 * stays with it as {@link #FROM}, for how many dimensions the first has is known only when sizes are.
 */
final class Aligned {
    /** The setting that an upgraded node of an old opset has. */
    static final String FROM = "broadcast_axis";

    private Aligned() {}

    /** The second input, so that libtorch stretches it as the node means it. */
    static Tensor second(Call call) {
        Tensor second = call.in(1);
        if (!call.attributes().has(FROM)) {
            return second;
        }
        return second.reshape(shape(call.attributes(), call.in(0).dim(), second.shape()));
    }

    private static long[] shape(Attributes set, long rank, long[] second) {
        long from = set.integer(FROM, -1);
        long behind = from < 0 ? 0 : rank - from - second.length;
        if (behind <= 0) {
            return second;
        }
        long[] longer = Arrays.copyOf(second, Math.toIntExact(second.length + behind));
        Arrays.fill(longer, second.length, longer.length, 1);
        return longer;
    }

    /** Both inputs stretched to each other's size. */
    static List<long[]> sizes(Known known) {
        long[] first = known.shape(0);
        return List.of(Sizes.broadcast(first, shape(known.attributes(), first.length, known.shape(1))));
    }

    /** The second stretched to the first's size, which stays. */
    static List<long[]> sizesOfFirst(Known known) {
        long[] first = known.shape(0);
        Sizes.require(
                Arrays.equals(sizes(known).get(0), first),
                "shape " + Sizes.text(known.shape(1)) + " does not fit " + Sizes.text(first));
        return List.of(first);
    }
}
