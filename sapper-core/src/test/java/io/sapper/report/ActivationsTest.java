package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.result.ActivationProfile;
import io.sapper.result.Finding;
import io.sapper.result.RunResult;
import io.sapper.result.SampleResults;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationsTest {
    private static final ActivationProfile BEFORE =
            new ActivationProfile("backdoored", "conv2", List.of(0.3, 0.1, Double.NaN), List.of(0.2, 0.7, 0.1));
    private static final ActivationProfile AFTER =
            new ActivationProfile("repaired", "conv2", List.of(0.0, 1.2, 0.4), List.of(0.0, 1.3, 0.4));

    @Test
    void orderIsTheFirstNetworksAndTheScaleIsThatOfAll() {
        Activations both = new Activations(List.of(BEFORE, AFTER));
        assertThat(both.order()).containsExactly(2, 1, 0); // undefined counts as the least
        assertThat(both.top()).isEqualTo(1.5);
        assertThat(both.bottom()).isZero();
    }

    @Test
    void theScaleHoldsEveryMeanAndNoneIsNeeded() {
        assertThat(scale(0.0)).isEqualTo(1);
        assertThat(scale(1.0)).isEqualTo(1);
        assertThat(scale(1.01)).isEqualTo(1.5);
        assertThat(scale(81)).isEqualTo(100);
        assertThat(scale(0.0021)).isEqualTo(0.003);
        Activations below = new Activations(List.of(new ActivationProfile("n", "l", List.of(-0.21, 0.5), List.of())));
        assertThat(below.bottom()).isEqualTo(-0.3);
    }

    @Test
    void profilesOfOneLayerShareASectionAndOthersHaveTheirOwn() {
        ActivationProfile other = new ActivationProfile("backdoored", "conv1", List.of(0.3), List.of());
        List<Finding> findings = List.of(BEFORE, other, AFTER);
        RunResult result = SampleResults.with(SampleResults.full(), findings);
        assertThat(Section.of(result)).extracting(Section::id).containsExactly("activations", "activations-2");
        assertThat(Activations.beside(result, BEFORE)).containsExactly(BEFORE, AFTER);
        assertThat(Activations.beside(result, other)).containsExactly(other);
    }

    private static double scale(double mean) {
        return new Activations(List.of(new ActivationProfile("n", "l", List.of(mean), List.of()))).top();
    }
}
