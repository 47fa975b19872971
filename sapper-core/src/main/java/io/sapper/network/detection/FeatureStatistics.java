package io.sapper.network.detection;

import io.sapper.data.detection.Canvas;
import io.sapper.data.detection.PhotographsAhead;
import io.sapper.data.detection.Scene;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Network;
import io.sapper.network.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** Mean and variance of each channel of some feature maps, over places and photographs. */
final class FeatureStatistics {
    private final int channels;
    private final double[] sums;
    private final double[] squares;
    private long count;

    private FeatureStatistics(int channels) {
        this.channels = channels;
        this.sums = new double[channels];
        this.squares = new double[channels];
    }

    /**
     * Looks at photographs.
     *
     * @param graph reads a photograph
     * @param maps tensors of it, [1, channels, rows, columns]
     * @return of each map
     */
    static List<FeatureStatistics> of(
            Graph graph, List<String> maps, List<Scene> scenes, Canvas canvas, Compute compute) throws IOException {
        List<FeatureStatistics> all = new ArrayList<>();
        maps.forEach(map -> all.add(new FeatureStatistics(graph.shape(map).get(0))));
        int[] order = IntStream.range(0, scenes.size()).toArray();
        try (Network network = Network.of(graph.upTo(maps), compute);
                PhotographsAhead ahead = new PhotographsAhead(scenes, order, canvas, 1, 2)) {
            while (ahead.hasNext()) {
                byte[] pixels = ahead.next();
                try (PointerScope scope = new PointerScope();
                        AutoGradMode off = new AutoGradMode(false)) {
                    Tensor image = Photograph.tensor(pixels, canvas, compute);
                    List<Tensor> made = network.forward(Map.of(graph.input(), image), maps);
                    for (int i = 0; i < maps.size(); i++) {
                        all.get(i).add(Tensors.toArray(made.get(i)));
                    }
                }
            }
        }
        return all;
    }

    private void add(float... map) {
        int places = map.length / channels;
        for (int channel = 0; channel < channels; channel++) {
            for (int place = channel * places; place < (channel + 1) * places; place++) {
                sums[channel] += map[place];
                squares[channel] += (double) map[place] * map[place];
            }
        }
        count += places;
    }

    /** Of each channel. */
    float[] means() {
        float[] means = new float[channels];
        for (int i = 0; i < channels; i++) {
            means[i] = (float) (sums[i] / count);
        }
        return means;
    }

    /** Of each channel; 1 of one that is the same everywhere, or nearly. */
    float[] variances() {
        float[] variances = new float[channels];
        for (int i = 0; i < channels; i++) {
            double mean = sums[i] / count;
            double variance = squares[i] / count - mean * mean;
            variances[i] = variance > 1e-6 * mean * mean && variance > 0 ? (float) variance : 1;
        }
        return variances;
    }
}
