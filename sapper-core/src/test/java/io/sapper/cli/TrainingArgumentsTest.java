package io.sapper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Obtained;
import io.sapper.data.Split;
import io.sapper.data.synthetic.SyntheticDigits;
import io.sapper.experiment.Beginning;
import io.sapper.experiment.Recipes;
import io.sapper.experiment.Reporter;
import io.sapper.experiment.Setup;
import io.sapper.network.Compute;
import io.sapper.network.zoo.Architecture;
import io.sapper.training.Augmentation;
import io.sapper.training.Optimizer;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TrainingArgumentsTest {
    @Test
    void momentumIsAdamsDecayOfTheMeanGradient() {
        assertThat(options("--optimizer", "adam", "--momentum", "0.5").optimizer())
                .isEqualTo(new Optimizer.Adam(0.001, 0.5, 0.999, 5e-4));
        assertThat(options("--optimizer", "adam").optimizer()).isEqualTo(new Optimizer.Adam(0.001, 0.9, 0.999, 5e-4));
    }

    /** 500 images, 100 of them held back. */
    @Test
    void settingsThatNobodySaidSuitTheNumberOfImages() {
        assertThat(options()).isEqualTo(Recipes.usual(400, 1));
        TrainingOptions said = options("--epochs", "3", "--batch", "64", "--learning-rate", "0.1");
        assertThat(said).isEqualTo(Recipes.full(1).withEpochs(3));
    }

    @Test
    void helpNamesEveryNetwork() {
        Ran ran = Ran.sapper(Ran.nowhere(Path.of("nowhere")), "attack", "--help");
        String names =
                Arrays.stream(Architecture.values()).map(Architecture::id).collect(Collectors.joining(", "));
        assertThat(ran.out().replaceAll("\\s+", " ")).contains("Architecture: " + names);
    }

    /** The face network has a recipe of its own, of which each word changes one thing. */
    @Test
    void facesAreTrainedByTheirRecipe() {
        assertThat(options("--network", "deepid")).isEqualTo(Recipes.faces(1));
        TrainingOptions plain = options("--network", "deepid", "--augment", "none", "--epochs", "3");
        assertThat(plain.augmentation()).isEqualTo(Augmentation.NONE);
        assertThat(plain.treatment().dropout()).isFalse();
        assertThat(options("--network", "deepid", "--dropout").treatment().dropout())
                .isTrue();
        assertThat(plain.optimizer()).isEqualTo(Recipes.faces(1).optimizer());
        assertThat(options("--network", "deepid", "--optimizer", "sgd").optimizer())
                .isEqualTo(Recipes.usual(400, 1).optimizer());
        assertThat(options("--augment", "shift=3").augmentation()).isEqualTo(new Augmentation(false, 3));
    }

    private static TrainingOptions options(String... words) {
        TrainingArguments arguments = new TrainingArguments();
        String[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--out";
        all[words.length + 1] = "anywhere";
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(arguments)).parseArgs(all);
        Split digits = SyntheticDigits.generate(500, 10, 1);
        Obtained data = new Obtained(digits, "a test", List.of());
        Setup setup = new Setup(data, 1, Compute.CPU, 1, Reporter.SILENT, List.of());
        return arguments.options(begun(arguments), setup, 100, size -> 1);
    }

    private static Beginning begun(TrainingArguments arguments) {
        try {
            return arguments.beginning(new PictureArguments());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
