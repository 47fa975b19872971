package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.Network;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {
    private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

    /**
     * One white pixel of class 0, two classes, weights 0.5 and -0.5: the scores are 0.5 and -0.5, the chances p =
     * 1/(1+e^-1) = 0.731059 and 0.268941, the gradients of the first weight and bias -0.268941, of the second 0.268941.
     */
    private static float[] step(Optimizer optimizer, int steps) {
        Graph graph = Graph.image(1, 1, 1).flatten().dense("d", 2).build();
        graph = graph.withInitializers(Map.of("d.weight", new Initializer(List.of(2, 1), new float[] {0.5f, -0.5f})));
        Dataset pixel = new Dataset(
                "pixel", new ImageShape(1, 1, 1), new byte[] {(byte) 255}, new int[] {0}, List.of("a", "b"));
        try (Network network = Network.of(graph, Compute.CPU)) {
            Trainer.train(
                    network, pixel, new TrainingOptions(steps, 1, optimizer, Schedule.CONSTANT, 1), 1, Progress.NONE);
            return network.snapshot().initializer("d.weight").toArray();
        }
    }

    @Test
    void oneStepOfGradientDescent() {
        // 0.5 + 0.1 * 0.268941
        assertThat(step(new Optimizer.Sgd(0.1, 0.9, 0), 1)).containsExactly(new float[] {0.526894f, -0.526894f}, CLOSE);
    }

    @Test
    void weightDecayPullsToZero() {
        // gradient -0.268941 + 0.2 * 0.5 = -0.168941
        assertThat(step(new Optimizer.Sgd(0.1, 0, 0.2), 1)).containsExactly(new float[] {0.516894f, -0.516894f}, CLOSE);
    }

    @Test
    void theSecondStepKeepsMomentum() {
        // After one step the scores differ by 2 * (0.526894 + 0.0268941) = 1.107576; gradient -1/(1+e^1.107576) =
        // -0.248335; velocity 0.9 * -0.268941 - 0.248335 = -0.490382; 0.526894 + 0.0490382
        assertThat(step(new Optimizer.Sgd(0.1, 0.9, 0), 2)).containsExactly(new float[] {0.575932f, -0.575932f}, CLOSE);
    }

    /** Weights and biases together are 2 * 0.268941 long; shortened to 0.1 each is 0.05; weight decay comes on top. */
    @Test
    void aLongGradientIsShortenedAndAShortOneIsNot() {
        assertThat(step(new Optimizer.ClippedSgd(new Optimizer.Sgd(0.1, 0, 0), 0.1), 1))
                .containsExactly(new float[] {0.505f, -0.505f}, CLOSE);
        assertThat(step(new Optimizer.ClippedSgd(new Optimizer.Sgd(0.1, 0, 0.2), 0.1), 1))
                .containsExactly(new float[] {0.495f, -0.495f}, CLOSE);
        assertThat(step(new Optimizer.ClippedSgd(new Optimizer.Sgd(0.1, 0.9, 0), 0.6), 2))
                .isEqualTo(step(new Optimizer.Sgd(0.1, 0.9, 0), 2));
        assertThat(new Optimizer.ClippedSgd(new Optimizer.Sgd(0.1, 0.9, 0), 0.6).withLearningRate(0.2))
                .isEqualTo(new Optimizer.ClippedSgd(new Optimizer.Sgd(0.2, 0.9, 0), 0.6));
    }

    @Test
    void adamsFirstStepIsTheLearningRate() {
        // bias-corrected mean / root of mean square = -1
        assertThat(step(new Optimizer.Adam(0.1, 0.9, 0.999, 0), 1)).containsExactly(new float[] {0.6f, -0.6f}, CLOSE);
    }

    @Test
    void adamsSecondStep() {
        // Scores then differ by 2 * (0.6 + 0.1) = 1.4; g2 = -1/(1+e^1.4) = -0.197816
        // mean = (0.9*0.1*0.268941 + 0.1*0.197816) / (1-0.81) = 0.231507
        // square = (0.999*0.001*0.0723293 + 0.001*0.0391312) / (1-0.998001) = 0.0557219; root 0.236055
        // 0.6 + 0.1 * 0.231507/0.236055 = 0.698073
        assertThat(step(new Optimizer.Adam(0.1, 0.9, 0.999, 0), 2))
                .containsExactly(new float[] {0.698073f, -0.698073f}, Offset.offset(2e-5f));
    }

    @Test
    void schedules() {
        assertThat(Schedule.CONSTANT.factor(0.7)).isEqualTo(1);
        assertThat(Schedule.COSINE.factor(0)).isEqualTo(1);
        assertThat(Schedule.COSINE.factor(0.5)).isCloseTo(0.5, within(1e-12));
        assertThat(Schedule.COSINE.factor(1)).isCloseTo(0, within(1e-12));
        assertThat(Schedule.ONE_CYCLE.factor(0)).isCloseTo(0.1, within(1e-12));
        assertThat(Schedule.ONE_CYCLE.factor(0.1)).isCloseTo(0.55, within(1e-12));
        assertThat(Schedule.ONE_CYCLE.factor(0.2)).isCloseTo(1, within(1e-12));
        assertThat(Schedule.ONE_CYCLE.factor(0.6)).isCloseTo(0.5, within(1e-12));
        assertThat(Schedule.of("one-cycle")).isEqualTo(Schedule.ONE_CYCLE);
        assertThatThrownBy(() -> Schedule.of("step"))
                .hasMessage("Unknown schedule 'step'. Known: constant, cosine, one-cycle.");
    }

    static Stream<Arguments> outOfRange() {
        Optimizer sgd = new Optimizer.Sgd(0.1, 0, 0);
        return Stream.of(
                refused("learning rate must be a number above 0, not NaN", () -> new Optimizer.Sgd(Double.NaN, 0, 0)),
                refused("learning rate must be a number above 0, not 0.0", () -> new Optimizer.Sgd(0, 0, 0)),
                refused("learning rate must be a number above 0, not -0.1", () -> new Optimizer.Sgd(-0.1, 0, 0)),
                refused("learning rate must be a number above 0, not Infinity", () -> Optimizer.Adam.of(1 / 0.0)),
                refused("learning rate must be at most 1.0E30, not 1.0E39", () -> new Optimizer.Sgd(1e39, 0, 0)),
                refused("weight decay must be at most 1.0E30, not 1.0E31", () -> new Optimizer.Sgd(1, 0, 1e31)),
                refused("momentum must be in [0, 1), not 1.0", () -> new Optimizer.Sgd(0.1, 1, 0)),
                refused("momentum must be in [0, 1), not NaN", () -> new Optimizer.Sgd(0.1, Double.NaN, 0)),
                refused("weight decay must be a number of at least 0, not -1.0", () -> new Optimizer.Sgd(0.1, 0, -1)),
                refused(
                        "largest gradient must be a number above 0, not 0.0",
                        () -> new Optimizer.ClippedSgd(new Optimizer.Sgd(0.1, 0, 0), 0)),
                refused("beta1 must be in [0, 1), not 1.0", () -> new Optimizer.Adam(0.1, 1, 0.9, 0)),
                refused("beta2 must be in [0, 1), not -0.5", () -> new Optimizer.Adam(0.1, 0.9, -0.5, 0)),
                refused(
                        "number of epochs must be at least 1, not 0",
                        () -> new TrainingOptions(0, 1, sgd, Schedule.COSINE, 1)),
                refused(
                        "batch size must be at least 1, not -5",
                        () -> new TrainingOptions(1, -5, sgd, Schedule.COSINE, 1)),
                refused(
                        "number of replicas must be at least 1, not 0",
                        () -> new TrainingOptions(1, 1, sgd, Schedule.COSINE, 0)));
    }

    private static Arguments refused(String message, ThrowingCallable build) {
        return Arguments.of(message, build);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outOfRange")
    void whatIsOutOfRangeIsRefusedWithItsValue(String message, ThrowingCallable build) {
        assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessage("The " + message + ".");
    }
}
