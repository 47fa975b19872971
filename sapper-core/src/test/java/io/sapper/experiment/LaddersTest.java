package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.audit.Planted;
import io.sapper.data.Dataset;
import io.sapper.data.Holdout;
import io.sapper.defense.Limits;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.repair.Ladder;
import io.sapper.repair.LadderOptions;
import io.sapper.repair.LadderOptions.Search;
import io.sapper.repair.LadderOutcome.Looked;
import io.sapper.repair.Method;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaddersTest {
    /** Nothing was recovered because the time was over: the user is to hear that apart from "nothing was there". */
    @Test
    void aSearchThatWasCutOffIsWarnedOf() {
        assertThat(Ladders.blindness(looked(Planted.honest(), Duration.ofNanos(1))))
                .get()
                .asString()
                .startsWith(
                        "The repair is blind, as the search before it was not ended. The time (--budget) was used up")
                .endsWith(" A longer one (--budget) may find what there is to unlearn.");
        assertThat(Ladders.blindness(looked(Planted.honest(), Duration.ofHours(1))))
                .as("all was looked at")
                .isEmpty();
        assertThat(Ladders.blindness(looked(Planted.backdoored(), Duration.ofHours(1))))
                .as("something was recovered")
                .isEmpty();
    }

    private static Looked looked(Graph graph, Duration budget) {
        Dataset images = Planted.images(20);
        Holdout clean = Holdout.of(images, 96, 24, 1);
        LadderOptions options = new LadderOptions(
                Method.AUTO,
                LadderOptions.Tuning.DEFAULTS,
                new Limits(0.9, 0.9, true),
                Search.usual(1).within(budget));
        return Ladder.climb(
                        graph,
                        graph,
                        clean.fineTuning(),
                        clean.validation(),
                        Optional.empty(),
                        options,
                        1,
                        Compute.CPU,
                        LadderProgress.to(Reporter.SILENT))
                .looked()
                .orElseThrow();
    }
}
