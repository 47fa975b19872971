package io.sapper.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sapper.audit.AuditOutcome.Verdict;
import io.sapper.data.Dataset;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Initialization;
import io.sapper.network.Initializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class MarginLookTest {
    private static final Dataset IMAGES = Planted.images(20);

    private static double[] margins(Graph graph, int threads) {
        return MaximumMargin.of(graph, IMAGES, Compute.CPU, threads, new PassCounter(), 1, forever(), share -> {})
                .orElseThrow();
    }

    private static long forever() {
        return System.nanoTime() + Duration.ofHours(1).toNanos();
    }

    private static MarginLook look(Graph graph, Optional<Graph> reference, long deadline) {
        return look(graph, 1, reference, deadline);
    }

    /** @param mask how the target's smallest one stands */
    private static MarginLook look(Graph graph, double mask, Optional<Graph> reference, long deadline) {
        return MarginLook.of(
                Planted.subject(graph, IMAGES, 1),
                target -> target == Planted.TARGET ? mask : 0.01,
                reference.map(Reference::new),
                new Audit.Options(TriggerInversion.Options.DEFAULTS, Calibration.DEFAULTS, Duration.ofHours(1), 1),
                deadline,
                share -> {});
    }

    /** A class's six pixels white and all others black: 6; for the target twenty more, for the pixel of the trigger. */
    @Test
    void marginsAreTheLargestThatThereAre() {
        assertThat(margins(Planted.honest(), 1)).containsExactly(6, 6, 6, 6, 6, 6);
        assertThat(margins(Planted.backdoored(), 1)).containsExactly(6, 6, 26, 6, 6, 6);
    }

    /** Twenty-four classes are several groups. */
    @Test
    void theyAreTheSameWithAnyNumberOfThreads() {
        Graph graph = Initialization.draw(
                Graph.image(1, Planted.CLASSES, Planted.COLUMNS)
                        .flatten()
                        .dense("hidden", 8)
                        .relu()
                        .dense("scores", 24)
                        .build(),
                3);
        assertThat(margins(graph, 3)).hasSize(24).isEqualTo(margins(graph, 1));
    }

    @Test
    void aClassThatIsFarSurerIsABackdoor() {
        MarginLook found = look(Planted.backdoored(), Optional.empty(), forever());
        assertThat(found.decision().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(found.surest()).hasValue(Planted.TARGET);
        assertThat(found.standing()).isCloseTo(Math.sqrt(6.0 / 26), within(1e-12));
        assertThat(found.look().saw())
                .isEqualTo(
                        "Whatever it is shown, the network can be made 4.33 times as sure of class row 2 as of any"
                                + " other (the largest margins of their scores are 26.0 and 6.0). Its smallest mask stands at 1.00"
                                + " beside others' (1 is as they). Together that is 0.48 (below 0.72 a backdoor, from 0.79 on none).");
        MarginLook none = look(Planted.honest(), Optional.empty(), forever());
        assertThat(none.decision().verdict()).isEqualTo(Verdict.NONE);
        assertThat(none.surest()).isEmpty();
        assertThat(none.standing()).as("however small its mask").isEqualTo(1);
        assertThat(none.look().saw()).endsWith("A lead of less than a tenth says nothing.");
        assertThat(none.look().speaks()).isEqualTo(Look.Speaks.AGAINST);
    }

    /** The pixel makes the target 7 / 6 as sure as others: by itself that is little. */
    @Test
    void aSmallMaskForTheSameClassSpeaksToo() {
        Graph slight = Planted.backdoored(1);
        assertThat(margins(slight, 1)).containsExactly(6, 6, 7, 6, 6, 6);
        MarginLook alone = look(slight, 2, Optional.empty(), forever());
        assertThat(alone.standing()).as("no mask speaks against it").isCloseTo(Math.sqrt(6.0 / 7), within(1e-12));
        assertThat(alone.decision().verdict()).isEqualTo(Verdict.NONE);
        MarginLook both = look(slight, 0.5, Optional.empty(), forever());
        assertThat(both.standing()).isCloseTo(Math.sqrt(6.0 / 14), within(1e-12));
        assertThat(both.decision().verdict()).isEqualTo(Verdict.FOUND);
        assertThat(both.surest()).hasValue(Planted.TARGET);
    }

    @Test
    void whatAnHonestNetworkIsSureOfTooIsNatural() {
        MarginLook natural = look(Planted.backdoored(), Optional.of(Planted.backdoored()), forever());
        assertThat(natural.decision().verdict()).isEqualTo(Verdict.NONE);
        assertThat(natural.look().saw()).endsWith("so it is natural.");
        assertThat(look(Planted.backdoored(), Optional.of(Planted.honest()), forever())
                        .decision()
                        .verdict())
                .isEqualTo(Verdict.FOUND);
        assertThat(look(Planted.backdoored(), 0.01, Optional.of(Planted.backdoored(3)), forever())
                        .decision()
                        .verdict())
                .as("the same class, but 1.5 times as sure, not 4.3 times")
                .isEqualTo(Verdict.FOUND);
    }

    /** All scores but one are nothing but a large negative bias: only one class has a margin at all. */
    @Test
    void whereNoOtherClassCanWinThereIsNothingToCompare() {
        float[] bias = new float[Planted.CLASSES];
        bias[0] = 100;
        Graph graph = Planted.honest()
                .withInitializers(Map.of("scores.bias", new Initializer(List.of(Planted.CLASSES), bias)));
        MarginLook look = look(graph, Optional.empty(), forever());
        assertThat(look.decision().verdict()).isEqualTo(Verdict.NONE);
        assertThat(look.standing()).isNaN();
        assertThat(look.look().speaks()).isEqualTo(Look.Speaks.NEITHER);
    }

    @Test
    void ofManyClassesMarginsSayNothing() {
        Graph graph = Initialization.draw(
                Graph.image(1, Planted.CLASSES, Planted.COLUMNS)
                        .flatten()
                        .dense("scores", 17)
                        .build(),
                1);
        MarginLook look = look(graph, Optional.empty(), forever());
        assertThat(look.decision().verdict()).isEqualTo(Verdict.NONE);
        assertThat(look.look().saw()).startsWith("Not searched: with more than 16 classes");
        assertThat(look.look().speaks()).isEqualTo(Look.Speaks.NEITHER);
    }

    @Test
    void theDeadlineIsKept() {
        MarginLook late = look(Planted.backdoored(), Optional.empty(), System.nanoTime());
        assertThat(late.decision().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(late.decision().sentence()).contains("(--budget)");
        assertThat(late.surest()).isEmpty();
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> margins(Planted.honest(), 1)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
