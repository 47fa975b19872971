package io.sapper.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import io.sapper.metric.Ratio;
import io.sapper.result.ProposalRecall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalCountsTest {
    @Test
    void aSignIsReachedWhereAnyOfTheSurestProposalsOverlapsItByHalf() {
        LabelledBox small = new LabelledBox(new Box(0, 0, 10, 10), 0);
        LabelledBox middle = new LabelledBox(new Box(100, 100, 132, 132), 1); // 32 x 32: no longer in the second bin
        LabelledBox large = new LabelledBox(new Box(200, 0, 300, 100), 0);
        List<Box> proposed = new ArrayList<>();
        proposed.add(new Box(0, 0, 10, 20)); // overlaps the small one by exactly half
        for (int i = 0; i < 20; i++) {
            proposed.add(new Box(400, 400, 410, 410));
        }
        proposed.add(new Box(200, 0, 300, 100)); // the 22nd

        ProposalRecall recall =
                ProposalCounts.of("honest network", List.of(proposed), List.of(List.of(small, middle, large)));

        assertThat(recall.rows()).extracting(ProposalRecall.Row::proposals).containsExactly(10, 50, 100, 300);
        assertThat(recall.rows().get(0).all()).isEqualTo(new Ratio(1, 3));
        assertThat(recall.rows().get(1).all()).isEqualTo(new Ratio(2, 3));
        assertThat(recall.rows().get(1).bySize())
                .containsExactly(new Ratio(1, 1), new Ratio(0, 0), new Ratio(0, 1), new Ratio(1, 1));
    }
}
