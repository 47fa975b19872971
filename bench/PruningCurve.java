import io.sapper.data.Catalogue;
import io.sapper.data.Dataset;
import io.sapper.defense.LayerFeatures;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Initialization;
import io.sapper.network.Masks;
import io.sapper.network.Network;
import io.sapper.network.OnnxReader;
import io.sapper.network.zoo.Architecture;
import io.sapper.trigger.PixelPattern;
import io.sapper.trigger.Triggers;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A pruning curve of 33 points over the test images, clean and with the trigger: features cached, and the naive loop.
 * Usage: PruningCurve.java [MODEL.onnx] (default: first weights, which cost as much)
 */
public class PruningCurve {
    public static void main(String[] arguments) throws Exception {
        Engine.threads(1);
        Dataset clean = Catalogue.load("mnist").split().test();
        int[] all = IntStream.range(0, clean.size()).toArray();
        Dataset triggered = Triggers.triggered("triggered", clean, new PixelPattern(), all, clean.labels());
        List<Dataset> sets = List.of(clean, triggered);
        Graph graph = arguments.length > 0
                ? OnnxReader.read(Path.of(arguments[0]))
                : Initialization.draw(Architecture.BADNETS_DIGITS.graph(clean.shape(), 10), 1);
        String layer = graph.lastConvolution().name();
        cached(graph, layer, sets, null); // warm-up

        long[] passes = new long[2];
        long start = System.nanoTime();
        int[][][] fast = cached(graph, layer, sets, passes);
        double fastSeconds = (System.nanoTime() - start) / 1e9;
        List<Integer> order = order(graph, layer, clean);
        start = System.nanoTime();
        int[][][] naive = naive(graph, layer, sets, order, passes);
        double naiveSeconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "{\"images\": %d, \"points\": %d, \"cachedFullPasses\": %d, \"naiveFullPasses\": %d,"
                        + " \"cachedSeconds\": %.3f, \"naiveSeconds\": %.3f, \"ratio\": %.2f, \"differing\": %d}%n",
                2 * clean.size(),
                order.size() + 1,
                passes[0],
                passes[1],
                fastSeconds,
                naiveSeconds,
                naiveSeconds / fastSeconds,
                differing(fast, naive));
    }

    private static int[][][] cached(Graph graph, String layer, List<Dataset> sets, long[] passes) {
        int[][][] predictions = new int[sets.size()][][];
        List<Integer> order = null;
        for (int i = 0; i < sets.size(); i++) {
            try (LayerFeatures features = LayerFeatures.of(graph, layer, sets.get(i), Compute.CPU)) {
                order = order == null ? rank(features.meanActivations()) : order;
                predictions[i] = features.predictionsAsPruned(order);
                if (passes != null) {
                    passes[0] += features.headPasses();
                }
            }
        }
        return predictions;
    }

    private static int[][][] naive(
            Graph graph, String layer, List<Dataset> sets, List<Integer> order, long[] passes) {
        int[][][] predictions = new int[sets.size()][order.size() + 1][];
        for (int pruned = 0; pruned <= order.size(); pruned++) {
            Graph masked = Masks.prune(graph, layer, Set.copyOf(order.subList(0, pruned)));
            try (Network network = Network.of(masked, Compute.CPU)) {
                for (int i = 0; i < sets.size(); i++) {
                    predictions[i][pruned] = Inference.predictions(network, sets.get(i));
                }
                passes[1] += network.passes();
            }
        }
        return predictions;
    }

    private static List<Integer> order(Graph graph, String layer, Dataset clean) {
        try (LayerFeatures features = LayerFeatures.of(graph, layer, clean, Compute.CPU)) {
            return rank(features.meanActivations());
        }
    }

    private static List<Integer> rank(List<Double> means) {
        return IntStream.range(0, means.size())
                .boxed()
                .sorted(Comparator.comparingDouble(means::get))
                .toList();
    }

    private static int differing(int[][][] one, int[][][] other) {
        int count = 0;
        for (int set = 0; set < one.length; set++) {
            for (int pruned = 0; pruned < one[set].length; pruned++) {
                for (int image = 0; image < one[set][pruned].length; image++) {
                    count += one[set][pruned][image] == other[set][pruned][image] ? 0 : 1;
                }
            }
        }
        return count;
    }
}
