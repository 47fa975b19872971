package io.sapper.cli;

import io.sapper.data.detection.ClassTable;
import java.util.List;
import picocli.CommandLine.Option;

/** How photographs with boxes are read. */
final class SceneArguments {
    @Option(
            names = "--classes",
            paramLabel = "NEW=OLD,...",
            arity = "1..*",
            description = "What the classes of photographs with boxes become, several with spaces between:"
                    + " stop=stop,stopAhead speedlimit; behind all words that are no options. Others are left out."
                    + " Default: as they are.")
    List<String> classes = List.of();

    /** Whether the user says anything. */
    boolean given() {
        return !classes.isEmpty();
    }

    /**
     * What becomes of the classes.
     *
     * @throws IllegalArgumentException in one line, if the user's table cannot be read
     */
    ClassTable table() {
        return ClassTable.parse(classes);
    }

    /**
     * For data that have no boxes.
     *
     * @param why in words: {@code FOLDER holds none}
     */
    void refuse(String why) {
        if (given()) {
            throw new IllegalArgumentException(
                    "--classes is for photographs with boxes, and " + why + ". Leave it out.");
        }
    }
}
