package io.sapper.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sapper.metric.PrecisionRecall;
import io.sapper.metric.PrecisionRecall.Scored;
import io.sapper.result.DetectionRates.ClassPrecision;
import io.sapper.result.DetectionRates.Precisions;
import io.sapper.result.PrecisionRecallCurves.Curve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectionFindingsTest {
    @TempDir
    Path folder;

    @Test
    void eachComesBackFromItsFile() throws IOException {
        List<Finding> all = new ArrayList<>(SampleDetections.all(1).findings());
        all.add(SampleDetections.table());
        Path file = folder.resolve("finding.json");
        for (Finding finding : all) {
            Results.write(finding, file);
            assertThat(Results.read(file, Finding.class)).isEqualTo(finding);
        }
    }

    @Test
    void meanAveragePrecisionLeavesOutClassesWithoutSigns() throws IOException {
        Precisions precisions = new Precisions(List.of(
                new ClassPrecision("a", 1, 0.5),
                new ClassPrecision("b", 0, Double.NaN),
                new ClassPrecision("c", 9, 0.75)));
        assertThat(precisions.meanAveragePrecision()).isEqualTo(0.625);
        JsonNode json = new ObjectMapper().readTree(Results.toJson(precisions));
        assertThat(json.path("meanAveragePrecision").asDouble()).isEqualTo(0.625);
        assertThat(json.at("/classes/1/averagePrecision").isNull()).isTrue();
        assertThat(new Precisions(List.of()).meanAveragePrecision()).isNaN();
    }

    @Test
    void aLongCurveKeepsItsEndsAndItsAveragePrecision() {
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            scored.add(new Scored(1 - i / 1000.0, i % 3 != 0));
        }
        PrecisionRecall measured = PrecisionRecall.of(scored, 800);
        Curve curve = Curve.of("n", "c", measured);
        assertThat(curve.points()).hasSize(PrecisionRecallCurves.MOST_POINTS);
        assertThat(curve.points().get(0)).isEqualTo(new PrecisionRecallCurves.Point(1, 0, 0)); // the first is wrong
        assertThat(curve.points().get(199).recall()).isEqualTo(666 / 800.0);
        assertThat(curve.points().get(199).precision()).isEqualTo(666 / 1000.0);
        assertThat(curve.averagePrecision()).isEqualTo(measured.averagePrecision());
        assertThat(curve.points())
                .extracting(PrecisionRecallCurves.Point::recall)
                .isSorted();
        List<PrecisionRecallCurves.Point> tooMany = Collections.nCopies(201, new PrecisionRecallCurves.Point(1, 1, 1));
        assertThatThrownBy(() -> new Curve("n", "c", 1, 1, tooMany))
                .hasMessageContaining("at most 200 points, not 201");
    }

    @Test
    void aCurveOfNothingHasNoPoints() {
        PrecisionRecall one = PrecisionRecall.of(List.of(new Scored(0.5, false)), 0);
        assertThat(Curve.of("n", "c", one).points()).isEmpty();
        assertThat(Curve.of("n", "c", one).averagePrecision()).isNaN();
        PrecisionRecall found = PrecisionRecall.of(List.of(new Scored(0.5, true)), 2);
        assertThat(Curve.of("n", "c", found).points()).containsExactly(new PrecisionRecallCurves.Point(0.5, 0.5, 1));
    }

    @Test
    void theDifferenceIsTriggeredLessClean() {
        assertThat(new ChannelMaps("n", "l", List.of(1.0, 2.0), List.of(4.0, 1.5)).difference())
                .containsExactly(3.0, -0.5);
    }

    @Test
    void theMeanOverSeedsStandsBesideThePaper() {
        ReproducedFigures table = SampleDetections.table();
        ReproducedFigures.Mean ours = table.beside().get(0).ours();
        assertThat(ours.networks()).isEqualTo(2); // the third has no number
        assertThat(ours.mean()).isCloseTo(0.86, within(1e-12));
        assertThat(ours.least()).isEqualTo(0.84);
        assertThat(ours.most()).isEqualTo(0.88);
        assertThat(table.beside().get(1).ours().networks()).isZero();
        assertThat(table.beside().get(1).ours().mean()).isNaN();
        assertThat(table.names()).containsExactly("mean average precision");
    }

    @Test
    void aSeriesIsComparedPlaceByPlace() {
        ReproducedFigures series = SampleDetections.series(List.of());
        assertThat(series.means()).hasSize(3 * 7);
        for (ReproducedFigures.Beside both : series.beside()) {
            assertThat(both.ours().networks()).isEqualTo(2);
            assertThat(both.ours().mean()).isCloseTo(both.published().value() - 0.01, within(1e-12)); // +5 and -7
        }
    }
}
