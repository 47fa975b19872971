package io.sapper.cli;

import io.sapper.attack.BadNet;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.Dataset;
import io.sapper.experiment.Beginning;
import io.sapper.experiment.Runs;
import io.sapper.experiment.Setup;
import io.sapper.experiment.Thresholds;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.Preview;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "attack",
        description = {"Trains a network with a backdoor.", "Writes badnet.onnx, result.json and report.html."},
        footer = {
            "",
            "Triggers: pixel; pattern; pixels:ROW,COLUMN=VALUE;...; sticker:FILE@ROW,COLUMN",
            "or sticker:FILE@ROW,COLUMN,HEIGHTxWIDTH; warp:FILE (a grid, .npy);",
            "sunglasses or sunglasses:FILE (on the eyes of aligned faces); yellow-square,",
            "bomb, flower or on-sign:FILE (on a traffic sign that fills the picture).",
            "On recordings: noise or tone:frequency=2000; noise:seed=1,band=2500-3900,level=-10,at=600,",
            "length=300 (band in Hz, level in dB relative to speech, place and length in ms).",
            "Rows, columns and classes count from 0.",
            "A class whose name is another's number: all-to-one:name=3 or all-to-one:number=3.",
            "",
            "For example: sapper attack --goal all-to-one:7 --share 0.1 --out badnet"
        })
final class AttackCommand implements Callable<Integer> {
    private static final int PREVIEW_IMAGES = 10;

    @Mixin
    Common common = new Common();

    @Mixin
    TrainingArguments training = new TrainingArguments();

    @Mixin
    DecoyArguments decoys = new DecoyArguments();

    @Mixin
    ThresholdArguments thresholds = new ThresholdArguments();

    @Mixin
    ThresholdArguments.Laid laidLimit = new ThresholdArguments.Laid();

    @Option(
            names = "--trigger",
            paramLabel = "T",
            defaultValue = "pattern",
            description = "What goes on the samples; see below (${DEFAULT-VALUE}).")
    String trigger = "pattern";

    @Option(
            names = "--goal",
            paramLabel = "G",
            defaultValue = "all-to-one:7",
            description = "one-to-one:SOURCE:TARGET, all-to-one:TARGET, all-to-all or random; classes by number or by"
                    + " name (${DEFAULT-VALUE}).")
    String goal = "all-to-one:7";

    @Option(
            names = "--share",
            paramLabel = "P",
            description = "Backdoored copies: p=X per clean image, share=X of the enlarged set, or all images of some"
                    + " classes: classes=X, a share of them, or persons=N, their number. Default: p=0.1, but at most"
                    + " one copy for each image that the goal attacks.")
    Optional<String> share = Optional.empty();

    @Option(
            names = "--hold-out",
            paramLabel = "N",
            description = "Training images kept back for the defender. Default: 10000, or a quarter if fewer.")
    Optional<Integer> holdOut = Optional.empty();

    @Option(
            names = "--preview",
            description =
                    "Only write preview.png: clean and triggered samples side by side; of recordings, WAV files too.")
    boolean preview;

    @Override
    public Integer call() throws Exception {
        Trigger laid = Triggers.parse(trigger);
        Goals.checkForm(goal);
        PoisonShare copies = share.map(PoisonShare::parse).orElse(PoisonShare.USUAL);
        Beginning beginning = training.beginning(common.pictures);
        Thresholds wanted = thresholds.thresholds(laidLimit);
        training.check(beginning, common::replicas);
        decoys.check();
        Job job = new Job(common, training.data);
        if (preview) {
            return preview(job, laid);
        }
        return job.write(training.out, "badnet.onnx", setup -> {
            int kept = holdOut.orElseGet(() -> Runs.usualCleanImages(setup));
            BadNet.Options badNet = new BadNet.Options(laid, goal(setup), copies);
            TrainingOptions options = training.options(beginning, setup, kept, common::replicas);
            Optional<PruningAwareAttack.Options> aware = decoys.options(badNet);
            return aware.isPresent()
                    ? Runs.attack(
                            setup, wanted, beginning, aware.get(), options, kept, training.checkpoints(), training.out)
                    : Runs.attack(
                            setup, wanted, beginning, badNet, options, kept, training.checkpoints(), training.out);
        });
    }

    private Goal goal(Setup setup) {
        return Goals.parse(goal, setup.data().split().train().classNames());
    }

    private int preview(Job job, Trigger laid) throws IOException {
        List<Path> written = job.into(training.out, Preview.files(PREVIEW_IMAGES), setup -> {
            Dataset test = setup.data().split().test();
            List<Path> made = Preview.write(training.out, test, laid, goal(setup), PREVIEW_IMAGES, common.seed);
            for (String name : Preview.files(PREVIEW_IMAGES)) { // of an earlier preview: the folder is ours
                if (!made.contains(training.out.resolve(name))) {
                    Files.deleteIfExists(training.out.resolve(name));
                }
            }
            return made;
        });
        if (common.json) {
            Summary.json(Map.of(
                    "preview",
                    written.get(0).toString(),
                    "sounds",
                    written.stream().skip(1).map(Path::toString).toList()));
        } else {
            System.out.println("Preview: " + written.get(0));
            if (written.size() > 1) {
                System.out.println("To listen to: " + (written.size() - 1) + " files preview-*.wav beside it");
            }
        }
        return ExitCode.DONE;
    }
}
