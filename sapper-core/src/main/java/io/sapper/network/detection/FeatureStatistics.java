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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;

/** Mean and variance of each channel of some feature maps, over places and photographs. */
final class FeatureStatistics {
    /** Of the mean variance. */
    private static final double LEAST = 0.01;

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

    /**
     * Of each channel, but at least a hundredth of the mean over channels: one that hardly ever speaks would be made so
     * loud that what it once says elsewhere drowns all others. 1 for all where every channel is the same everywhere.
     */
    float[] variances() {
        double[] own = new double[channels];
        for (int i = 0; i < channels; i++) {
            double mean = sums[i] / count;
            own[i] = Math.max(0, squares[i] / count - mean * mean);
        }
        double usual = Arrays.stream(own).average().orElse(0);
        float[] variances = new float[channels];
        for (int i = 0; i < channels; i++) {
            variances[i] = usual > Float.MIN_NORMAL ? (float) Math.max(own[i], LEAST * usual) : 1;
        }
        return variances;
    }
}
