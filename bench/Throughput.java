import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.network.Compute;
import io.sapper.network.Engine;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Network;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Training throughput of the BadNets digit network in Sapper.
 * Usage: Throughput.java REPLICAS THREADS [STEPS [BATCH [cpu|cuda]]]
 */
public class Throughput {
    private static final int IMAGES = 60_000;

    public static void main(String[] arguments) {
        int replicas = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 400;
        int batch = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 64;
        Compute device = Compute.of(arguments.length > 4 ? arguments[4] : "cpu");
        Engine.threads(threads);
        ImageShape shape = new ImageShape(1, 28, 28);
        Graph graph = Initialization.draw(Architecture.BADNETS_DIGITS.graph(shape, 10), 1);
        // As many images as MNIST has, unless fewer are asked for: then as many steps as make up what was asked for.
        int images = Math.min(IMAGES / batch, steps) * batch;
        int epochs = Math.max(1, steps * batch / images);
        Optimizer optimizer = new Optimizer.Sgd(0.01, 0.9, 0);
        try (Network network = Network.of(graph, device)) {
            // Long enough for Java's compiler and for the choice of threads.
            int warmUp = Math.min(150 * batch, 5 * images) / images + 1;
            Dataset data = random(shape, images);
            train(network, data, new TrainingOptions(warmUp, batch, optimizer, Schedule.CONSTANT, replicas));
            double rate =
                    train(network, data, new TrainingOptions(epochs, batch, optimizer, Schedule.CONSTANT, replicas));
            System.out.printf(
                    Locale.ROOT,
                    "{\"device\": \"%s\", \"batch\": %d, \"replicas\": %d, \"threads\": %d, \"imagesPerSecond\": %.1f}%n",
                    device.id(),
                    batch,
                    replicas,
                    threads,
                    rate);
        }
    }

    private static double train(Network network, Dataset data, TrainingOptions options) {
        return Trainer.train(network, data, options, 1, Progress.NONE).imagesPerSecond();
    }

    private static Dataset random(ImageShape shape, int size) {
        Random random = new Random(1);
        byte[] pixels = new byte[size * shape.size()];
        random.nextBytes(pixels);
        List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return new Dataset("random", shape, pixels, random.ints(size, 0, 10).toArray(), names);
    }
}
