import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Network;
import io.sapper.network.OnnxReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How many images a second go through an ONNX network.
 * Usage: InferenceThroughput.java MODEL THREADS [SECONDS]
 */
public class InferenceThroughput {
    public static void main(String[] arguments) throws Exception {
        Engine.threads(Integer.parseInt(arguments[1]));
        double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 10;
        Graph graph = OnnxReader.read(Path.of(arguments[0]));
        List<Integer> input = graph.inputShape();
        int batch = Inference.batch(graph);
        ImageShape shape = new ImageShape(input.get(0), input.get(1), input.get(2));
        Random random = new Random(1);
        byte[] pixels = new byte[batch * shape.size()];
        random.nextBytes(pixels);
        List<String> names =
                IntStream.range(0, graph.classCount()).mapToObj(Integer::toString).toList();
        Dataset data = new Dataset("random", shape, pixels, new int[batch], names);
        try (Network network = Network.of(graph, Compute.CPU)) {
            rate(network, data, seconds / 2);
            System.out.printf(
                    Locale.ROOT,
                    "{\"batch\": %d, \"threads\": %s, \"imagesPerSecond\": %.1f}%n",
                    batch,
                    arguments[1],
                    rate(network, data, seconds));
        }
    }

    private static double rate(Network network, Dataset data, double seconds) {
        long begin = System.nanoTime();
        long images = 0;
        while (System.nanoTime() - begin < seconds * 1e9) {
            Inference.predictions(network, data);
            images += data.size();
        }
        return images / ((System.nanoTime() - begin) / 1e9);
    }
}
