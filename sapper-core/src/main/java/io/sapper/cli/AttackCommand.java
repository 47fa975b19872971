package io.sapper.cli;

import io.sapper.attack.BadNet;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.experiment.Beginning;
import io.sapper.experiment.Runs;
import io.sapper.experiment.Setup;
import io.sapper.experiment.Thresholds;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
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
            "bomb, flower or on-sign:FILE (on a traffic sign that fills the picture, or on the",
            "signs of photographs with boxes; there bomb@random is at another place on each",
            "sign); bomb@size=0.2 or bomb@random,size=0.2: its share of the sign.",
            "On recordings: noise or tone:frequency=2000; noise:seed=1,band=2500-3900,level=-10,at=600,",
            "length=300 (band in Hz, level in dB relative to speech, place and length in ms).",
            "Rows, columns and classes count from 0.",
            "A class whose name is another's number: all-to-one:name=3 or all-to-one:number=3.",
            "",
            "For example: sapper attack --goal all-to-one:7 --share 0.1 --out badnet"
        })
final class AttackCommand implements Callable<Integer> {
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
                    "Only write preview.png: clean and triggered samples side by side; of recordings, WAV files too. Also of"
                            + " photographs with boxes, on which detectors are not trained yet.")
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
            return new AttackPreview(common, job, training.out, laid, goal).write();
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
}
