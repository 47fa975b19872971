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

/** Training throughput of the BadNets digit network in Sapper. Usage: Throughput.java REPLICAS THREADS [STEPS] */
public class Throughput {
    private static final int BATCH = 64;
    private static final int WARM_UP = 50;

    public static void main(String[] arguments) {
        int replicas = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int steps = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 400;
        Engine.threads(threads);
        ImageShape shape = new ImageShape(1, 28, 28);
        Graph graph = Initialization.draw(Architecture.BADNETS_DIGITS.graph(shape, 10), 1);
        TrainingOptions options =
                new TrainingOptions(1, BATCH, new Optimizer.Sgd(0.01, 0.9, 0), Schedule.CONSTANT, replicas);
        try (Network network = Network.of(graph, Compute.CPU)) {
            Trainer.train(network, random(shape, WARM_UP * BATCH), options, 1, Progress.NONE);
            double rate = Trainer.train(network, random(shape, steps * BATCH), options, 1, Progress.NONE)
                    .imagesPerSecond();
            System.out.printf(
                    Locale.ROOT,
                    "{\"replicas\": %d, \"threads\": %d, \"imagesPerSecond\": %.1f}%n",
                    replicas,
                    threads,
                    rate);
        }
    }

    private static Dataset random(ImageShape shape, int size) {
        Random random = new Random(1);
        byte[] pixels = new byte[size * shape.size()];
        random.nextBytes(pixels);
        List<String> names = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        return new Dataset("random", shape, pixels, random.ints(size, 0, 10).toArray(), names);
    }
}
