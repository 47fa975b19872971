package io.sapper.data.detection;

import io.sapper.data.Listener;
import io.sapper.data.MalformedFileException;
import io.sapper.data.image.PictureSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folder of photographs with boxes, laid out as Pascal VOC, YOLO, LISA or Swedish Traffic Signs. Of the
 * photographs only the heads are read. Annotations are seldom clean: a box that reaches out of its photograph is cut,
 * one whose corners are swapped is put right, one without an area is left out, and each is told.
 */
public final class SceneFolder {
    private static final List<Layout> LAYOUTS =
            List.of(new VocLayout(), new LisaLayout(), new SwedishLayout(), new YoloLayout());

    /** Rounding, and programs that count pixels from 0 and from 1, are no fault. */
    private static final double TOLERATED = 1.5;

    private SceneFolder() {}

    /**
     * How a folder is read.
     *
     * @param classes what becomes of the classes
     * @param testShare of the photographs, in (0, 1), for data that are not divided; empty: 0.2
     * @param seed of the division
     */
    public record Options(ClassTable classes, OptionalDouble testShare, long seed) {
        /** All classes, a fifth for the test, seed 1. */
        public static final Options DEFAULT = new Options(ClassTable.AS_THEY_ARE, OptionalDouble.empty(), 1);

        public Options {
            if (testShare.isPresent() && !(testShare.getAsDouble() > 0 && testShare.getAsDouble() < 1)) {
                throw new IllegalArgumentException(
                        "The test share lies between 0 and 1, not at " + testShare.getAsDouble() + ".");
            }
        }
    }

    /** Whether a folder holds photographs with boxes in a layout that is read. */
    public static boolean is(Path folder) throws IOException {
        return layout(folder).isPresent();
    }

    private static Optional<Layout> layout(Path folder) throws IOException {
        for (Layout layout : LAYOUTS) {
            if (layout.is(folder)) {
                return Optional.of(layout);
            }
        }
        return Optional.empty();
    }

    /**
     * Reads it.
     *
     * @throws MalformedFileException if it is of no such layout, a file of annotations cannot be understood, a
     *     photograph is broken, a list names one that is not there, or one part has none
     * @throws IllegalArgumentException if a class is asked for that the data have not, or a test share of data that are
     *     divided
     */
    public static SceneSplit read(Path folder, Options options) throws IOException {
        Layout layout = layout(folder)
                .orElseThrow(() -> new MalformedFileException(
                        folder,
                        "",
                        "There are no photographs with boxes in a layout that is read: Pascal VOC, YOLO (with"
                                + " data.yaml or classes.txt), LISA (allAnnotations.csv and its frames), Swedish Traffic Signs"
                                + " (annotations.txt)."));
        Tally tally = new Tally();
        tally.note("layout", layout.text());
        Layout.Read read = layout.read(folder, tally);
        options.classes().check(read.classNames());
        List<String> classes = options.classes().names(read.classNames());
        List<Scene> scenes = new ArrayList<>();
        for (Marked one : read.scenes()) {
            scenes.add(scene(one, classes, options.classes(), tally));
        }
        @Nullable
        Boolean[] tested = SceneDivision.divide(folder, scenes, read, options.testShare(), options.seed(), tally);
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        Scenes train = part(name + " train", classes, scenes, tested, false);
        Scenes test = part(name + " test", classes, scenes, tested, true);
        checkParts(folder, scenes, train, test);
        tellOfBackground(train, test, tally);
        tellOfClasses(train, test, tally);
        tellOfParting(train, test, tally);
        return new SceneSplit(train, test, folder.toString(), tally.warnings(), tally.notes());
    }

    /** As {@link #read(Path, Options)}; the listener hears how they were read and what the user has to know. */
    public static SceneSplit read(Path folder, Options options, Listener listener) throws IOException {
        SceneSplit read = read(folder, options);
        read.settings().forEach((name, text) -> listener.message("Data, " + name + ": " + text + "."));
        read.warnings().forEach(listener::warning);
        return read;
    }

    private static void checkParts(Path folder, List<Scene> scenes, Scenes train, Scenes test)
            throws MalformedFileException {
        if (scenes.stream().allMatch(scene -> scene.boxes().isEmpty())) {
            throw new MalformedFileException(
                    folder,
                    "",
                    "None of the " + scenes.size() + " photographs with annotations has a box that is kept.");
        }
        if (train.size() == 0 || test.size() == 0) {
            long groups = scenes.stream().map(Scene::group).distinct().count();
            throw new MalformedFileException(
                    folder,
                    "",
                    "There are no photographs to " + (train.size() == 0 ? "train" : "test") + " on"
                            + (groups == 1
                                    ? ", for all " + scenes.size() + " are of one sign, which stays together"
                                    : "")
                            + ".");
        }
    }

    private static Scene scene(Marked one, List<String> classes, ClassTable table, Tally tally) throws IOException {
        PictureSize size = PictureSize.of(one.file());
        if (one.size().filter(said -> !said.equals(size)).isPresent()) {
            tally.add("Photographs of another size than their annotations say, so that boxes may be wrong", one.name());
        }
        List<LabelledBox> boxes = new ArrayList<>();
        for (Marked.Mark mark : one.marks()) {
            Optional<String> becomes = table.of(mark.className());
            if (becomes.isEmpty()) {
                continue;
            }
            Optional<Box> box = box(mark.corners(size.height(), size.width()), size, one.name(), tally);
            Optional<LabelledBox> labelled = box.map(found -> new LabelledBox(found, classes.indexOf(becomes.get())));
            if (labelled.filter(boxes::contains).isPresent()) {
                tally.add("Boxes that stand twice, counted once", one.name());
            } else {
                labelled.ifPresent(boxes::add);
            }
        }
        String group = one.group().isEmpty() ? one.name() : one.group();
        return new Scene(one.file(), one.name(), size.height(), size.width(), group, boxes);
    }

    private static Optional<Box> box(double[] edges, PictureSize size, String name, Tally tally) {
        if (edges[0] > edges[2] || edges[1] > edges[3]) {
            tally.add("Boxes with swapped corners, put right", name);
        }
        Box found = new Box(
                Math.min(edges[0], edges[2]),
                Math.min(edges[1], edges[3]),
                Math.max(edges[0], edges[2]),
                Math.max(edges[1], edges[3]));
        if (found.width() <= 0 || found.height() <= 0) {
            tally.add("Empty boxes, left out", name);
            return Optional.empty();
        }
        Box inside = found.within(size.height(), size.width());
        if (inside.width() <= 0 || inside.height() <= 0) {
            tally.add("Boxes outside their photograph, left out", name);
            return Optional.empty();
        }
        if (found.left() < -TOLERATED
                || found.top() < -TOLERATED
                || found.right() > size.width() + TOLERATED
                || found.bottom() > size.height() + TOLERATED) {
            tally.add("Boxes that reach out of their photograph, cut at its edge", name);
        }
        return Optional.of(inside);
    }

    private static Scenes part(
            String name, List<String> classes, List<Scene> scenes, @Nullable Boolean[] tested, boolean test) {
        List<Scene> chosen = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            if (Boolean.valueOf(test).equals(tested[i])) {
                chosen.add(scenes.get(i));
            }
        }
        return new Scenes(name, classes, chosen);
    }

    private static void tellOfBackground(Scenes train, Scenes test, Tally tally) {
        long empty =
                train.scenes().stream().filter(scene -> scene.boxes().isEmpty()).count();
        long emptyTest =
                test.scenes().stream().filter(scene -> scene.boxes().isEmpty()).count();
        if (empty + emptyTest > 0) {
            tally.note(
                    "without boxes",
                    String.format(Locale.ROOT, "%d photographs to train on, %d to test on", empty, emptyTest));
        }
    }

    private static void tellOfClasses(Scenes train, Scenes test, Tally tally) {
        for (int label = 0; label < train.classNames().size(); label++) {
            String name = train.classNames().get(label);
            if (train.boxCounts()[label] == 0) {
                tally.add("Classes without a box to train on, which cannot be learned", name);
            }
            if (test.boxCounts()[label] == 0) {
                tally.add("Classes without a box to test on, of which nothing can be said", name);
            }
        }
    }

    /** Lists may part what belongs together. */
    private static void tellOfParting(Scenes train, Scenes test, Tally tally) {
        List<String> groups =
                train.scenes().stream().map(Scene::group).distinct().toList();
        Set<String> known = new HashSet<>(groups);
        test.scenes().stream()
                .map(Scene::group)
                .distinct()
                .filter(known::contains)
                .forEach(group -> tally.add(
                        "Signs with photographs on both sides of the division, so that test figures flatter", group));
    }
}
