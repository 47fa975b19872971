package io.sapper.experiment;

import io.sapper.result.Finding;
import io.sapper.result.ReproducedFigures;
import io.sapper.training.TrainingOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table or figure of a paper on photographs with boxes. {@link SceneReproduction} lists them. */
interface SceneExperiment {
    /** Where it stands in which paper. */
    String source();

    /** The paper's numbers. */
    List<ReproducedFigures.Published> published();

    /** What some of the rows are a series along; null where none is. */
    default @Nullable String variable() {
        return null;
    }

    /** What of the whole is not as the paper had it, each one sentence. */
    List<String> deviations();

    /** The classes that it names, of which the data must have boxes. */
    default List<String> classes() {
        return List.of();
    }

    /** What came out, in a sentence or two. */
    String sentence(List<ReproducedFigures.Row> rows);

    /** Whether it needs photographs of another country too ({@link SceneLaboratory#abroad}). */
    default boolean goesAbroad() {
        return false;
    }

    /** Runs it with one seed. */
    Found run(SceneLaboratory lab, TrainingOptions training, Judgement judgement) throws IOException;

    /**
     * What one seed found.
     *
     * @param rows of the table
     * @param findings photographs, curves and the like, shown below it
     */
    record Found(List<ReproducedFigures.Row> rows, List<Finding> findings) {
        public Found {
            rows = List.copyOf(rows);
            findings = List.copyOf(findings);
        }
    }
}
