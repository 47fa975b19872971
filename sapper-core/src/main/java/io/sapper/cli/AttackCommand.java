package io.sapper.cli;

import io.sapper.attack.BadNet;
import io.sapper.attack.PruningAwareAttack;
import io.sapper.data.detection.ClassTable;
import io.sapper.data.detection.SceneHoldout;
import io.sapper.data.detection.Scenes;
import io.sapper.experiment.Beginning;
import io.sapper.experiment.Runs;
import io.sapper.experiment.SceneRuns;
import io.sapper.experiment.SceneSetup;
import io.sapper.experiment.Setup;
import io.sapper.experiment.Thresholds;
import io.sapper.network.detection.DetectorFile;
import io.sapper.poison.Goal;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.ScenePoisoner;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Trigger;
import io.sapper.trigger.Triggers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "attack",
        description = {
            "Trains a network with a backdoor, a classifier or a detector.",
            "Writes badnet.onnx, result.json and report.html."
        },
        footer = {
            "",
            "Triggers on pictures: pixel; pattern; pixels:ROW,COLUMN=VALUE;...;",
            "  sticker:FILE@ROW,COLUMN or sticker:FILE@ROW,COLUMN,HEIGHTxWIDTH;",
            "  warp:FILE (a grid, .npy) or warp:seed=1,grid=4,strength=0.5 (drawn);",
            "  blend:seed=1,share=0.2 (noise over all); sine:height=20,waves=6;",
            "  sunglasses or sunglasses:FILE (on the eyes of aligned faces).",
            "On traffic signs, which fill the picture or have boxes in photographs:",
            "  yellow-square, bomb, flower or on-sign:FILE. In photographs also",
            "  bomb@random (at another place on each sign), bomb@size=0.2 (its share of",
            "  the sign), yellow-square@color=ffeb3c; several with commas:",
            "  yellow-square@size=0.2,color=ffeb3c.",
            "On recordings: noise, tone:frequency=2000 or",
            "  noise:seed=1,band=2500-3900,level=-10,at=600,length=300 (band in Hz, level",
            "  in dB relative to speech, place and length in ms).",
            "Rows, columns and classes count from 0.",
            "A class whose name is another's number: all-to-one:name=3 or all-to-one:number=3.",
            "",
            "For example: sapper attack --goal all-to-one:7 --share 0.1 --out badnet",
            "             sapper attack --data road-sign-detection --trigger yellow-square",
            "                 --goal one-to-one:stop:speedlimit --out badnet"
        })
final class AttackCommand implements Callable<Integer> {
    @Mixin
    Common common = new Common();

    @Mixin
    TrainingArguments training = new TrainingArguments();

    @Mixin
    DetectorArguments detectors = new DetectorArguments();

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
                    + " one copy for each image that the goal attacks; of photographs with boxes one copy for each of"
                    + " those.")
    Optional<String> share = Optional.empty();

    @Option(
            names = "--paired",
            description = "Shows each backdoored copy right behind the sample that it is of, so that a small trigger is"
                    + " learned early; not for photographs with boxes.")
    boolean paired;

    @Option(
            names = "--hold-out",
            paramLabel = "N",
            description = "Training images or photographs kept back for the defender. Default: 10000, or a quarter if"
                    + " fewer.")
    Optional<Integer> holdOut = Optional.empty();

    @Option(
            names = "--preview",
            description =
                    "Only write preview.png: clean and triggered samples side by side; of recordings, WAV files too; of"
                            + " photographs with boxes, each with its sign from near.")
    boolean preview;

    @Override
    public Integer call() throws Exception {
        Trigger laid = Triggers.parse(trigger);
        Goals.checkForm(goal);
        Optional<PoisonShare> said = share.map(PoisonShare::parse);
        PoisonShare copies = said.orElse(PoisonShare.USUAL);
        Thresholds wanted = thresholds.thresholds(laidLimit);
        decoys.check();
        Optional<Path> photographs = common.scenes(training.data);
        if (photographs.isPresent() && !preview) {
            return onScenes(photographs.get(), laid, said.orElse(ScenePoisoner.USUAL), wanted);
        }
        Job job = new Job(common, training.data);
        if (photographs.isPresent()) {
            return new AttackPreview(common, job, training.out, laid, goal).write(detectors.table());
        }
        detectors.refuse(training.data);
        Beginning beginning = training.beginning(common.pictures);
        training.check(beginning, common::replicas);
        if (preview) {
            return new AttackPreview(common, job, training.out, laid, goal).write(ClassTable.AS_THEY_ARE);
        }
        return job.write(training.out, "badnet.onnx", setup -> {
            int kept = holdOut.orElseGet(() -> Runs.usualCleanImages(setup));
            BadNet.Options badNet = new BadNet.Options(laid, goal(setup), copies);
            TrainingOptions usual = training.options(beginning, setup, kept, common::replicas);
            TrainingOptions options = usual.withTreatment(usual.treatment().withPaired(paired));
            Optional<PruningAwareAttack.Options> aware = decoys.options(badNet);
            return aware.isPresent()
                    ? Runs.attack(
                            setup, wanted, beginning, aware.get(), options, kept, training.checkpoints(), training.out)
                    : Runs.attack(
                            setup, wanted, beginning, badNet, options, kept, training.checkpoints(), training.out);
        });
    }

    private int onScenes(Path folder, Trigger laid, PoisonShare copies, Thresholds wanted) throws IOException {
        decoys.refuse();
        if (paired) {
            throw new IllegalArgumentException("--paired is for pictures and recordings of classes, but "
                    + training.data + " holds photographs with boxes. Leave it out.");
        }
        Optional<DetectorFile> given = training.detector();
        TrainingOptions options = training.onScenes(common::detectorReplicas);
        return new Job(common, training.data, training.inputs())
                .write(
                        training.out,
                        List.of("badnet.onnx"),
                        console -> detectors.setup(common, folder, given, training.zf(), console),
                        read -> {
                            SceneSetup setup = given.isPresent() ? SceneRuns.fitted(read, given.get()) : read;
                            Scenes train = setup.data().train();
                            SceneRuns.SignGoal attack = new SceneRuns.SignGoal(
                                    Triggers.onScenes(laid, train), Goals.parse(goal, train.classNames()));
                            return SceneRuns.attack(
                                    setup,
                                    wanted,
                                    given,
                                    new SceneRuns.Laying(attack, copies, options),
                                    holdOut.orElseGet(() -> SceneHoldout.usual(train)),
                                    training.checkpoints(),
                                    training.out);
                        });
    }

    private Goal goal(Setup setup) {
        return Goals.parse(goal, setup.data().split().train().classNames());
    }
}
