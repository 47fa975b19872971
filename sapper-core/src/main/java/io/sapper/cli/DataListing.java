package io.sapper.cli;

import io.sapper.data.Dataset;
import io.sapper.data.Obtained;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is in a data set, for people and as JSON.
 *
 * @param source where it came from
 * @param synthetic whether a program drew the images
 * @param samples what there is: images, recordings
 * @param shape of what a network sees of each: channels x rows x columns
 * @param training the part to train on
 * @param test the part to measure on
 * @param classes all of them, by number
 * @param settings how it was read
 * @param warnings what the user has to know
 */
record DataListing(
        String source,
        boolean synthetic,
        String samples,
        String shape,
        Part training,
        Part test,
        List<ClassRow> classes,
        Map<String, String> settings,
        List<String> warnings) {
    /**
     * One part.
     *
     * @param images how many
     * @param digest SHA-256 of shape, labels and pixels
     */
    record Part(int images, String digest) {}

    /**
     * One class.
     *
     * @param number from 0
     * @param name of it
     * @param training its training images
     * @param test its test images
     */
    record ClassRow(int number, String name, int training, int test) {}

    static DataListing of(Obtained data) {
        Dataset train = data.split().train();
        Dataset test = data.split().test();
        int[] trainSizes = train.classSizes();
        int[] testSizes = test.classSizes();
        return new DataListing(
                data.source(),
                data.split().synthetic(),
                train.samples().noun(),
                train.shape().toString(),
                new Part(train.size(), train.digest()),
                new Part(test.size(), test.digest()),
                IntStream.range(0, trainSizes.length)
                        .mapToObj(i -> new ClassRow(i, train.classNames().get(i), trainSizes[i], testSizes[i]))
                        .toList(),
                data.settings(),
                data.warnings());
    }

    /** Prints it for people. Warnings are on standard error already. */
    void print(PrintStream out) {
        out.println("Source:   " + source);
        out.println("Training: " + images(training));
        out.println("Test:     " + images(test));
        out.println();
        out.println(String.format(Locale.ROOT, "%6s  %9s  %9s  %s", "number", "training", "test", "class"));
        for (ClassRow row : classes) {
            out.println(String.format(
                    Locale.ROOT, "%6d  %,9d  %,9d  %s", row.number(), row.training(), row.test(), row.name()));
        }
        out.println();
        out.println("Digests (SHA-256 of shape, labels and pixels):");
        out.println("training  " + training.digest());
        out.println("test      " + test.digest());
    }

    private String images(Part part) {
        String seen = samples.equals("images") ? " of " : ", which a network sees as ";
        return String.format(
                Locale.ROOT, "%,d %s%s%s (channels x rows x columns)", part.images(), samples, seen, shape);
    }
}
