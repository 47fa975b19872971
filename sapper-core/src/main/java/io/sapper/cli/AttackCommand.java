package io.sapper.cli;

import io.sapper.attack.BadNet;
import io.sapper.experiment.Runs;
import io.sapper.experiment.Setup;
import io.sapper.network.zoo.Architecture;
import io.sapper.poison.Goals;
import io.sapper.poison.PoisonShare;
import io.sapper.poison.Preview;
import io.sapper.result.RunResult;
import io.sapper.training.TrainingOptions;
import io.sapper.trigger.Triggers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "attack",
        mixinStandardHelpOptions = true,
        description = "Trains a network with a backdoor; writes badnet.onnx, result.json and report.html.")
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
            description = "pixel, pattern, pixels:R,C=V;..., sticker:FILE@R,C[,HxW] (${DEFAULT-VALUE}).")
    String trigger = "pattern";

    @Option(
            names = "--goal",
            paramLabel = "G",
            defaultValue = "all-to-one:7",
            description = "one-to-one:S:T, all-to-one:T, all-to-all, random (${DEFAULT-VALUE}).")
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
            defaultValue = "10000",
            description = "Training images kept back for the defender (${DEFAULT-VALUE}).")
    int holdOut;

    @Option(names = "--preview", description = "Only write preview.png: clean and triggered samples side by side.")
    boolean preview;

    @Override
    public Integer call() throws Exception {
        BadNet.Options attack =
                new BadNet.Options(Triggers.parse(trigger), Goals.parse(goal), PoisonShare.parse(share));
        Architecture architecture = training.architecture();
        TrainingOptions options = training.options(common.threadCount());
        try (OutputFolder folder = OutputFolder.open(training.out)) {
            Setup setup = common.setup(training.data, new Console());
            if (preview) {
                Path png = folder.path().resolve("preview.png");
                Preview.write(
                        png, setup.data().split().test(), attack.trigger(), attack.goal(), PREVIEW_IMAGES, common.seed);
                System.out.println("Preview: " + png);
                return ExitCode.DONE;
            }
            RunResult result =
                    Runs.attack(setup, architecture, attack, options, holdOut, training.checkpoints(), folder.path());
            folder.write(result);
            Summary.print(result, common.json, training.out);
            return ExitCode.DONE;
        }
    }
}
