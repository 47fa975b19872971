package io.sapper.defense;

import io.sapper.defense.FinePruning.Attempt;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether what was seen of a repair is good enough, by the interval of its loss (docs/decisions/0027). */
public final class Verdict {
    private static final double ROUNDING = 1e-12;

    private Verdict() {}

    /** Over all images that decide. Weak evidence, where it was accepted, is counted and not held to its interval. */
    public static Optional<Refusal> of(Comparison seen, Evidence evidence, Limits limits) {
        Loss loss = seen.loss();
        if (loss.value() > limits.loss() + ROUNDING) {
            return tooLarge(loss, limits);
        }
        if (loss.high() > limits.loss() + ROUNDING && !evidence.accepted()) {
            return Optional.of(new Refusal(
                    Refusal.Reason.LOSS_UNCERTAIN,
                    String.format(
                            Locale.ROOT,
                            "%s, which may mean up to %s points; at most %s are allowed, and more clean images would"
                                    + " tell.",
                            text(loss),
                            Evidence.points(loss.high()),
                            Evidence.points(limits.loss()))));
        }
        return worseClass(seen, limits);
    }

    /** After a part of the images: whether the whole could still be good enough if nothing more changed. */
    public static Optional<Refusal> hopeless(Comparison seen, Evidence evidence, Limits limits) {
        Loss atBest =
                new Loss(evidence.images(), seen.loss().worse(), seen.loss().better());
        return atBest.value() > limits.loss() + ROUNDING ? tooLarge(seen.loss(), limits) : Optional.empty();
    }

    /**
     * Of the network made with all images at the end, on those same images: they cannot show that it is good, but that
     * this one tuning went wrong.
     */
    public static Optional<Refusal> ofTheLast(Comparison seen, Limits limits) {
        return seen.loss().value() > limits.loss() + ROUNDING
                ? tooLarge(seen.loss(), limits)
                : worseClass(seen, limits);
    }

    private static Optional<Refusal> tooLarge(Loss loss, Limits limits) {
        return Optional.of(new Refusal(
                Refusal.Reason.LOSS_TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "%s: %s points lost, and at most %s are allowed.",
                        text(loss),
                        Evidence.points(loss.value()),
                        Evidence.points(limits.loss()))));
    }

    /** A class has few images: they cannot show that it lost little, but where it lost much, that it lost too much. */
    private static Optional<Refusal> worseClass(Comparison seen, Limits limits) {
        return seen.worseClasses().stream()
                .filter(row -> row.loss().low() > limits.classLoss() + ROUNDING)
                .findFirst()
                .map(row -> new Refusal(
                        Refusal.Reason.CLASS_WORSE,
                        String.format(
                                Locale.ROOT,
                                "Class %s fell from %d to %d of its %d clean images, by at least %s points, and a class may"
                                        + " lose at most %s.",
                                row.name(),
                                row.before().hits(),
                                row.after().hits(),
                                row.loss().images(),
                                Evidence.points(row.loss().low()),
                                Evidence.points(limits.classLoss()))));
    }

    /** Why no attempt was taken: the reason of the one that came nearest. */
    static Refusal ofAll(List<Attempt> attempts) {
        Attempt nearest = attempts.stream()
                .min(Comparator.comparingDouble(attempt ->
                        attempt.seen().map(seen -> seen.loss().value()).orElse(Double.MAX_VALUE)))
                .orElseThrow();
        return nearest.refusal().orElseThrow().ofLearningRates(attempts.size(), nearest.learningRate());
    }

    private static String text(Loss loss) {
        return String.format(
                Locale.ROOT,
                "Of %d clean images, %d were right before and wrong after, %d the other way round",
                loss.images(),
                loss.worse(),
                loss.better());
    }
}
