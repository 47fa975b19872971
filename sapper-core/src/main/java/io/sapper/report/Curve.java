package io.sapper.report;

import io.sapper.result.PruningCurve;
import java.util.Optional;

/**
 * A pruning curve in words. Public for the templates.
 *
 * @param curve the curve
 */
public record Curve(PruningCurve curve) {
    private static final int MOST_PRINTED = 80;

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
