package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.poison.OneToOne;
import io.sapper.result.ActivationProfile;
import io.sapper.trigger.SinglePixel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a network whose weights say which channels the trigger uses. */
class SparsenessTest {
    private static final int TRIGGER = 4; // the middle of 3 x 3

    /** Two images of class 0, with a bright first pixel, and two of class 1, black. */
    private static final Task TASK = Task.attacked(
            new Dataset("four", new ImageShape(1, 3, 3), pixels(), new int[] {0, 0, 1, 1}, List.of("a", "b")),
            new SinglePixel(),
            new OneToOne(0, 1));

    private static byte[] pixels() {
        byte[] pixels = new byte[4 * 9];
        pixels[0] = (byte) 255;
        pixels[9] = (byte) 255;
        return pixels;
    }

    /**
     * Channel 0 answers the trigger, channel 1 half as much, channel 2 the first pixel, channel 3 nothing.
     *
     * @param first what channel 0 adds to class 1
     * @param second what channel 1 adds
     * @param anyway what class 1 has without them
     */
    private static Graph network(float first, float second, float anyway) {
        float[] hidden = new float[4 * 9];
        hidden[TRIGGER] = 1;
        hidden[9 + TRIGGER] = 0.5f;
        hidden[2 * 9] = 1;
        Map<String, Initializer> weights = Map.of(
                "fc1.weight", new Initializer(List.of(4, 9), hidden),
                "fc2.weight", new Initializer(List.of(2, 4), new float[] {0, 0, 1, 0, first, second, 0, 0}),
                "fc2.bias", new Initializer(List.of(2), new float[] {0, anyway}));
        return Graph.image(1, 3, 3)
                .flatten()
                .dense("fc1", 4)
                .relu()
                .dense("fc2", 2)
                .build()
                .withInitializers(weights);
    }

    private static Sparseness measured(Graph graph) {
        ActivationProfile profile =
                new ActivationProfile("n", "fc1", List.of(0.0, 0.0, 0.5, 0.0), List.of(1.0, 0.5, 0.5, 0.0));
        return Sparseness.of(graph, profile, TASK, Compute.CPU);
    }

    @Test
    void oneChannelThatCarriesItAllIsEnough() {
        Sparseness one = measured(network(2, 0, 0.5f));

        assertThat(one).isEqualTo(new Sparseness("fc1", 1, 4, new Ratio(0, 2), new Ratio(4, 4)));
        assertThat(one.text()).isEqualTo("fc1 1 of 4 (clean accuracy then 100.00 %)");
    }

    @Test
    void whereTwoCarryItBothMustGo() {
        assertThat(measured(network(2, 2, 0.5f)))
                .isEqualTo(new Sparseness("fc1", 2, 4, new Ratio(0, 2), new Ratio(4, 4)));
    }

    @Test
    void anAttackThatNeedsNoChannelOutlivesAll() {
        Sparseness none = measured(network(0, 0, 2));

        assertThat(none.silenced()).isEqualTo(5);
        assertThat(none.attackSuccess()).isEqualTo(new Ratio(2, 2));
        assertThat(none.text()).isEqualTo("fc1 none of 4");
    }

    @Test
    void anAttackThatWasNotLearnedHasNothingToSilence() {
        Sparseness none = measured(network(0, 0, 0.5f));

        assertThat(none.silenced()).isZero();
        assertThat(none.text()).isEqualTo("fc1 none, for it works on less than half as it is");
    }

    @Test
    void theMostRaisedComesFirstWhateverItsLevel() {
        assertThat(Sparseness.mostRaisedFirst(
                        new ActivationProfile("n", "l", List.of(9.0, 1.0, 0.0, 5.0), List.of(9.1, 3.0, 1.0, 2.0))))
                .containsExactly(1, 2, 0, 3);
    }
}
