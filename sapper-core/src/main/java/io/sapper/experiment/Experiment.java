package io.sapper.experiment;

import io.sapper.result.Reproduced.Published;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.List;

/** A table or figure of a paper that can be run again. One class each; {@link Reproduction} lists them. */
interface Experiment {
    /** How sure a published number is: seen in the paper itself or in a summary of it. */
    String CONFIRMED = "confirmed";

    /** Where it stands in which paper. */
    String source();

    /** The paper's numbers; empty where the paper has none. */
    List<Published> published();

    /** Training settings where the user gives none. */
    TrainingOptions training(int replicas);

    /** Runs it with one seed, the setup's. */
    List<Row> run(Setup setup, TrainingOptions training) throws IOException;

    /** Whether the attack is to succeed on networks of this kind, to be cleared, or only to be shown. */
    default Expected expected(Row row) {
        return row.attackSuccessRate() == null ? Expected.SHOWN : Expected.TO_SUCCEED;
    }

    /** What a row of a table is judged by. */
    enum Expected {
        TO_SUCCEED,
        TO_BE_CLEARED,
        SHOWN
    }
}
