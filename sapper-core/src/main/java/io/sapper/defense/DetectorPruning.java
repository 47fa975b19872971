package io.sapper.defense;

import io.sapper.data.detection.Detection;
import io.sapper.network.Compute;
import io.sapper.network.Graph;
import io.sapper.network.Masks;
import io.sapper.network.detection.Detector;
import io.sapper.network.detection.DetectorRuns;
import io.sapper.training.DetectorTraining.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Switches off the channels of a detector's last convolution that clean photographs leave dormant. Fine-Pruning (Liu et
 * al. 2018), section 4.1. Sees the detector and clean validation photographs, nothing of an attack.
 *
 * <p>Defaults: a drop of 4 points, from the paper, of mean average precision. Departs from it in looking at states some
 * channels apart first, and channel by channel only between the last that keeps the rule and the first that breaks it:
 * each state is a run over all photographs.
 */
public final class DetectorPruning {
    /** Into so many parts the channels are divided for the first look. */
    private static final int PARTS = 16;

    private DetectorPruning() {}

    /** Over what the activation of a channel is averaged. */
    public enum Ranking {
        /** All places of the photographs, as the paper's networks are ranked over all places of their images. */
        PICTURE("over the picture"),
        /** The surest ten proposals of each photograph: about where signs are, in the detector's own opinion. */
        PROPOSALS("over proposals");

        private final String text;

        Ranking(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /**
     * A state on the way.
     *
     * @param pruned channels so far
     * @param precision mean average precision on the clean validation photographs
     */
    public record Point(int pruned, double precision) {}

    /**
     * What pruning did.
     *
     * @param graph the pruned detector; its masks stay on in whatever training follows
     * @param order all channels, least active first
     * @param chosen how many of them are pruned
     * @param points the states that were looked at, in order; the first is that of the detector as it came
     * @param meanActivations of each channel
     * @param classesBefore average precision of each class on the validation photographs with nothing pruned; NaN of a
     *     class without a box
     */
    public record Outcome(
            Graph graph,
            List<Integer> order,
            int chosen,
            List<Point> points,
            List<Double> meanActivations,
            List<Double> classesBefore) {
        public Outcome {
            order = List.copyOf(order);
            points = List.copyOf(points);
            meanActivations = List.copyOf(meanActivations);
            classesBefore = List.copyOf(classesBefore);
        }

        /** Mean average precision before. */
        public double before() {
            return points.get(0).precision();
        }

        /** Mean average precision with as many channels pruned as were chosen. */
        public double after() {
            return points.stream()
                    .filter(point -> point.pruned() == chosen)
                    .mapToDouble(Point::precision)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /** The mean activation of each channel on clean photographs. */
    public static List<Double> meanActivations(Detector detector, Seen clean, Ranking ranking, Compute compute) {
        int count = clean.scenes().size();
        return ranking == Ranking.PICTURE
                ? DetectorRuns.channelMeans(detector, clean.features(), count, compute)
                : DetectorRuns.regionMeans(detector, clean.features(), count, compute);
    }

    /** States for a curve: none pruned, then as evenly as can be up to all but the last part. */
    public static List<Integer> states(int channels, int parts) {
        return IntStream.range(0, parts)
                .map(part -> (int) Math.round((double) part * channels / parts))
                .distinct()
                .boxed()
                .toList();
    }

    /**
     * Prunes in the paper's steps: rank, prune, stop before precision falls too far.
     *
     * @param validation clean photographs as the detector's frozen backbone sees them
     * @param allowedDrop how far mean average precision may fall, in [0, 1]
     * @throws IllegalArgumentException if the photographs show nothing to find
     */
    public static Outcome prune(
            Detector detector,
            Seen validation,
            Ranking ranking,
            double allowedDrop,
            ClassPrecisions precision,
            Compute compute) {
        if (validation.scenes().scenes().stream()
                .allMatch(scene -> scene.boxes().isEmpty())) {
            throw new IllegalArgumentException("Pruning a detector needs clean photographs with signs; "
                    + validation.scenes().name() + " shows none. Give it more photographs.");
        }
        List<Double> means = meanActivations(detector, validation, ranking, compute);
        List<Integer> order = Pruning.rank(means);
        Function<List<Integer>, List<State>> look =
                states -> look(detector, validation, order, states, precision, compute);
        List<State> coarse = look.apply(states(order.size(), PARTS));
        List<Point> points = new ArrayList<>(points(coarse));
        int last = last(points, allowedDrop);
        int begin = points.get(last).pruned();
        int end = last + 1 < points.size() ? points.get(last + 1).pruned() : order.size();
        points.addAll(
                last + 1,
                points(look.apply(IntStream.range(begin + 1, end).boxed().toList())));
        int chosen = points.get(last(points, allowedDrop)).pruned();
        Graph pruned = chosen == 0
                ? detector.graph()
                : Masks.prune(detector.graph(), Detector.LAST_CONVOLUTION, Set.copyOf(order.subList(0, chosen)));
        return new Outcome(pruned, order, chosen, points, means, coarse.get(0).classes());
    }

    /** Average precision of each class with so many channels pruned. */
    private record State(int pruned, List<Double> classes) {}

    private static List<Point> points(List<State> states) {
        return states.stream()
                .map(state -> new Point(state.pruned(), ClassPrecisions.mean(state.classes())))
                .toList();
    }

    private static int last(List<Point> points, double allowedDrop) {
        double before = points.get(0).precision();
        return Pruning.last(
                points.stream().map(point -> before - point.precision()).toList(), allowedDrop);
    }

    private static List<State> look(
            Detector detector,
            Seen validation,
            List<Integer> order,
            List<Integer> states,
            ClassPrecisions precision,
            Compute compute) {
        List<List<List<Detection>>> found = DetectorRuns.detectionsAsPruned(
                detector, validation.features(), validation.scenes().scenes(), order, states, compute);
        return IntStream.range(0, states.size())
                .mapToObj(i -> new State(states.get(i), precision.of(validation.scenes(), found.get(i))))
                .toList();
    }
}
