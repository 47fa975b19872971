package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.result.Finding;
import io.sapper.result.Reproduced.Published;
import io.sapper.result.Reproduced.Row;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A table or figure of a paper that can be run again. One class each; {@link Reproduction} lists them. */
interface Experiment {
    /** How sure a published number is: seen in the paper itself or in a summary of it. */
    String CONFIRMED = "confirmed";

    /** How sure another is. */
    String FROM_MEMORY = "from memory";

    /** Where it stands in which paper. */
    String source();

    /** The paper's numbers; empty where the paper has none. */
    List<Published> published();

    /** Training settings where the user gives none. */
    TrainingOptions training(int replicas);

    /** Settings of attacks that go on from an honest network; empty where all begin anew. */
    default Optional<TrainingOptions> retraining(TrainingOptions training) {
        return Optional.empty();
    }

    /** Runs it with one seed, the setup's. */
    Found run(Setup setup, TrainingOptions training) throws IOException;

    /** The data that it asks for, by the names that users type. */
    default List<String> data() {
        return List.of("mnist");
    }

    /** What of the data is not as the experiment asks, each one sentence. */
    default List<String> deviations(Dataset train) {
        return train.digest().equals(MNIST_TRAINING)
                ? List.of()
                : List.of("The data are " + train.name() + ", not MNIST's 60,000 training images.");
    }

    /** The digest of MNIST's training images, wherever they came from. */
    String MNIST_TRAINING = "581f68c0d21078899584a5b617bbfd3618d2357a445cd93167d566a4459c0a27";

    /**
     * What one seed found.
     *
     * @param rows of the table
     * @param findings curves and the like, shown below it
     */
    record Found(List<Row> rows, List<Finding> findings) {
        public Found {
            rows = List.copyOf(rows);
            findings = List.copyOf(findings);
        }

        static Found of(List<Row> rows) {
            return new Found(rows, List.of());
        }
    }

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
