package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    /** A face network has a thousand classes: nobody reads that many names. */
    @Test
    void ofManyMissingClassesAFewAreNamed() {
        assertThat(missing(2).weakness()).isEqualTo("Weak evidence, accepted: no clean image of class 0, 1.");
        assertThat(missing(9).weakness()).endsWith("no clean image of class 0, 1, 2, 3, 4, 5, 6, 7, 8.");
        assertThat(missing(1000).weakness()).endsWith("class 0, 1, 2, 3, 4, 5, 6, 7 and of 992 more.");
    }

    private static Evidence missing(int classes) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Evidence(500, false, 100, 200, 0.02, names, true);
    }
}
