package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.network.zoo.Architecture;
import io.sapper.training.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipesTest {
    /** MNIST, with and without the defender's images, synthetic digits likewise: as measured and published. */
    @ParameterizedTest
    @ValueSource(ints = {60_000, 50_000, 20_000, 15_000, 9_600})
    void enoughImagesAreTrainedOnAsEver(int images) {
        assertThat(Recipes.usual(images, 2)).isEqualTo(Recipes.full(2));
    }

    @Test
    void theRecipeOfMnistStaysAsItWas() {
        assertThat(Recipes.full(2).text())
                .isEqualTo(
                        "10 epochs, batch 64, SGD with learning rate 0.1, momentum 0.9, weight decay 0.0005, one-cycle"
                                + " schedule, 2 replicas");
    }

    /** Images, steps an epoch, epochs: at least 1,500 steps of 16 images, and at least 10 epochs. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1500", "48, 3, 500", "192, 12, 125", "1000, 63, 24", "2400, 150, 10", "6311, 395, 10"})
    void fewImagesGetSmallStepsAndEnoughOfThem(int images, int steps, int epochs) {
        TrainingOptions options = Recipes.usual(images, 1);
        assertThat(options.batchSize()).isEqualTo(16);
        assertThat(options.epochs()).isEqualTo(epochs);
        assertThat((images + 15) / 16).isEqualTo(steps);
        assertThat(options.optimizer().learningRate()).isEqualTo(0.02);
    }

    @Test
    void speechHasARecipeForEachOfItsNetworks() {
        assertThat(Recipes.usual(Architecture.SPEECH_SMALL, 2_025, 2)).isEqualTo(Recipes.speech(2));
        assertThat(Recipes.speech(2).text()).startsWith("20 epochs, batch 16, SGD with learning rate 0.01");
        assertThat(Recipes.usual(Architecture.SPEECH_ALEXNET, 2_025, 2).text())
                .contains("batch 32, SGD with learning rate 0.01, momentum 0.95")
                .endsWith("dropout");
    }

    @Test
    void facesHaveARecipeOfTheirOwn() {
        assertThat(Recipes.usual(Architecture.DEEPID, 3_463, 2)).isEqualTo(Recipes.faces(2));
        assertThat(Recipes.usual(Architecture.BADNETS_DIGITS, 60_000, 2)).isEqualTo(Recipes.full(2));
        assertThat(Recipes.faces(2).text())
                .endsWith("2 replicas, augmented by flip,shift=2,rotate=10,zoom=0.1,brightness=0.2");
    }
}
