package io.sapper.cli;

import io.sapper.data.detection.ClassTable;
import io.sapper.experiment.Received;
import io.sapper.experiment.Runs;
import io.sapper.experiment.SceneRuns;
import io.sapper.experiment.SceneSetup;
import io.sapper.experiment.Setup;
import io.sapper.experiment.Thresholds;
import io.sapper.network.Graph;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorFile;
import io.sapper.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "evaluate",
        description = {
            "Measures an ONNX network on test data: a classifier, or a detector of Sapper's on photographs with boxes.",
            "With --trigger and --goal it also says how often that attack succeeds."
        },
        footer = {
            "",
            "For example: sapper evaluate model.onnx --trigger pattern --goal all-to-one:7",
            "             sapper evaluate detector.onnx --data road-sign-detection"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    KnownAttackArguments attack = new KnownAttackArguments();

    @Mixin
    ReceivedArguments form = new ReceivedArguments();

    @Mixin
    ThresholdArguments thresholds = new ThresholdArguments();

    @Mixin
    ThresholdArguments.Harmless harmlessLimit = new ThresholdArguments.Harmless();

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description =
                    "Data set: mnist, cifar10, lfw-faces, lisa-signs, spoken-digits, synthetic-digits, or a folder; for a detector, of photographs with boxes"
                            + " (${DEFAULT-VALUE}).")
    String data = "mnist";

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for result.json and report.html. Default: none.")
    Optional<Path> out = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Thresholds wanted = thresholds.thresholds(harmlessLimit);
        attack.check();
        Graph read = ModelFile.read(model);
        Optional<Path> scenes = Detector.is(read) ? common.scenes(data) : Optional.empty();
        if (scenes.isPresent()) {
            return detector(form.detector(model, read), scenes.get(), wanted);
        }
        Received received = form.read(model, read, common, data);
        form.checkPictures(model, common, data);
        Job job = new Job(common, data, List.of(model));
        Job.Work<RunResult> work = given -> {
            Setup setup = ReceivedArguments.fitted(received, given, common, data);
            return Runs.evaluate(setup, wanted, received, attack.known(setup));
        };
        return job.showOrWrite(out, List.of(), work);
    }

    private int detector(DetectorFile detector, Path folder, Thresholds wanted) throws IOException {
        ClassTable table = ClassTable.parse(form.table());
        Job job = new Job(common, data, List.of(model));
        Job.Loading<SceneSetup> loading =
                console -> SceneRuns.fitted(common.scenes(folder, table, Optional.empty(), console), detector);
        Job.Using<SceneSetup, RunResult> work =
                setup -> SceneRuns.evaluate(setup, wanted, detector, attack.known(setup));
        return out.isEmpty() ? job.show(loading, work) : job.write(out.get(), List.of(), loading, work);
    }
}
