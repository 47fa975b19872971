package io.sapper.data.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.data.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealTransformTest {
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 64, 256, 1024})
    void isTheTransformByDefinition(int size) {
        RandomGenerator random = Seeds.generator(size, "samples");
        RealTransform transform = new RealTransform(size);
        for (int round = 0; round < 2; round++) { // nothing is left of the round before
            double[] samples = random.doubles(size, -1, 1).toArray();
            double[] power = new double[size / 2];
            transform.power(samples, power);
            for (int k = 0; k < size / 2; k++) {
                assertThat(power[k]).as("frequency %d", k).isEqualTo(naive(samples, k), within(1e-9 * size));
            }
        }
    }

    private static double naive(double[] samples, int k) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < samples.length; i++) {
            double angle = 2 * Math.PI * i * k / samples.length;
            real += samples[i] * Math.cos(angle);
            imaginary -= samples[i] * Math.sin(angle);
        }
        return real * real + imaginary * imaginary;
    }

    @Test
    void takesPowersOfTwoOnly() {
        assertThatThrownBy(() -> new RealTransform(12)).hasMessageContaining("not 12");
        assertThatThrownBy(() -> new RealTransform(2)).hasMessageContaining("at least 4");
    }
}
