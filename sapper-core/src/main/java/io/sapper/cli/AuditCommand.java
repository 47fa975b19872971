package io.sapper.cli;

import io.sapper.audit.Subject;
import io.sapper.experiment.Audits;
import io.sapper.experiment.Received;
import io.sapper.experiment.Setup;
import io.sapper.network.Graph;
import io.sapper.report.Sarif;
import io.sapper.result.RunResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "audit",
        description = {
            "Looks for a backdoor in an ONNX classifier with clean images only, without knowing a trigger.",
            "Exit code 0: no backdoor found; 1: backdoor found; 2: cannot tell."
        },
        footer = {
            "",
            "For example: sapper audit model.onnx --data mnist --out audited",
            "             sapper audit model.onnx --data pictures --labels model --budget 2m"
        })
final class AuditCommand implements Callable<Integer> {
    private static final String SARIF = "audit.sarif";

    @Mixin
    Common common = new Common();

    @Mixin
    KnownAttackArguments attack = new KnownAttackArguments();

    @Mixin
    ReceivedArguments form = new ReceivedArguments();

    @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
    Path model = Path.of(".");

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "mnist",
            description = "Clean data: mnist, cifar10, lfw-faces, lisa-signs, spoken-digits, synthetic-digits, or a"
                    + " folder (${DEFAULT-VALUE}). Of the training part.")
    String data = "mnist";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for result.json, report.html and " + SARIF + ". Default: none.")
    Optional<Path> out = Optional.empty();

    @Option(
            names = "--clean-images",
            paramLabel = "N",
            description = "Most clean images that are used; a fifth of them is kept back and confirms. Default: "
                    + Subject.USUAL_IMAGES + ".")
    int cleanImages = Subject.USUAL_IMAGES;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "Time for the search: 60s, 5m, 1h (${DEFAULT-VALUE}). Where it is used up before all classes"
                    + " were searched, the answer is mostly that it cannot tell.")
    String budget = "10m";

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "Another ONNX network of the same classes and inputs, known to be honest, which somebody else"
                    + " trained from scratch: a trigger that works on it too is a natural feature, no backdoor.")
    Optional<Path> reference = Optional.empty();

    @Override
    public Integer call() throws Exception {
        attack.check();
        Duration time = TimeSpan.parse("--budget", budget);
        int images = cleanImages();
        Graph read = ModelFile.read(model);
        Received received = form.read(model, read, common, data);
        ReferenceFile compared = ReferenceFile.read(reference, received, common);
        Audits.Options options = new Audits.Options(images, time, common.threadCount(), compared.reference());
        form.checkPictures(model, common, data);
        List<Path> inputs = new ArrayList<>(received.files());
        reference.ifPresent(inputs::add);
        Job job = new Job(common, data, inputs);
        Job.Work<RunResult> work = given -> {
            Setup setup = compared.told(ReceivedArguments.fitted(received, given, common, data));
            RunResult result = Audits.audit(setup, received, options, attack.known(setup));
            if (out.isPresent()) {
                Sarif.write(result, model.toString(), out.get().resolve(SARIF));
            }
            return result;
        };
        return job.showOrWrite(out, List.of(SARIF), work);
    }

    private int cleanImages() {
        if (cleanImages < 1) {
            throw new IllegalArgumentException("--clean-images must be at least 1, not " + cleanImages + ".");
        }
        return cleanImages;
    }
}
