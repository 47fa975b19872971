package io.sapper.training;

import io.sapper.data.Dataset;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.network.Compute;
import io.sapper.network.Network;
import io.sapper.network.OnnxWriter;
import io.sapper.network.SampleGraphs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A process that trains on synthetic digits with checkpoints, made to be killed. */
final class TrainingProcess {
    static final TrainingOptions OPTIONS = new TrainingOptions(3, 32, Optimizer.Adam.of(1e-3), Schedule.ONE_CYCLE, 1);

    private TrainingProcess() {}

    static Dataset data() {
        return SyntheticDigits.generate(1500, 1, 5).train();
    }

    /** Arguments: folder of the checkpoints, file of the trained network. */
    public static void main(String[] arguments) throws IOException {
        Checkpoints checkpoints = new Checkpoints(Path.of(arguments[0]), Duration.ofMillis(50), true);
        try (Network network = Network.of(SampleGraphs.digits(5), Compute.CPU)) {
            Trainer.train(network, data(), OPTIONS, 3, Progress.NONE, checkpoints);
            OnnxWriter.write(network.snapshot(), Path.of(arguments[1]));
        }
    }
}
