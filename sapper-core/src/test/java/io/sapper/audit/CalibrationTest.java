package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Calibration.Many MANY = Calibration.DEFAULTS.many();

    @Test
    void ofMoreThan64ClassesTheSmallestIsSmallerByNature() {
        assertThat(MANY.classes().found())
                .isLessThan(Calibration.DEFAULTS.classes().found());
        assertThat(MANY.alone()).isLessThan(Calibration.DEFAULTS.alone());
        assertThat(Calibration.DEFAULTS.forClasses(64)).isEqualTo(Calibration.DEFAULTS);
        assertThat(Calibration.DEFAULTS.forClasses(65).classes()).isEqualTo(MANY.classes());
        assertThat(Calibration.DEFAULTS.forClasses(65).alone()).isEqualTo(MANY.alone());
        assertThat(Calibration.DEFAULTS.forClasses(65).added()).isEqualTo(Calibration.DEFAULTS.added());
    }

    @Test
    void masksAreJudgedByWhatHoldsForSoManyClasses() {
        assertThat(limitsOf(64)).contains(said(Calibration.DEFAULTS));
        assertThat(limitsOf(65)).contains(said(Calibration.DEFAULTS.forClasses(65)));
    }

    private static String said(Calibration limits) {
        return String.format(
                Locale.ROOT,
                "Below %.2f that is a backdoor, from %.2f on none; a size below %.2f",
                limits.classes().found(),
                limits.classes().none(),
                limits.alone());
    }

    private static String limitsOf(int classes) {
        Graph graph = Initialization.draw(
                Graph.image(1, Planted.CLASSES, Planted.COLUMNS)
                        .flatten()
                        .dense("scores", classes)
                        .build(),
                1);
        Dataset six = Planted.images(20);
        Dataset images = new Dataset(
                six.name(),
                six.samples(),
                six.labels(),
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
        return MaskLook.of(
                        Planted.subject(graph, images, 1),
                        Optional.empty(),
                        new Audit.Options(
                                TriggerInversion.Options.DEFAULTS, Calibration.DEFAULTS, Duration.ofHours(1), 1),
                        System.nanoTime() + Duration.ofHours(1).toNanos(),
                        what -> share -> {})
                .looks()
                .stream()
                .filter(look -> look.id().equals("validation"))
                .findFirst()
                .orElseThrow()
                .saw();
    }
}
