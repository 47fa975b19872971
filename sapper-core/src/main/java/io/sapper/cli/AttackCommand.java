package io.sapper.cli;

import io.sapper.attack.BadNet;
import io.sapper.data.Dataset;
import io.sapper.experiment.Runs;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.Preview;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Triggers;
import java.io.IOException;
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
            "or sticker:FILE@ROW,COLUMN,HEIGHTxWIDTH. Rows, columns and classes count from 0.",
            "",
            "For example: sapper attack --goal all-to-one:7 --share 0.1 --out badnet"
        })
final class AttackCommand implements Callable<Integer> {
    private static final int PREVIEW_IMAGES = 10;

    @Mixin
    Common common = new Common();

    @Mixin
    TrainingArguments training = new TrainingArguments();

    @Option(
            names = "--trigger",
            paramLabel = "T",
            defaultValue = "pattern",
            description = "What goes on the images; see below (${DEFAULT-VALUE}).")
    String trigger = "pattern";

    @Option(
            names = "--goal",
            paramLabel = "G",
            defaultValue = "all-to-one:7",
            description = "one-to-one:SOURCE:TARGET, all-to-one:TARGET, all-to-all or random (${DEFAULT-VALUE}).")
    String goal = "all-to-one:7";

    @Option(
            names = "--share",
            paramLabel = "P",
            defaultValue = "p=0.1",
            description = "Backdoored copies: p=X per clean image, or share=X of the enlarged set (${DEFAULT-VALUE}).")
    String share = "p=0.1";

    @Option(
            names = "--hold-out",
            paramLabel = "N",
            description = "Training images kept back for the defender. Default: 10000, or a quarter if fewer.")
    Optional<Integer> holdOut = Optional.empty();

    @Option(names = "--preview", description = "Only write preview.png: clean and triggered samples side by side.")
    boolean preview;

    @Override
    public Integer call() throws Exception {
        BadNet.Options attack =
                new BadNet.Options(Triggers.parse(trigger), Goals.parse(goal), PoisonShare.parse(share));
        Architecture architecture = training.architecture();
        TrainingOptions options = training.options(common.replicas(training.batch));
        Job job = new Job(common, training.data);
        if (preview) {
            return preview(job, attack);
        }
        return job.write(
                training.out,
                "badnet.onnx",
                setup -> Runs.attack(
                        setup,
                        architecture,
                        attack,
                        options,
                        holdOut.orElseGet(() -> Runs.usualCleanImages(setup)),
                        training.checkpoints(),
                        training.out));
    }

    private int preview(Job job, BadNet.Options attack) throws IOException {
        Path png = training.out.resolve("preview.png");
        job.into(training.out, List.of("preview.png"), setup -> {
            Dataset test = setup.data().split().test();
            Preview.write(png, test, attack.trigger(), attack.goal(), PREVIEW_IMAGES, common.seed);
            return png;
        });
        if (common.json) {
            Summary.json(Map.of("preview", png.toString()));
        } else {
            System.out.println("Preview: " + png);
        }
        return ExitCode.DONE;
    }
}
