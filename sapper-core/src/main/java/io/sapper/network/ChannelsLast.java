package io.sapper.network;

import java.util.Collection;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Tensors of four dimensions with the second of them innermost in memory, as convolutions work fastest
 * (docs/decisions/0015).
 */
final class ChannelsLast {
    /**
     * Rows times columns from which on a single input is laid so too, 256 x 256: a photograph for a detector, but not a
     * classifier's picture, whose sums stay in their order (docs/decisions/0015).
     */
    private static final long LARGE = 1 << 16;

    private ChannelsLast() {}

    /** Whether it is faster so: for several inputs, or one that is large. */
    static boolean pays(Collection<Tensor> given) {
        return given.stream()
                .anyMatch(tensor ->
                        tensor.dim() == 4 && (tensor.size(0) > 1 || tensor.size(2) * tensor.size(3) >= LARGE));
    }

    /** As convolutions hand on what they make: so a part of a network gives the bits of the whole. */
    static Tensor lay(Tensor given) {
        return given.dim() == 4 ? given.contiguous(torch.MemoryFormat.ChannelsLast) : given;
    }

    /**
     * Lays a network's own values so; those before are closed. Trained weights lie so already, and tensors with
     * gradients are whose they are.
     */
    static void layOwned(Map<String, Tensor> values) {
        try (PointerScope scope = new PointerScope()) {
            values.replaceAll((name, value) -> {
                if (value.dim() != 4 || value.requires_grad() || value.is_contiguous(torch.MemoryFormat.ChannelsLast)) {
                    return value;
                }
                Tensor last = lay(value);
                last.retainReference();
                value.close();
                return last;
            });
        }
    }
}
