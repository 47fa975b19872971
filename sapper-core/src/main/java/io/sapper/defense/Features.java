package io.sapper.defense;

import io.sapper.network.Channels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * What is kept of one batch where a network is cut. Owns its tensors until it is closed.
 *
 * @param name of the feature map whose channels are pruned
 * @param shape of it: [batch, channels, ...]
 * @param axis where the channels stand in the feature map itself
 * @param channels of it: [batch, channels, positions]
 * @param others shortcuts that pass it by, by name, as they are
 * @param images in the batch; behind them may stand what fills it up
 */
record Features(String name, List<Long> shape, int axis, Tensor channels, Map<String, Tensor> others, int images)
        implements AutoCloseable {
    /** Keeps tensors beyond the scope that they live in: the feature map first, then the shortcuts. */
    static Features keep(Channels channels, List<String> names, List<Tensor> tensors, int images) {
        try (PointerScope scope = new PointerScope()) {
            int axis = channels.axis();
            Tensor map = axis == 1 ? tensors.get(0) : tensors.get(0).movedim(axis, 1);
            Tensor byChannel = map.reshape(map.size(0), channels.count(), -1);
            byChannel.retainReference();
            Map<String, Tensor> others = new LinkedHashMap<>();
            for (int i = 1; i < names.size(); i++) {
                Tensor other = tensors.get(i).alias();
                other.retainReference();
                others.put(names.get(i), other);
            }
            return new Features(names.get(0), sizes(map), axis, byChannel, others, images);
        }
    }

    private static List<Long> sizes(Tensor tensor) {
        return LongStream.range(0, tensor.dim()).mapToObj(tensor::size).toList();
    }

    /**
     * Everything by name, with another state of the feature map, [batch, channels, positions], in the caller's scope;
     * that one first.
     */
    Map<String, Tensor> with(Tensor changed) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        Tensor map = changed.reshape(shape.stream().mapToLong(Long::longValue).toArray());
        all.put(name, axis == 1 ? map : map.movedim(1, axis));
        all.putAll(others);
        return all;
    }

    @Override
    public void close() {
        channels.close();
        others.values().forEach(Tensor::close);
    }
}
