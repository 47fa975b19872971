package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.metric.Ratio;
import io.sapper.result.Reproduced;
import io.sapper.result.SampleResults;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-12);

    private static Series shares() {
        return Series.of(SampleResults.shares().first(Reproduced.class).orElseThrow())
                .orElseThrow();
    }

    @Test
    void networksNamedByANumberAreASeriesOfTheirErrors() {
        Series series = shares();

        assertThat(series.variable()).isEqualTo("% backdoored");
        assertThat(series.up()).isEqualTo("errors");
        assertThat(series.lines()).extracting(Series.Line::name).containsExactly("clean error", "backdoor error");
        assertThat(series.lines().get(0).ours())
                .extracting(Series.Spot::at)
                .containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 33.0, 50.0);
        Series.Spot ten = series.lines().get(1).ours().get(3);
        assertThat(ten.mean()).as("180, 210 and 240 of 10,000, and 40").isEqualTo(0.0250, EXACT);
        assertThat(ten.least()).isEqualTo(0.0220, EXACT);
        assertThat(ten.most()).isEqualTo(0.0280, EXACT);
    }

    @Test
    void thePapersNumbersStandInTheLineOfTheirMeasure() {
        assertThat(shares().lines().get(0).paper()).isEmpty();
        assertThat(shares().lines().get(1).paper())
                .containsExactly(new Series.Spot(10, 0.01, 0.01, 0.01), new Series.Spot(50, 0.0049, 0.0049, 0.0049));
    }

    @Test
    void othersAreNone() {
        assertThat(Series.of(table("honest", "1 % backdoored", "2 % backdoored")))
                .isEmpty();
        assertThat(Series.of(table("1 pixel", "2 % backdoored", "3 % backdoored")))
                .as("of two units")
                .isEmpty();
        assertThat(Series.of(table("1 % backdoored", "2 % backdoored")))
                .as("of two")
                .isEmpty();
        assertThat(Series.of(table("1 % backdoored", "2 % backdoored", "3 % backdoored")))
                .isPresent();
    }

    @Test
    void honestNetworksHaveNoBackdoorError() {
        Series series = Series.of(table("1 epoch", "2 epoch", "3 epoch")).orElseThrow();

        assertThat(series.lines()).extracting(Series.Line::name).containsExactly("clean error");
    }

    @Test
    void thePageDrawsItAndSaysIt() {
        String html = Report.render(SampleResults.shares());

        assertThat(html)
                .contains(
                        "data-chart=\"series\" data-variable=\"% backdoored\" data-up=\"errors\"",
                        "Line chart along % backdoored, ours beside the paper’s. clean error: ours from 0.52\u00a0% at 1"
                                + " to 0.57\u00a0% at 50. backdoor error: ours from 21.40\u00a0% at 1 to",
                        "Bands reach from the lowest");
        assertThat(Series.of(table("1 x", "2 x", "3 x")).orElseThrow().banded())
                .as("of one seed")
                .isFalse();
    }

    @Test
    void whereNothingWasMeasuredThereIsNone() {
        List<Reproduced.Row> rows = List.of("1 x", "2 x", "3 x").stream()
                .map(name -> new Reproduced.Row(1, name, "", new Ratio(0, 0), null, null))
                .toList();
        assertThat(Series.of(new Reproduced("some", "somewhere", List.of(), List.of(), rows)))
                .isEmpty();
    }

    private static Reproduced table(String... names) {
        return new Reproduced(
                "some",
                "somewhere",
                List.of(),
                List.of(),
                List.of(names).stream()
                        .map(name -> new Reproduced.Row(1, name, "", new Ratio(9, 10), null, null))
                        .toList());
    }
}
