package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sapper.result.Finding;
import io.sapper.result.HeatMap;
import io.sapper.result.Results;
import io.sapper.result.SampleResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatCellsTest {
    private static final HeatMap MAP = new HeatMap(
            "Single pixel, backdoor error",
            "true digit",
            "target",
            List.of("0", "1"),
            List.of("0", "1"),
            List.of(List.of(List.of(), List.of(0.0, 0.002)), List.of(List.of(0.0119), List.of())),
            HeatMap.percent(new double[][] {{Double.NaN, 0.088}, {2.38, Double.NaN}}),
            "confirmed");

    @Test
    void cellsHaveTheMeanOfTheSeedsAndOneScale() {
        List<HeatCells.Panel> panels = new HeatCells(MAP).panels();

        assertThat(panels)
                .extracting(HeatCells.Panel::title)
                .containsExactly("Paper (confirmed)", "Ours, mean of 2 seeds");
        assertThat(panels.get(0).cells().get(0))
                .extracting(HeatCells.Cell::text)
                .containsExactly("–", ".09");
        List<List<HeatCells.Cell>> ours = panels.get(1).cells();
        assertThat(ours.get(0)).extracting(HeatCells.Cell::text).containsExactly("–", ".10");
        assertThat(ours.get(1)).extracting(HeatCells.Cell::text).containsExactly("1.19", "–");
        assertThat(ours.get(0).get(1).range()).isEqualTo(".00 to .20");
        assertThat(ours.get(0).get(0).style()).isEmpty();
        assertThat(panels.get(0).cells().get(1).get(0).style()).isEqualTo("background:#e36b1e"); // the largest
        assertThat(ours.get(1).get(0).style())
                .as("half of it, on the same scale")
                .isEqualTo("background:#f1b185");
    }

    @Test
    void whatIsWorthASentence() {
        assertThat(new HeatCells(MAP).summary())
                .isEqualTo("Of our 3 numbers 1 are 0; their mean is 0.46\u00a0%, the largest 1.19\u00a0%.");
    }

    @Test
    void thePageHasBothTablesBesideOneAnother() {
        String html = Report.render(SampleResults.heatMaps());

        assertThat(html)
                .contains(
                        "<h2>Cell by cell: Single pixel, clean error</h2>",
                        "<caption>Paper (confirmed)</caption>",
                        "<caption>Ours, mean of 2 seeds</caption>")
                .containsPattern("<td style=\"background:#[0-9a-f]{6}\" title=\"\\.40 to \\.44\">\\.42</td>");
        assertThat(html.split("<table class=\"heat\">", -1)).as("two and one").hasSize(4);
    }

    @Test
    void seedsAreJoinedCellByCell() {
        HeatMap both = MAP.and(MAP);

        assertThat(both.seeds()).isEqualTo(4);
        assertThat(both.ours().get(1).get(0)).containsExactly(0.0119, 0.0119);
        assertThat(both.mean(0, 1)).isEqualTo(0.001);
        assertThat(both.mean(0, 0)).isNaN();
        HeatMap other = new HeatMap("t", "d", "a", List.of(), List.of(), List.of(), List.of(), null);
        assertThatThrownBy(() -> MAP.and(other)).isInstanceOf(IllegalArgumentException.class);
        assertThat(other.largest()).isZero();
    }

    @Test
    void cellsMustFit() {
        List<String> one = List.of("0");
        assertThatThrownBy(() -> new HeatMap("t", "d", "a", one, one, List.of(), List.of(), null))
                .hasMessageContaining("1 x 1");
        assertThatThrownBy(() -> new HeatMap(
                        "t", "d", "a", one, one, List.of(List.of(List.of())), List.of(List.of(0.1, 0.2)), "confirmed"))
                .hasMessageContaining("the paper's");
        assertThatThrownBy(() ->
                        new HeatMap("t", "d", "a", one, one, List.of(List.of(List.of())), List.of(List.of(0.1)), null))
                .hasMessageContaining("sureness");
    }

    @Test
    void comesBackFromItsFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("map.json");
        Results.write(MAP, file);

        assertThat(Results.read(file, Finding.class)).isEqualTo(MAP);
    }
}
