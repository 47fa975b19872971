package io.sapper.experiment;

import io.sapper.data.detection.Box;
import io.sapper.data.detection.LabelledBox;
import io.sapper.metric.Ratio;
import io.sapper.result.ProposalRecall;
import java.util.ArrayList;
import java.util.List;

/** How many signs a detector's first stage reaches, by their size and by how many proposals are looked at. */
final class ProposalCounts {
    private static final List<Integer> PROPOSALS = List.of(10, 50, 100, 300);
    private static final List<ProposalRecall.Size> SIZES = List.of(
            new ProposalRecall.Size(0, 16),
            new ProposalRecall.Size(16, 32),
            new ProposalRecall.Size(32, 64),
            new ProposalRecall.Size(64, Double.NaN));

    private ProposalCounts() {}

    /** Of a laboratory's test photographs; sizes are those on the canvas. */
    static ProposalRecall of(String network, List<List<Box>> proposed, SceneLaboratory lab) {
        return of(
                network,
                proposed,
                lab.test().scenes().scenes().stream().map(lab.canvas()::boxes).toList());
    }

    /**
     * Counts them.
     *
     * @param proposed of each photograph, the surest first
     * @param truths of each photograph, on the same canvas
     */
    static ProposalRecall of(String network, List<List<Box>> proposed, List<List<LabelledBox>> truths) {
        List<ProposalRecall.Row> rows = new ArrayList<>();
        for (int most : PROPOSALS) {
            List<Ratio> bySize = SIZES.stream()
                    .map(size -> recall(proposed, truths, most, size))
                    .toList();
            Ratio all = new Ratio(
                    bySize.stream().mapToLong(Ratio::hits).sum(),
                    bySize.stream().mapToLong(Ratio::total).sum());
            rows.add(new ProposalRecall.Row(network, most, all, bySize));
        }
        return new ProposalRecall(Matching.USUAL_OVERLAP, SIZES, rows);
    }

    private static Ratio recall(
            List<List<Box>> proposed, List<List<LabelledBox>> truths, int most, ProposalRecall.Size size) {
        long hits = 0;
        long total = 0;
        for (int i = 0; i < truths.size(); i++) {
            List<Box> surest = proposed.get(i).stream().limit(most).toList();
            for (LabelledBox truth : truths.get(i)) {
                double side = truth.box().side();
                if (side >= size.from() && !(side >= size.to())) { // the last has no end
                    total++;
                    hits += reached(truth.box(), surest) ? 1 : 0;
                }
            }
        }
        return new Ratio(hits, total);
    }

    private static boolean reached(Box truth, List<Box> surest) {
        return surest.stream().anyMatch(box -> box.intersectionOverUnion(truth) >= Matching.USUAL_OVERLAP);
    }
}
