package io.sapper.report;

import io.sapper.metric.Ratio;
import io.sapper.result.PruningCurve;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pruning curve in words. Public for the templates.
 *
 * @param curve the curve
 */
public record Curve(PruningCurve curve) {
    private static final int MOST_PRINTED = 80;
    private static final double FALLEN = 0.01;

    /** On paper, one point of so many: 1 unless the curve is long. */
    public int step() {
        return Math.max(1, (curve.points().size() + MOST_PRINTED - 1) / MOST_PRINTED);
    }

    /** Whether a point stands on paper too. */
    public boolean printed(PruningCurve.Point point) {
        return point.pruned() % step() == 0;
    }

    /** Whether the curve shows what the trigger does. */
    public boolean knowsTrigger() {
        return curve.points().stream().anyMatch(point -> point.attackSuccessRate() != null);
    }

    /** Whether the curve has accuracy on data that nothing was chosen on. */
    public boolean knowsTest() {
        return curve.points().stream().anyMatch(point -> point.cleanAccuracy() != null);
    }

    /** The point at which the rule stopped. */
    public Optional<PruningCurve.Point> chosen() {
        return curve.points().stream()
                .filter(point -> point.pruned() == curve.chosen())
                .findFirst();
    }

    /**
     * The three phases of Fine-Pruning, section 4.1, in one sentence: channels that neither kind of input needs,
     * channels that the trigger needs, channels that clean inputs need. A rate has fallen where it lies more than a
     * point below that of the whole network; clean accuracy, where it lies further below than the rule allows. Empty
     * where test data or trigger are not known.
     */
    public String phases() {
        if (!knowsTest() || !knowsTrigger()) {
            return "";
        }
        int attack = falls(PruningCurve.Point::attackSuccessRate, FALLEN);
        int clean = falls(PruningCurve.Point::cleanAccuracy, curve.allowedDrop());
        String quiet = "With up to " + Math.max(0, Math.min(attack, clean) - 1) + " pruned, neither rate falls; ";
        if (attack >= clean) {
            return quiet + "then clean accuracy falls first, so no number of channels takes the backdoor alone.";
        }
        return quiet + "from " + attack + " on attack success falls and clean accuracy holds; from "
                + Math.min(clean, curve.channels()) + " on clean accuracy falls as well.";
    }

    /** The first number of channels at which a rate has fallen by more than this; one more than all where none. */
    private int falls(Function<PruningCurve.Point, @Nullable Ratio> rate, double by) {
        double whole = value(rate.apply(curve.points().get(0)));
        return curve.points().stream()
                .filter(point -> value(rate.apply(point)) < whole - by - 1e-12)
                .mapToInt(PruningCurve.Point::pruned)
                .findFirst()
                .orElse(curve.channels() + 1);
    }

    private static double value(@Nullable Ratio ratio) {
        return ratio == null ? Double.NaN : ratio.value();
    }

    /** For those who cannot see the chart. */
    public String summary() {
        return "Line chart: rates as channels of layer " + curve.layer() + " are pruned, from 0 to "
                + (curve.points().isEmpty()
                        ? 0
                        : curve.points().get(curve.points().size() - 1).pruned())
                + " of " + curve.channels() + ". The rule stops at " + curve.chosen() + "."
                + chosen().map(Curve::describe).orElse("");
    }

    private static String describe(PruningCurve.Point point) {
        String there = " There, validation accuracy is " + Numbers.percent(point.validationAccuracy());
        if (point.attackSuccessRate() != null) {
            there += " and attack success " + Numbers.percent(point.attackSuccessRate());
        }
        return there + ".";
    }
}
