package io.sapper.result;

import io.sapper.metric.Ratio;
import java.util.List;

/**
 * How many of the signs a detector's region proposals reach: what none of them covers, no later step can name.
 *
 * @param overlap from which intersection over union on a proposal covers a sign, in (0, 1]
 * @param sizes the bins of sign size, the smallest first; may be empty
 * @param rows network by network, the fewest proposals first
 */
public record ProposalRecall(double overlap, List<Size> sizes, List<Row> rows) implements Finding {
    public ProposalRecall {
        if (!(overlap > 0 && overlap <= 1)) {
            throw new IllegalArgumentException("An overlap lies in (0, 1], not at " + overlap + ".");
        }
        sizes = Parts.list(sizes, "sizes");
        rows = Parts.list(rows, "rows");
        for (Row row : rows) {
            if (row.bySize().size() != sizes.size()) {
                throw new IllegalArgumentException("Each row needs a recall for each of the " + sizes.size()
                        + " sizes, not " + row.bySize().size() + ".");
            }
        }
    }

    /**
     * Signs of about one size, by the side of a square of the same area, as the network sees them.
     *
     * @param from in pixels, included
     * @param to in pixels, not included; NaN where there is no end
     */
    public record Size(double from, double to) {}

    /**
     * The surest proposals of a network.
     *
     * @param network in words, or one of the names in {@link Rates}
     * @param proposals how many of each scene, at most
     * @param all signs of every size that they cover
     * @param bySize the same for each size
     */
    public record Row(String network, int proposals, Ratio all, List<Ratio> bySize) {
        public Row {
            Parts.present(network, "network");
            Parts.present(all, "all");
            bySize = Parts.list(bySize, "bySize");
        }
    }
}
