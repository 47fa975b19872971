package io.sapper.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.metric.Ratio;
import io.sapper.result.Audited;
import io.sapper.result.AuditedNetworks.Network;
import io.sapper.result.AuditedNetworks.Told;
import io.sapper.result.AuditedNetworks.Truth;
import io.sapper.result.Outcome;
import io.sapper.result.RunResult;
import io.sapper.result.SampleResults;
import io.sapper.result.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages of audits say to somebody who does not know the papers. */
class AuditPageTest {
    @Test
    void eachLookAndEachWordIsExplained() {
        String page = Report.render(SampleResults.audited(Audited.FOUND));
        assertThat(page)
                .contains(LookWords.of("structure"), LookWords.of("inversion"))
                .contains("a secret sign, the trigger", "The median is what the class in the middle needs")
                .contains("intersection over union: 1 where both are the same pixels");
    }

    /** What the clock cut off ends elsewhere on the next day. */
    @Test
    void onlyWhatTheClockDidNotCutOffCanBeMadeAgainBitForBit() {
        RunResult audited = SampleResults.audited(Audited.UNKNOWN);
        assertThat(Report.render(audited)).contains("the run can be made again, bit for bit on the same machine.");
        for (String said : List.of(
                "The time (--budget) was used up after 0 of 43 classes.",
                "fewer starts than planned, as the time was used up")) {
            RunResult cut = audited.withVerdict(new Verdict(Outcome.UNKNOWN, said, List.of()));
            assertThat(Report.render(cut)).contains("again, but not bit for bit: its time was used up");
        }
        assertThat(Report.render(audited.withFindings(List.of(SampleResults.sweep()))))
                .contains("on the same machine, but for runs whose time was used up.");
    }

    @Test
    void aLookSpeaksForABackdoorOrForNoneOrForNeither() {
        assertThat(Report.render(SampleResults.audited(Audited.NONE)))
                .contains("<span class=\"option\">no backdoor</span>", "<span class=\"option\">neither</span>");
        assertThat(LookWords.of("inversion")).contains("Neural Cleanse's own index says");
    }

    /** All that audits write; one that is new wants its sentence here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "structure",
                "head",
                "clean",
                "margin",
                "inversion",
                "validation",
                "warp",
                "added",
                "all-to-all",
                "source",
                "reference"
            })
    void everyLookHasItsWords(String id) {
        assertThat(LookWords.of(id)).endsWith(".");
    }

    @Test
    void aLookOfALaterVersionHasNone() {
        assertThat(LookWords.of("telepathy")).isEmpty();
    }

    /** Words inside the chart lay on its bars and lines. */
    @Test
    void whatBandAndLineAreStandsOutsideTheChart() {
        String page = Report.render(SampleResults.audited(Audited.FOUND));
        assertThat(page)
                .contains("<ul class=\"key charted\">", "where the smallest class of honest networks lies")
                .contains("taken for a backdoor below")
                .doesNotContain("'smallest of honest networks'", "'backdoor below'");
    }

    /** The smallest mask of one class had no part in finding an attack on several, or a bend. */
    @ParameterizedTest
    @CsvSource({
        "patch, 0.07",
        "honest, 0.07",
        "pruning-aware, 0.07",
        "warp, –",
        "all-to-all, –",
        "source-specific, –",
    })
    void aMaskIsToldWhereItDecides(String kind, String told) {
        Network network = new Network(
                kind,
                "digits",
                kind,
                "test",
                new Truth("", new Ratio(95, 100), new Ratio(99, 100), 1),
                new Told(Audited.FOUND, 0.07, 0.1, 3, List.of(), true, Double.NaN, 1),
                null);
        assertThat(AuditCounts.mask(network)).isEqualTo(told);
    }
}
