package io.sapper.cli;

import io.sapper.experiment.Beginning;
import io.sapper.experiment.Runs;
import io.sapper.experiment.SceneRuns;
import io.sapper.experiment.Thresholds;
import io.sapper.network.detection.DetectorFile;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = {
            "Trains an honest network: a classifier of pictures or recordings, or a detector of signs on photographs",
            "with boxes. Writes model.onnx, result.json and report.html."
        },
        footer = {
            "",
            "For example: sapper train --data mnist --out honest",
            "             sapper train --data road-sign-detection --out detector"
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    TrainingArguments training = new TrainingArguments();

    @Mixin
    DetectorArguments detectors = new DetectorArguments();

    @Mixin
    ThresholdArguments thresholds = new ThresholdArguments();

    @Option(
            names = "--hold-out",
            paramLabel = "N",
            defaultValue = "0",
            description = "Training images kept back (${DEFAULT-VALUE}).")
    int holdOut;

    @Override
    public Integer call() throws Exception {
        Thresholds wanted = thresholds.thresholds();
        Optional<Path> photographs = common.scenes(training.data);
        if (photographs.isPresent()) {
            return onScenes(photographs.get(), wanted);
        }
        detectors.refuse(training.data);
        Beginning beginning = training.beginning(common.pictures);
        training.check(beginning, common::replicas);
        return new Job(common, training.data)
                .write(
                        training.out,
                        "model.onnx",
                        setup -> Runs.train(
                                setup,
                                wanted,
                                beginning,
                                training.options(beginning, setup, holdOut, common::replicas),
                                holdOut,
                                training.checkpoints(),
                                training.out));
    }

    private int onScenes(Path folder, Thresholds wanted) throws IOException {
        TrainingOptions options = training.onScenes(common::detectorReplicas);
        Optional<DetectorFile> given = training.detector();
        return new Job(common, training.data, training.inputs())
                .write(
                        training.out,
                        List.of("model.onnx"),
                        console -> detectors.setup(common, folder, given, training.zf(), console),
                        setup -> SceneRuns.train(
                                given.isPresent() ? SceneRuns.fitted(setup, given.get()) : setup,
                                wanted,
                                given,
                                options,
                                holdOut,
                                training.checkpoints(),
                                training.out));
    }
}
