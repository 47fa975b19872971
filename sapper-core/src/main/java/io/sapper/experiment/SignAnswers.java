package io.sapper.experiment;

import io.sapper.data.detection.Detection;
import io.sapper.data.detection.LabelledBox;
import io.sapper.metric.Ratio;
import io.sapper.poison.Goal;
import io.sapper.poison.TriggeredScenes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a detector calls the signs that an attack is on (BadNets, section 5.2; Fine-Pruning, table 1): of each sign the
 * surest detection that lies on it counts, of whatever class. The same signs without the trigger are counted the same
 * way, to hold beside.
 *
 * @param wanted signs that are called what the attacker wants; of the random attack, any wrong class
 * @param trueClass signs that are called what they are
 * @param otherClass signs that are called something else
 * @param notFound signs on which no detection lies
 */
public record SignAnswers(long wanted, long trueClass, long otherClass, long notFound) {
    private static final SignAnswers NONE = new SignAnswers(0, 0, 0, 0);

    /** The surest first; of equally sure ones that which lies better, then the class of the lower number. */
    private static Comparator<Detection> order(LabelledBox sign) {
        return Comparator.comparingDouble(Detection::score)
                .thenComparingDouble(one -> one.box().intersectionOverUnion(sign.box()))
                .reversed()
                .thenComparingInt(Detection::label);
    }

    /**
     * Counts them.
     *
     * @param signs the attacked ones, by {@link TriggeredScenes#signs}
     * @param detections for each of its photographs, with the trigger or without it
     * @param overlap least intersection over union of a detection with the sign's box, above 0
     * @param score only detections above it count
     * @throws IllegalArgumentException if there are not as many lists as photographs
     */
    public static SignAnswers of(
            TriggeredScenes signs, List<List<Detection>> detections, double overlap, double score) {
        return sum(each(signs, detections, overlap, score));
    }

    /** The sum of all. */
    public static SignAnswers sum(List<SignAnswers> all) {
        return all.stream().reduce(NONE, SignAnswers::plus);
    }

    /** As {@link #of(TriggeredScenes, List, double, double)}, of each photograph by itself. */
    public static List<SignAnswers> each(
            TriggeredScenes signs, List<List<Detection>> detections, double overlap, double score) {
        if (detections.size() != signs.signs().size()) {
            throw new IllegalArgumentException("There are detections for " + detections.size() + " photographs, not "
                    + signs.signs().size() + ".");
        }
        int classCount = signs.triggered().classNames().size();
        return IntStream.range(0, detections.size())
                .mapToObj(i -> sum(signs.signs().get(i).stream()
                        .map(sign -> surest(sign, detections.get(i), overlap, score)
                                .map(one -> of(sign.label(), one.label(), signs.goal(), classCount))
                                .orElse(new SignAnswers(0, 0, 0, 1)))
                        .toList()))
                .toList();
    }

    private static Optional<Detection> surest(
            LabelledBox sign, List<Detection> detections, double overlap, double score) {
        return detections.stream()
                .filter(one -> one.score() > score)
                .filter(one -> one.box().intersectionOverUnion(sign.box()) >= overlap)
                .min(order(sign));
    }

    private static SignAnswers of(int trueLabel, int answer, Goal goal, int classCount) {
        if (answer == trueLabel) {
            return new SignAnswers(0, 1, 0, 0);
        }
        return goal.succeeded(trueLabel, answer, classCount)
                ? new SignAnswers(1, 0, 0, 0)
                : new SignAnswers(0, 0, 1, 0);
    }

    /** The sum of both counts. */
    public SignAnswers plus(SignAnswers other) {
        return new SignAnswers(
                wanted + other.wanted,
                trueClass + other.trueClass,
                otherClass + other.otherClass,
                notFound + other.notFound);
    }

    /** All signs. */
    public long total() {
        return foundCount() + notFound;
    }

    private long foundCount() {
        return wanted + trueClass + otherClass;
    }

    /** Signs on which a detection lies, of all. */
    public Ratio found() {
        return new Ratio(foundCount(), total());
    }

    /** Signs called what the attacker wants, of all. */
    public Ratio wantedOfAll() {
        return new Ratio(wanted, total());
    }

    /** Signs called what they are, of all. */
    public Ratio trueOfAll() {
        return new Ratio(trueClass, total());
    }

    /** Signs called something else, of all. */
    public Ratio otherOfAll() {
        return new Ratio(otherClass, total());
    }

    /** Signs called what the attacker wants, of those found. */
    public Ratio wantedOfFound() {
        return new Ratio(wanted, foundCount());
    }

    /** Signs called what they are, of those found. */
    public Ratio trueOfFound() {
        return new Ratio(trueClass, foundCount());
    }

    /** Signs called something else, of those found. */
    public Ratio otherOfFound() {
        return new Ratio(otherClass, foundCount());
    }
}
