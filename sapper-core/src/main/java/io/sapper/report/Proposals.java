package io.sapper.report;

import io.sapper.result.ProposalRecall;
import io.sapper.result.ProposalRecall.Row;
import io.sapper.result.ProposalRecall.Size;
import java.util.List;

/**
 * Region proposals network by network. Public for the templates.
 *
 * @param recall the numbers
 */
public record Proposals(ProposalRecall recall) {
    /** In the order of their first rows. */
    public List<String> networks() {
        return recall.rows().stream().map(Row::network).distinct().toList();
    }

    /** Those of one network. */
    public List<Row> of(String network) {
        return recall.rows().stream()
                .filter(row -> row.network().equals(network))
                .toList();
    }

    /** For example {@code 16 to 32 pixels}. */
    public static String words(Size size) {
        String from = PhotographView.number(size.from());
        if (!Double.isFinite(size.to())) {
            return from + " pixels and more";
        }
        String to = PhotographView.number(size.to());
        return size.from() > 0 ? from + " to " + to + " pixels" : "below " + to + " pixels";
    }
}
