package io.sapper.cli;

import io.sapper.data.detection.SceneSplit;
import io.sapper.data.detection.Scenes;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is in a set of photographs with boxes, for people and as JSON.
 *
 * @param source where it came from
 * @param training the part to train on
 * @param test the part to measure on
 * @param classes all of them, by number
 * @param settings how it was read
 * @param warnings what the user has to know
 */
record SceneListing(
        String source,
        Part training,
        Part test,
        List<ClassRow> classes,
        Map<String, String> settings,
        List<String> warnings) {
    /**
     * One part.
     *
     * @param photographs how many
     * @param boxes in all of them
     */
    record Part(int photographs, int boxes) {}

    /**
     * One class.
     *
     * @param number from 0
     * @param name of it
     * @param training boxes to train on
     * @param test boxes to measure on
     * @param medianSide of the boxes to train on, in pixels of the photographs; null if there are none
     */
    record ClassRow(
            int number,
            String name,
            int training,
            int test,
            @Nullable Double medianSide) {}

    static SceneListing of(SceneSplit data) {
        int[] training = data.train().boxCounts();
        int[] test = data.test().boxCounts();
        return new SceneListing(
                data.source(),
                part(data.train()),
                part(data.test()),
                IntStream.range(0, training.length)
                        .mapToObj(label -> new ClassRow(
                                label,
                                data.train().classNames().get(label),
                                training[label],
                                test[label],
                                number(data.train().medianSide(label))))
                        .toList(),
                data.settings(),
                data.warnings());
    }

    private static Part part(Scenes scenes) {
        return new Part(scenes.size(), IntStream.of(scenes.boxCounts()).sum());
    }

    private static @Nullable Double number(OptionalDouble side) {
        return side.isPresent() ? side.getAsDouble() : null;
    }

    /** Prints it for people. Warnings are on standard error already. */
    void print(PrintStream out) {
        out.println("Source:   " + source);
        out.println("Training: " + text(training));
        out.println("Test:     " + text(test));
        out.println();
        out.println(String.format(
                Locale.ROOT, "%6s  %9s  %9s  %11s  %s", "number", "training", "test", "median side", "class (boxes)"));
        for (ClassRow row : classes) {
            out.println(String.format(
                    Locale.ROOT,
                    "%6d  %,9d  %,9d  %11s  %s",
                    row.number(),
                    row.training(),
                    row.test(),
                    row.medianSide() == null ? "-" : String.format(Locale.ROOT, "%.0f px", row.medianSide()),
                    row.name()));
        }
    }

    private static String text(Part part) {
        return String.format(Locale.ROOT, "%,d photographs with %,d boxes", part.photographs(), part.boxes());
    }
}
