package io.sapper.experiment;

import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An experiment whose parts need nothing of each other, so that a sweep runs many of them at once. */
interface Divided extends Experiment {
    /** The names of the parts, in the order in which they are told. */
    List<String> parts();

    /**
     * Runs one part with one seed, the setup's. Its findings are as the whole experiment's, with what of them is of
     * this part.
     */
    Found part(Setup setup, TrainingOptions training, String part) throws IOException;

    @Override
    default Found run(Setup setup, TrainingOptions training) throws IOException {
        List<Row> rows = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (String part : parts()) {
            Found found = part(setup, training, part);
            rows.addAll(found.rows());
            Joined.into(findings, found.findings());
        }
        return new Found(rows, findings);
    }
}
