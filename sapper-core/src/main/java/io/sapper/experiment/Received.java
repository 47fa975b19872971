package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.data.Obtained;
import io.sapper.data.Seeds;
import io.sapper.data.Split;
import io.sapper.defense.Accuracy;
import io.sapper.metric.Ratio;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Inference;
import io.sapper.network.Preprocessing;
import io.sapper.network.Provenance;
import io.sapper.network.operator.NotSupported;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network that came from outside, and how pictures and classes are brought to it.
 *
 * @param file it was read from
 * @param own the network as it is in the file
 * @param input how pictures become what it reads
 * @param said whether the user said so, and is only warned where another is far better; else it is a guess, and refused
 *     there
 * @param labelled whether the clean images have labels; else the network's own answers are taken for them
 * @param classes names of its classes in the order of its scores; empty: as in the data
 */
public record Received(
        Path file, Graph own, Preprocessing input, boolean said, boolean labelled, List<String> classes) {
    private static final int TRIED = 300;
    /** So much more often right, another way of showing pictures is not passed over. */
    private static final double MUCH = 0.1;

    public Received {
        classes = List.copyOf(classes);
    }

    /** As Sapper's own networks are: pictures in [0, 1], labels and classes of the data. */
    public static Received plain(Path file, Graph graph) {
        return new Received(file, graph, Preprocessing.UNIT, true, true, List.of());
    }

    /** The network, with what brings Sapper's pictures to it in front. */
    public Graph graph() {
        return input.before(own);
    }

    /** Every file that it was read from: the model, then those beside it that hold its numbers. */
    public List<Path> files() {
        List<Path> all = new ArrayList<>(List.of(file));
        own.dataFiles().forEach(name -> all.add(file.toAbsolutePath().resolveSibling(name)));
        return all;
    }

    /** The setup with data whose classes and labels are the network's; goals are meant in those. */
    public Setup fitted(Setup setup) {
        Obtained data = setup.data();
        Split split = data.split();
        List<String> warnings = new ArrayList<>(data.warnings());
        Map<String, String> settings = new LinkedHashMap<>(data.settings());
        settings.put("network input", input.text());
        if (!classes.isEmpty() && labelled) {
            split = new Split(renamed(split.train()), renamed(split.test()), split.synthetic());
            settings.put("classes", "brought to the network's by name (--classes)");
        }
        if (!labelled) {
            Graph graph = graph();
            split = new Split(
                    answered(split.train(), graph, setup.compute()),
                    answered(split.test(), graph, setup.compute()),
                    split.synthetic());
            settings.put("labels", "the network's own answers (--labels model)");
            warnOfOneClass(split, warnings);
            warnings.add("The labels are the network's own answers (--labels model): clean accuracy says how far"
                    + " networks agree with the one that came in, not how often they are right.");
        } else if (said) {
            doubt(split.train(), setup).ifPresent(warnings::add);
        }
        return setup.withData(new Obtained(split, data.source(), warnings, settings));
    }

    private void warnOfOneClass(Split split, List<String> warnings) {
        int[] labels = split.test().labels();
        if (labels.length > 1 && IntStream.of(labels).allMatch(label -> label == labels[0])) {
            warnings.add("The network gives all " + labels.length + " test images class "
                    + split.test().classNames().get(labels[0]) + ", so agreement with it says nothing. Is --input "
                    + input.name() + " what it was trained on?");
        }
    }

    private Dataset renamed(Dataset data) {
        int[] places = data.classNames().stream()
                .mapToInt(name -> {
                    int at = classes.indexOf(name);
                    if (at < 0) {
                        throw new IllegalArgumentException(
                                "--classes has no line '" + name + "', which is a class of " + data.name() + ".");
                    }
                    return at;
                })
                .toArray();
        return labelled(
                data, IntStream.of(data.labels()).map(label -> places[label]).toArray(), classes);
    }

    private Dataset answered(Dataset data, Graph graph, Compute compute) {
        List<String> names = names(data, graph.classCount());
        int[] answers = Accuracy.answers(graph, data, compute);
        for (int answer : answers) {
            if (answer == Inference.NOT_FINITE) {
                throw new NotSupported("The network's answers to some of " + data.name()
                        + " are not finite, so they cannot be labels.");
            }
        }
        return labelled(data, answers, names);
    }

    /** What the network's classes are called: as the user says, as in the data if these are as many, or numbers. */
    private List<String> names(Dataset data, int count) {
        if (!classes.isEmpty()) {
            if (classes.size() != count) {
                throw new IllegalArgumentException(
                        "--classes names " + classes.size() + " classes, but the network knows " + count + ".");
            }
            return classes;
        }
        return count == data.classCount()
                ? data.classNames()
                : IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private static Dataset labelled(Dataset data, int[] labels, List<String> names) {
        return new Dataset(data.name(), data.samples(), labels, names);
    }

    /**
     * Tries some training images on the network: whether another way of showing them, or another order of the classes,
     * is right far more often than the one that was guessed.
     *
     * @throws IllegalArgumentException if so, with both numbers and the way out
     */
    void check(Setup setup) {
        if (said
                || !labelled
                || own.provenance().map(Provenance::producer).orElse("sapper").equals("sapper")) {
            return;
        }
        Dataset train = setup.data().split().train();
        if (graph().classCount() != train.classCount()) {
            return; // which is said elsewhere
        }
        Dataset tried = some(train, setup.seed());
        Ratio now = Accuracy.measure(graph(), tried, setup.compute());
        if (now.value() > 1 - MUCH) {
            return;
        }
        checkOrder(tried, now, setup.compute());
        Optional<Shown> best = better(tried, now, setup.compute());
        if (best.isPresent()) {
            throw new IllegalArgumentException(best.get().sentence(input, now) + " Say which with --input, for example"
                    + " --input " + best.get().input().name() + ".");
        }
    }

    /** What the user said is obeyed, and doubted where another way of showing pictures is right far more often. */
    private Optional<String> doubt(Dataset train, Setup setup) {
        if (graph().classCount() != train.classCount()) {
            return Optional.empty();
        }
        Dataset tried = some(train, setup.seed());
        Ratio now = Accuracy.measure(graph(), tried, setup.compute());
        return now.value() > 1 - MUCH
                ? Optional.empty()
                : better(tried, now, setup.compute())
                        .map(best -> best.sentence(input, now) + " Maybe --input "
                                + best.input().name() + " is meant.");
    }

    private static Dataset some(Dataset train, long seed) {
        int[] some = Arrays.copyOf(
                Seeds.permutation(train.size(), Seeds.generator(seed, "input")), Math.min(TRIED, train.size()));
        return train.subset("some of " + train.name(), some);
    }

    /**
     * A way of showing pictures, and how many of some are classified right with it.
     *
     * @param input the way
     * @param right of the pictures tried
     */
    private record Shown(Preprocessing input, Ratio right) {
        String sentence(Preprocessing other, Ratio there) {
            return String.format(
                    Locale.ROOT,
                    "Shown as '%s', %.1f %% of %d clean images are classified right; shown as '%s', %.1f %%.",
                    other.name(),
                    100 * there.value(),
                    there.total(),
                    input.name(),
                    100 * right.value());
        }
    }

    /** Of the presets, with red first and with blue first, the one that is right most often, if far more often. */
    private Optional<Shown> better(Dataset tried, Ratio now, Compute compute) {
        List<Preprocessing> ways = new ArrayList<>();
        boolean coloured = graph().inputShape().get(0) > 1;
        if (coloured) {
            ways.add(input.turned()); // first: of ways that are alike, the one that changes least is named
        }
        ways.addAll(Preprocessing.all());
        if (coloured) {
            Preprocessing.all().forEach(preset -> ways.add(preset.turned()));
        }
        Shown best = new Shown(input, now);
        for (Preprocessing way : ways) {
            Preprocessing other = Preprocessing.certain(own, way).withLayout(input.channelsLast());
            Ratio there = other.equals(input) ? now : shown(other, tried, compute);
            best = there.hits() > best.right().hits() ? new Shown(other, there) : best;
        }
        return best.right().value() > now.value() + MUCH && best.right().low() > now.high()
                ? Optional.of(best)
                : Optional.empty();
    }

    private Ratio shown(Preprocessing other, Dataset tried, Compute compute) {
        try {
            return Accuracy.measure(other.before(own), tried, compute);
        } catch (IllegalArgumentException e) {
            return new Ratio(0, tried.size()); // three channels' numbers for one channel
        }
    }

    /** Programs that sort folders as text have 10 before 2. */
    private void checkOrder(Dataset tried, Ratio now, Compute compute) {
        List<String> names = tried.classNames();
        List<String> asText = names.stream().sorted().toList();
        if (asText.equals(names)) {
            return;
        }
        int[] places = names.stream().mapToInt(asText::indexOf).toArray();
        int[] answers = Accuracy.answers(graph(), tried, compute);
        long right = IntStream.range(0, answers.length)
                .filter(i -> answers[i] == places[tried.label(i)])
                .count();
        Ratio there = new Ratio(right, answers.length);
        if (there.value() > now.value() + MUCH && there.low() > now.high()) {
            int turned = IntStream.range(0, asText.size() - 2)
                    .filter(i -> names.indexOf(asText.get(i)) > names.indexOf(asText.get(i + 1)))
                    .findFirst()
                    .orElse(asText.size() - 2);
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "With the classes %s, %.1f %% of %d clean images are classified right; sorted as text (%s before %s),"
                            + " %.1f %%. %s",
                    classes.isEmpty() ? "counted as numbers" : "in the order of --classes",
                    100 * now.value(),
                    tried.size(),
                    asText.get(turned),
                    asText.get(turned + 1),
                    100 * there.value(),
                    classes.isEmpty()
                            ? "Give the order of the network's classes with --classes FILE, one name on each line."
                            : "Maybe the file of --classes names them in another order than the network's."));
        }
    }
}
