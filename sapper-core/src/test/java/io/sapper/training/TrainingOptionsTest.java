package io.sapper.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingOptionsTest {
    /** Two cores and batches of 64, which the published results were measured with, must stay at two. */
    @ParameterizedTest
    @CsvSource({"1, 64, 1", "2, 64, 2", "4, 64, 4", "8, 64, 8", "16, 64, 8", "16, 512, 16", "16, 16, 2", "16, 7, 1"})
    void aReplicaHasACoreAndEightImages(int cores, int batch, int replicas) {
        assertThat(TrainingOptions.suitableReplicas(cores, batch)).isEqualTo(replicas);
    }
}
