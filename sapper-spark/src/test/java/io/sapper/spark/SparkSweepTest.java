package io.sapper.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSweepTest {
    private static SparkConf usual(SparkConf conf, Map<String, String> environment) {
        return SparkSweep.usual(conf.set("spark.master", "local[1]"), environment);
    }

    @Test
    void executorsAreToldWhatTheLauncherTellsAProcess() {
        SparkConf conf = usual(new SparkConf(false), Map.of("MALLOC_TRIM_THRESHOLD_", "1"));

        assertThat(conf.get("spark.executorEnv.OMP_WAIT_POLICY")).isEqualTo("PASSIVE");
        assertThat(conf.get("spark.executorEnv.MALLOC_MMAP_THRESHOLD_")).isEqualTo("33554432");
        assertThat(conf.get("spark.executorEnv.MALLOC_TRIM_THRESHOLD_"))
                .as("the user's own")
                .isEqualTo("1");
    }

    @Test
    void whatTheUserSaysOfTheClusterStays() {
        SparkConf said = new SparkConf(false).set("spark.executorEnv.OMP_WAIT_POLICY", "ACTIVE");

        assertThat(usual(said, Map.of()).get("spark.executorEnv.OMP_WAIT_POLICY"))
                .isEqualTo("ACTIVE");
    }
}
