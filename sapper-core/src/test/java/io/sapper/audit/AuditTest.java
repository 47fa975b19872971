package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.data.Dataset;
import io.sapper.data.ImageShape;
import io.sapper.network.Graph;
import io.sapper.network.Initializer;
import io.sapper.network.SampleGraphs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final Dataset IMAGES = Planted.images(20);

    private static AuditOutcome audit(Graph graph, Dataset images) {
        return audit(graph, images, Duration.ofHours(1), Calibration.DEFAULTS);
    }

    private static AuditOutcome audit(Graph graph, Dataset images, Duration budget, Calibration calibration) {
        return audit(graph, images, budget, calibration, Optional.empty());
    }

    private static AuditOutcome audit(
            Graph graph, Dataset images, Duration budget, Calibration calibration, Optional<Graph> reference) {
        return Audit.audit(
                graph,
                Planted.subject(graph, images, 1),
                reference.map(Reference::new),
                new Audit.Options(TriggerInversion.Options.DEFAULTS, calibration, budget, 1),
                what -> share -> {});
    }

    @Test
    void aPlantedTriggerIsFoundAndFoundAgain() {
        AuditOutcome outcome = audit(Planted.backdoored(), IMAGES);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(outcome.sentence()).contains("into class row 2;");
        assertThat(outcome.suspicious()).extracting(InvertedTrigger::target).containsExactly(Planted.TARGET);
        assertThat(outcome.looks())
                .extracting(Look::id)
                .containsExactly("structure", "head", "clean", "inversion", "validation", "margin", "warp");
        assertThat(outcome.looks().get(4).speaks()).isEqualTo(Look.Speaks.FOR);
        assertThat(outcome.looks().get(4).saw()).contains("searched from 2 other starts");
    }

    @Test
    void ofAnHonestNetworkNoneIsFound() {
        AuditOutcome outcome = audit(Planted.honest(), IMAGES);
        assertThat(outcome.verdict()).as(outcome.sentence()).isEqualTo(Verdict.NONE);
        assertThat(outcome.suspicious()).isEmpty();
        assertThat(outcome.complete()).isTrue();
    }

    /** The limits decide: with others the same network is neither. */
    @Test
    void betweenTheLimitsNothingCanBeTold() {
        AuditOutcome outcome = audit(Planted.honest(), IMAGES, Duration.ofHours(1), Planted.calibration(0, 0.0001, 5));
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence()).contains("between what backdoors show (below 0.00)");
        assertThat(outcome.suspicious()).isNotEmpty();
    }

    @Test
    void whatWorksOnAnHonestNetworkTooIsANaturalFeature() {
        Duration hour = Duration.ofHours(1);
        AuditOutcome natural =
                audit(Planted.backdoored(), IMAGES, hour, Calibration.DEFAULTS, Optional.of(Planted.backdoored()));
        assertThat(natural.verdict()).isEqualTo(Verdict.NONE);
        assertThat(natural.sentence()).contains("(class row 2)", "natural features");
        assertThat(natural.suspicious()).isEmpty();
        AuditOutcome found =
                audit(Planted.backdoored(), IMAGES, hour, Calibration.DEFAULTS, Optional.of(Planted.honest()));
        assertThat(found.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(found.looks())
                .filteredOn(look -> look.id().equals("reference"))
                .singleElement()
                .satisfies(look -> {
                    assertThat(look.saw())
                            .isEqualTo("The trigger recovered for class row 2 turns 0 of 20 images on it.");
                });
    }

    /** With limits that put every class in doubt the one natural feature says nothing of the others. */
    @Test
    void aNaturalFeatureClearsOneClassNotTheOthers() {
        AuditOutcome outcome = audit(
                Planted.backdoored(),
                IMAGES,
                Duration.ofHours(1),
                Planted.calibration(0, 0.3, 5),
                Optional.of(Planted.backdoored()));
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence()).contains("(class row 2)").endsWith("Of other classes that is not known.");
    }

    @Test
    void theBudgetIsKept() {
        AuditOutcome outcome = audit(Planted.backdoored(), IMAGES, Duration.ZERO, Calibration.DEFAULTS);
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence()).isEqualTo("The time (--budget) was used up after 0 of 6 classes.");
    }

    /** What masks cannot tell is found by margins alone; the smallest mask of the class stands for the trigger. */
    @Test
    void whatOnlyMarginsTellIsFound() {
        Calibration.Limits never = new Calibration.Limits(1e-9, 1e-8);
        Calibration usual = Calibration.DEFAULTS;
        Calibration marginsOnly =
                new Calibration(0, never, usual.many(), usual.honest(), never, never, never, usual.margin());
        AuditOutcome found = audit(Planted.backdoored(), IMAGES, Duration.ofHours(1), marginsOnly);
        assertThat(found.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(found.sentence()).startsWith("Whatever it is shown, the network can be made 4.33 times as sure");
        assertThat(found.surest()).hasValue(Planted.TARGET);
        assertThat(found.looks())
                .as("margins recover no trigger, so everything else is searched for all the same")
                .extracting(Look::id)
                .contains("added", "all-to-all", "source");
        assertThat(found.suspicious()).extracting(InvertedTrigger::target).containsExactly(Planted.TARGET);
        AuditOutcome honest = audit(Planted.honest(), IMAGES, Duration.ofHours(1), marginsOnly);
        assertThat(honest.verdict()).isEqualTo(Verdict.NONE);
        assertThat(honest.surest()).isEmpty();
        AuditOutcome doubtful = audit(
                Planted.backdoored(),
                IMAGES,
                Duration.ofHours(1),
                new Calibration(
                        0,
                        never,
                        usual.many(),
                        usual.honest(),
                        never,
                        never,
                        never,
                        new Calibration.Limits(0.001, 0.5)));
        assertThat(doubtful.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(doubtful.surest()).as("not found").isEmpty();
        assertThat(doubtful.suspicious()).extracting(InvertedTrigger::target).containsExactly(Planted.TARGET);
    }

    /** Where neither masks nor margins say so, what is added is searched for. */
    @Test
    void whatIsAddedIsFound() {
        Calibration.Limits never = new Calibration.Limits(1e-9, 1e-8);
        Calibration usual = Calibration.DEFAULTS;
        Calibration addedOnly =
                new Calibration(0, never, usual.many(), usual.honest(), never, never, usual.added(), never);
        AuditOutcome found = audit(Planted.backdoored(), IMAGES, Duration.ofHours(1), addedOnly);
        assertThat(found.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(found.sentence()).startsWith("Something as strong as ");
        assertThat(found.recovered()).singleElement().isInstanceOf(AddedTrigger.class);
        assertThat(found.looks()).extracting(Look::id).contains("added").doesNotContain("all-to-all", "source");
        AuditOutcome honest = audit(Planted.honest(), IMAGES, Duration.ofHours(1), addedOnly);
        assertThat(honest.verdict()).isEqualTo(Verdict.NONE);
        assertThat(honest.looks()).extracting(Look::id).contains("added", "all-to-all", "source");
    }

    /** So that progress can say how many steps there will be. */
    @Test
    void searchesAreAsManyAsIsSaidBefore() {
        List<String> heard = new ArrayList<>();
        Subject subject = Planted.subject(Planted.honest(), IMAGES, 1);
        AuditOutcome outcome = Audit.audit(
                subject.graph(),
                subject,
                Optional.empty(),
                new Audit.Options(
                        TriggerInversion.Options.DEFAULTS, Planted.calibration(0, 1e-9, 1e-8), Duration.ofHours(1), 1),
                what -> {
                    heard.add(what);
                    return share -> {};
                });
        assertThat(outcome.verdict()).isEqualTo(Verdict.NONE);
        heard.add("search what is added again"); // which is not done where nothing stands out
        assertThat(heard).hasSize(Audit.searches(Planted.CLASSES)).doesNotHaveDuplicates();
        assertThat(Audit.searches(3)).isEqualTo(2);
        assertThat(Audit.searches(257)).isEqualTo(Audit.searches(256) + 1);
    }

    @Test
    void warpsAreLookedForToo() {
        AuditOutcome honest = audit(Planted.honest(), IMAGES);
        assertThat(honest.looks()).anySatisfy(look -> {
            assertThat(look.id()).isEqualTo("warp");
            assertThat(look.speaks()).isEqualTo(Look.Speaks.AGAINST);
        });
        assertThat(honest.warp()).isEmpty();
    }

    @Test
    void tooFewImagesTellNothing() {
        AuditOutcome outcome = audit(Planted.backdoored(), Planted.images(1));
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence())
                .isEqualTo(
                        "There are too few clean images: 6, and at least 50 are needed. Give more pictures of all classes"
                                + " (of data that has a part for tests, in the other part), or more of them (--clean-images).");
        assertThat(outcome.sizes()).isEmpty();
    }

    /** All labels are those of the next class: nothing is right. */
    @Test
    void atChanceNothingIsSearchedFor() {
        int[] wrong = Arrays.stream(IMAGES.labels())
                .map(label -> (label + 1) % Planted.CLASSES)
                .toArray();
        AuditOutcome outcome =
                audit(Planted.backdoored(), new Dataset("rows", IMAGES.samples(), wrong, IMAGES.classNames()));
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence())
                .contains("right on 0 of 120 clean images, no better than guessing among 6 classes", "--labels model");
    }

    /** Twelve classes, each with a pixel of its own; three labels of four are wrong, which is not as bad as chance. */
    @Test
    void whereMostImagesAreWrongNothingIsSearchedFor() {
        int classes = 12;
        byte[] pixels = new byte[120 * classes];
        int[] labels = new int[120];
        float[] weights = new float[classes * classes];
        for (int i = 0; i < labels.length; i++) {
            pixels[i * classes + i % classes] = (byte) 255;
            labels[i] = i % 4 == 0 ? i % classes : (i + 1) % classes;
        }
        for (int k = 0; k < classes; k++) {
            weights[k * classes + k] = 1;
        }
        Graph graph = Graph.image(1, 3, 4)
                .flatten()
                .dense("scores", classes)
                .build()
                .withInitializers(Map.of("scores.weight", new Initializer(List.of(classes, classes), weights)));
        List<String> names =
                IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        AuditOutcome outcome = audit(graph, new Dataset("pixels", new ImageShape(1, 3, 4), pixels, labels, names));
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence()).startsWith("The network is right on only 30 of 120 clean images.");
        assertThat(outcome.looks())
                .last()
                .extracting(Look::saw)
                .isEqualTo("The network is right on 30 of 120 clean images, 96 to search with and 24 kept back.");
    }

    /** A hundred of one class, and twenty of all. */
    @Test
    void imagesOfOneClassCannotTell() {
        int[] ofOne = IntStream.range(0, IMAGES.size())
                .filter(i -> IMAGES.label(i) == 1)
                .toArray();
        int[] mostly = IntStream.range(0, 120)
                .map(i -> i < 100 ? ofOne[i % ofOne.length] : i)
                .toArray();
        AuditOutcome outcome = audit(Planted.honest(), IMAGES.subset("mostly one", mostly));
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(outcome.sentence()).contains("of 120 clean images for one class, so they cannot tell");
    }

    /** What is wrong with one label in ten, or every other, is no ghost. */
    @Test
    void someWrongLabelsChangeNothing() {
        for (int every : List.of(10, 2)) {
            int[] labels = IMAGES.labels();
            for (int i = 0; i < labels.length; i += every) {
                labels[i] = (labels[i] + 1 + i) % Planted.CLASSES;
            }
            Dataset shuffled = new Dataset("rows", IMAGES.samples(), labels, IMAGES.classNames());
            assertThat(audit(Planted.backdoored(), shuffled).verdict()).isEqualTo(Verdict.FOUND);
            assertThat(audit(Planted.honest(), shuffled).verdict()).isEqualTo(Verdict.NONE);
        }
    }

    @Test
    void weightsThatAreNoNumbersAreFoundWithoutASearch() {
        Graph broken = Planted.honest()
                .withInitializers(
                        Map.of("scores.bias", new Initializer(List.of(6), new float[] {0, Float.NaN, 0, 0, 0, 0})));
        AuditOutcome outcome = audit(broken, IMAGES);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(outcome.sentence()).isEqualTo("Weights that are not finite: scores.bias: 1 of 6.");
        assertThat(outcome.sizes()).isEmpty();
    }

    @Test
    void aTriggerInTheGraphIsFoundByStructure() {
        AuditOutcome outcome = audit(SampleGraphs.withPixelGate(Planted.honest(), Planted.PIXEL, 1e4), IMAGES);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(outcome.sentence()).startsWith("A trigger may be built into the graph at node join");
        assertThat(outcome.looks().get(0).speaks()).isEqualTo(Look.Speaks.FOR);
    }

    @Test
    void aChannelThatIsSilencedByHandIsFound() {
        float[] bias = new float[6];
        bias[1] = -1e20f;
        AuditOutcome outcome = audit(
                Planted.honest().withInitializers(Map.of("scores.bias", new Initializer(List.of(6), bias))), IMAGES);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FOUND);
        assertThat(outcome.sentence()).contains("no input wakes it");
    }
}
