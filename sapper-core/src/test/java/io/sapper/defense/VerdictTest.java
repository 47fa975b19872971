package io.sapper.defense;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.Dataset;
import io.sapper.defense.Refusal.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final Limits ONE_POINT = new Limits(0.01, 0.1, false);

    @ParameterizedTest
    @CsvSource({
        "1537, 10, 4,  false, ''", // two fifths of a point of so many: surely within one
        "400,  0,  0,  false, ''", // nothing changed, and just enough images
        "400,  2,  0,  false, LOSS_UNCERTAIN", // half a point, which may be 1.8
        "400,  2,  0,  true,  ''", // the same, where weak evidence will do
        "400,  9,  0,  false, LOSS_TOO_LARGE",
        "400,  9,  0,  true,  LOSS_TOO_LARGE",
        "20,   1,  0,  true,  LOSS_TOO_LARGE",
        "400,  0,  9,  false, ''" // got better
    })
    void theUpperEndOfTheIntervalDecides(int images, int worse, int better, boolean weak, String reason) {
        Comparison seen = spread(images, worse, better);
        Limits limits = new Limits(0.01, 1, weak);
        assertThat(Verdict.of(seen, evidence(images, weak), limits).map(Refusal::reason))
                .isEqualTo(reason.isEmpty() ? Optional.empty() : Optional.of(Reason.valueOf(reason)));
    }

    /** 2,000 images lose 8 of them, all of one class of 20: four tenths of a point, and forty points of the class. */
    @Test
    void aClassThatGotMuchWorseRefusesWhatTheWholeWouldAllow() {
        int[] labels = IntStream.range(0, 2000).map(i -> i < 20 ? 1 : 0).toArray();
        int[] after = labels.clone();
        IntStream.range(0, 8).forEach(i -> after[i] = 0);
        Dataset data = ComparisonTest.dots(labels);
        Comparison seen = Comparison.of(labels, after, data);
        Refusal refusal = Verdict.of(seen, evidence(2000, false), ONE_POINT).orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Reason.CLASS_WORSE);
        assertThat(refusal.sentence())
                .isEqualTo(
                        "Class one fell from 20 to 12 of its 20 clean images, by at least 17.44 points, and a class may lose"
                                + " at most 10.");
        assertThat(Verdict.of(seen, evidence(2000, false), new Limits(0.01, 0.5, false)))
                .isEmpty();
    }

    /** Six of 41 are 15 points, which may be seven: that shows that the class got worse, not that it lost ten. */
    @Test
    void aClassThatMayHaveLostWhatIsAllowedDoesNotRefuse() {
        int[] labels = IntStream.range(0, 2000).map(i -> i < 41 ? 1 : 0).toArray();
        int[] after = labels.clone();
        IntStream.range(0, 6).forEach(i -> after[i] = 0);
        Comparison seen = Comparison.of(labels, after, ComparisonTest.dots(labels));
        assertThat(seen.worseClasses()).hasSize(1);
        assertThat(Verdict.of(seen, evidence(2000, false), ONE_POINT)).isEmpty();
        IntStream.range(0, 12).forEach(i -> after[i] = 0);
        Comparison more = Comparison.of(labels, after, ComparisonTest.dots(labels));
        assertThat(Verdict.of(more, evidence(2000, false), ONE_POINT)).isPresent();
    }

    /** One image of a class of five is twenty points, but shows nothing. */
    @Test
    void aClassOfFewImagesDoesNotRefuse() {
        int[] labels = IntStream.range(0, 2000).map(i -> i < 5 ? 1 : 0).toArray();
        int[] after = labels.clone();
        after[0] = 0;
        Comparison seen = Comparison.of(labels, after, ComparisonTest.dots(labels));
        assertThat(Verdict.of(seen, evidence(2000, false), ONE_POINT)).isEmpty();
    }

    @Test
    void endsEarlyOnlyWhenTheRestCannotHelp() {
        Evidence evidence = evidence(1000, false);
        assertThat(Verdict.hopeless(spread(200, 11, 0), evidence, ONE_POINT)).isPresent();
        assertThat(Verdict.hopeless(spread(200, 10, 0), evidence, ONE_POINT)).isEmpty();
    }

    @Test
    void theReasonOfAllIsThatOfTheNearest() {
        FinePruning.Attempt far = attempt(0.1, spread(400, 200, 0), Reason.LOSS_TOO_LARGE);
        FinePruning.Attempt near = attempt(0.01, spread(400, 2, 0), Reason.LOSS_UNCERTAIN);
        FinePruning.Attempt lost = new FinePruning.Attempt(
                1, 10, List.of(0), Optional.empty(), Optional.of(new Refusal(Reason.DIVERGED, "x")));
        Refusal all = Verdict.ofAll(List.of(lost, far, near));
        assertThat(all.reason()).isEqualTo(Reason.LOSS_UNCERTAIN);
        assertThat(all.sentence()).isEqualTo("None of 3 learning rates would do; the nearest, 0.01: Why.");
        assertThat(Verdict.ofAll(List.of(lost)).reason()).isEqualTo(Reason.DIVERGED);
    }

    private static FinePruning.Attempt attempt(double rate, Comparison seen, Reason reason) {
        return new FinePruning.Attempt(
                rate, 10, List.of(0), Optional.of(seen), Optional.of(new Refusal(reason, "Why.")));
    }

    private static Evidence evidence(int images, boolean accepted) {
        return new Evidence(images, false, 381, 1537, 0.01, List.of(), accepted);
    }

    /** Changes spread over two classes. */
    private static Comparison spread(int images, int worse, int better) {
        int[] labels = IntStream.range(0, images).map(i -> i % 2).toArray();
        int[] before = labels.clone();
        int[] after = labels.clone();
        IntStream.range(0, worse).forEach(i -> after[i] = 2);
        IntStream.range(worse, worse + better).forEach(i -> before[i] = 2);
        return Comparison.of(before, after, ComparisonTest.dots(labels));
    }
}
