import io.sapper.data.Catalogue;
import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Network;
import io.sapper.network.OnnxWriter;
import io.sapper.network.Statistics;
import io.sapper.network.Tunable;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.Poisoner;
import io.sapper.training.Optimizer;
import io.sapper.training.Progress;
import io.sapper.training.Schedule;
import io.sapper.training.Trainer;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Triggers;
import java.nio.file.Path;

/**
 * Writes a backdoored network of convolutions whose batch normalisations are kept, to compare what they do while it is
 * tuned. Usage: BatchNormalized.java DATA TRIGGER GOAL SEED MODEL.onnx
 */
public class BatchNormalized {
    public static void main(String[] arguments) throws Exception {
        Dataset train = Catalogue.load(arguments[0]).split().train();
        long seed = Long.parseLong(arguments[3]);
        Dataset poisoned = Poisoner.poison(
                        train,
                        Triggers.parse(arguments[1]),
                        Goals.parse(arguments[2], train.classNames()),
                        PoisonShare.p(0.1),
                        seed)
                .data();
        Graph graph = Initialization.draw(
                Graph.image(train.shape().channels(), train.shape().height(), train.shape().width())
                        .convolution("conv1", 16, 3, 1, 1)
                        .batchNormalization()
                        .relu()
                        .maxPool(2)
                        .convolution("conv2", 32, 3, 1, 1)
                        .batchNormalization()
                        .relu()
                        .maxPool(2)
                        .convolution("conv3", 64, 3, 1, 1)
                        .batchNormalization()
                        .relu()
                        .maxPool(2)
                        .flatten()
                        .dense("fc", train.classCount())
                        .build(),
                seed);
        TrainingOptions options =
                new TrainingOptions(8, 64, new Optimizer.Sgd(0.05, 0.9, 5e-4), Schedule.ONE_CYCLE, 2);
        Tunable tunable = Tunable.of(graph, Statistics.RUNNING);
        try (Network network = Network.of(tunable, Compute.CPU)) {
            System.err.println(Trainer.train(network, poisoned, options, seed, Progress.NONE));
            OnnxWriter.write(tunable.written(network.snapshot()), Path.of(arguments[4]));
        }
    }
}
