package io.sapper.experiment;

import io.sapper.data.Dataset;
import io.sapper.defense.Comparison;
import io.sapper.defense.Comparison.ClassLoss;
import io.sapper.defense.Limits;
import io.sapper.metric.ClusteredMean;
import io.sapper.metric.Ratio;
import io.sapper.result.DetectionRates.ClassPrecision;
import io.sapper.result.Measurement;
import io.sapper.result.Outcome;
import io.sapper.result.Verdict;
import io.sapper.result.Verdict.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The one rule by which every command's verdict comes about (docs/decisions/0017). Each rate that was measured is held
 * against its limit: bad where the rate itself misses it, good where the whole 95 % interval meets it, unknown between:
 * then there were too few inputs to tell. The verdict is the worst of the checks.
 */
final class Judgement {
    private final Thresholds thresholds;
    private final List<Check> checks = new ArrayList<>();

    Judgement(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** A network classifies clean inputs far better than guessing, and its scores are numbers. */
    Judgement accurate(String network, Measurement seen, Dataset test) {
        finite(network, seen);
        return accurate(network, seen.cleanAccuracy(), test);
    }

    /** A network classifies clean inputs far better than guessing. */
    Judgement accurate(String network, Ratio accuracy, Dataset test) {
        double guessing = Arrays.stream(test.classSizes()).max().orElse(0) / (double) Math.max(1, test.size());
        double wanted = thresholds.accuracy(guessing);
        String why = thresholds.minAccuracy().isPresent()
                ? ""
                : ", half of the way from guessing (" + Words.percent(guessing) + ") to perfect";
        add(
                "Clean accuracy, " + network,
                Words.withInterval(accuracy),
                "at least " + Words.percent(wanted) + why + " (--min-accuracy)",
                atLeast(accuracy, wanted));
        return this;
    }

    private void finite(String network, Measurement seen) {
        if (seen.notFinite() > 0) {
            add(
                    "Scores, " + network,
                    seen.notFinite() + " inputs have scores that are not finite",
                    "finite numbers",
                    Outcome.BAD);
        }
    }

    /** The trigger works no longer, or never did. */
    Judgement harmless(String network, Measurement seen) {
        Ratio attack = seen.attackSuccessRate();
        if (attack.total() == 0) {
            return unknown("Attack success, " + network, "no trigger was named (--trigger, --goal)", "measured");
        }
        String mistakes = "; without the trigger "
                + Words.percent(seen.successWithoutTrigger().value());
        return harmless(network, attack, mistakes);
    }

    /** As {@link #harmless(String, Measurement)}, of the rate alone. */
    Judgement harmless(String network, Ratio attack) {
        return harmless(network, attack, "");
    }

    private Judgement harmless(String network, Ratio attack, String remark) {
        add(
                "Attack success, " + network,
                Words.withInterval(attack) + remark,
                "at most " + Words.percent(thresholds.maxAttackSuccess()) + " (--max-attack-success)",
                atMost(attack, thresholds.maxAttackSuccess()));
        return this;
    }

    /** Whether a trigger works on more than is borne; of how many images does not matter. */
    boolean works(Ratio attack) {
        return attack.value() > thresholds.maxAttackSuccess();
    }

    /** The trigger adds something to what the network does without it: its rate lies above, with both intervals. */
    Judgement adds(Measurement seen) {
        return adds(seen.attackSuccessRate(), seen.successWithoutTrigger());
    }

    /** As {@link #adds(Measurement)}, of the rates alone. */
    Judgement adds(Ratio with, Ratio without) {
        boolean wanted = thresholds.minAttackSuccess() > 0 && with.value() >= thresholds.minAttackSuccess();
        if (wanted && with.total() > 0 && with.low() <= without.high()) {
            add(
                    "What the trigger adds",
                    "without it the same inputs are taken so in " + Words.withInterval(without),
                    "less than with it",
                    Outcome.BAD);
        }
        return this;
    }

    /** An attack that was laid works. */
    Judgement laid(String network, Ratio attack) {
        add(
                "Attack success, " + network,
                Words.withInterval(attack),
                "at least " + Words.percent(thresholds.minAttackSuccess()) + " (--min-attack-success)",
                atLeast(attack, thresholds.minAttackSuccess()));
        return this;
    }

    /**
     * A repair did not cost more than allowed, on test data. Held by the value: that it is not more by chance was
     * decided on validation data, before.
     */
    Judgement affordable(Measurement before, Measurement after, double allowed) {
        double loss = before.cleanAccuracy().value() - after.cleanAccuracy().value();
        add(
                "Clean accuracy lost",
                Words.points(loss),
                "at most " + Words.points(allowed) + " (--max-loss)",
                loss <= allowed + 1e-12 ? Outcome.GOOD : Outcome.BAD);
        return this;
    }

    /**
     * No class lost more than one may, on test data. Held by the lower end of the interval, unlike the loss of all: of
     * many classes with few images each, some lose much by chance (docs/decisions/0046).
     *
     * @param allowed loss of one class, as a fraction
     * @return the classes that lost too much, the worst first
     */
    List<ClassLoss> classes(Comparison tested, double allowed) {
        List<ClassLoss> ruined = tested.worseClasses().stream()
                .filter(row -> row.loss().low() > allowed + 1e-12)
                .toList();
        String limit = "at most " + Words.points(allowed) + ", as the lower end of its interval (--max-class-loss)";
        ruined.forEach(row -> add("Class " + row.name() + ", test images", row.sentence(), limit, Outcome.BAD));
        if (ruined.isEmpty()) {
            add("Clean accuracy lost by any class", "not shown to be too much", limit, Outcome.GOOD);
        }
        return ruined;
    }

    /** A detector finds clean signs, by mean average precision, which is no count and so has no interval. */
    Judgement finds(String network, double meanAveragePrecision) {
        if (Double.isNaN(meanAveragePrecision)) {
            return unknown("Clean mean average precision, " + network, "no test photograph has a box", "measured");
        }
        double wanted = thresholds.accuracy(0);
        add(
                "Clean mean average precision, " + network,
                Words.percent(meanAveragePrecision),
                "at least " + Words.percent(wanted) + " (--min-accuracy)",
                meanAveragePrecision < wanted ? Outcome.BAD : Outcome.GOOD);
        return this;
    }

    /** As {@link #affordable(Measurement, Measurement, double)}, of a detector's mean average precision. */
    Judgement affordable(double before, double after, double allowed) {
        String limit = "at most " + Words.points(allowed) + " (--max-loss)";
        if (Double.isNaN(before - after)) {
            return unknown("Clean mean average precision lost", "no test photograph has a box", limit);
        }
        add(
                "Clean mean average precision lost",
                Words.points(before - after),
                limit,
                before - after <= allowed + 1e-12 ? Outcome.GOOD : Outcome.BAD);
        return this;
    }

    /**
     * No class of a detector lost more than one may, on test photographs. Held by the value, for average precision has
     * no interval; a class of few boxes may lose what one of them is worth ({@link Limits#classLoss(long)}).
     *
     * @return the classes that lost too much, the worst first
     */
    List<String> classes(List<ClassPrecision> before, List<ClassPrecision> after, Limits limits) {
        String limit = "at most " + Words.points(limits.classLoss()) + ", or what one of its boxes is worth"
                + " (--max-class-loss)";
        List<Integer> ruined = IntStream.range(0, before.size())
                .filter(i -> before.get(i).trueBoxes() > 0)
                .filter(i ->
                        lost(before, after, i) > limits.classLoss(before.get(i).trueBoxes()) + 1e-12)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -lost(before, after, i)))
                .toList();
        List<String> sentences = ruined.stream()
                .map(i -> before.get(i).name() + " ("
                        + Words.percent(after.get(i).averagePrecision()) + " instead of "
                        + Words.percent(before.get(i).averagePrecision()) + " on "
                        + before.get(i).trueBoxes() + " boxes)")
                .toList();
        for (String sentence : sentences) {
            add("Average precision of class", sentence, limit, Outcome.BAD);
        }
        if (ruined.isEmpty()) {
            double most = IntStream.range(0, before.size())
                    .filter(i -> before.get(i).trueBoxes() > 0)
                    .mapToDouble(i -> lost(before, after, i))
                    .max()
                    .orElse(Double.NaN);
            add(
                    "Average precision lost by any class",
                    most > 0 ? Words.points(most) + " at most" : "none",
                    limit,
                    Outcome.GOOD);
        }
        return sentences;
    }

    private static double lost(List<ClassPrecision> before, List<ClassPrecision> after, int label) {
        return before.get(label).averagePrecision() - after.get(label).averagePrecision();
    }

    /** As {@link #harmless(String, Measurement)}, of signs that were found. */
    Judgement harmless(String network, Ratio attack, Ratio without) {
        return harmless(network, attack, "; without the trigger " + Words.percent(without.value()));
    }

    /**
     * A backdoored detector finds clean signs about as well as the honest one: by mean average precision. Unknown where
     * the honest one finds too little to be held against: training failed, or was too short.
     */
    Judgement near(String network, double honest, double measured, double allowed) {
        String what = "Clean mean average precision, " + network;
        String seen = Words.percent(measured) + ", the honest one's is " + Words.percent(honest);
        String wanted = "at most " + Words.points(allowed) + " less";
        double least = thresholds.accuracy(0);
        if (!(honest >= least)) {
            return unknown(
                    what,
                    seen,
                    wanted + ", of an honest one that finds at least " + Words.percent(least) + " (--min-accuracy)");
        }
        add(what, seen, wanted, honest - measured <= allowed + 1e-12 ? Outcome.GOOD : Outcome.BAD);
        return this;
    }

    /**
     * The trigger takes more of a network than of another one, by more than chance: the interval of the difference of
     * the two losses, of the same signs, lies above 0.
     *
     * @param honest signs that the other one loses to the trigger, as a fraction
     * @param measured those that the network loses
     * @param more the difference, photograph by photograph
     */
    Judgement losesMore(String network, double honest, double measured, ClusteredMean more) {
        String wanted = "more than by the honest start (" + Words.points(honest) + "), by more than chance";
        if (more.groups() < 2) {
            return unknown("Signs lost to the trigger, " + network, "too few photographs to tell", wanted);
        }
        add(
                "Signs lost to the trigger, " + network,
                Words.points(measured) + "; the difference is " + Words.points(more.value()) + " (95 % interval "
                        + Words.points(more.low()) + " to " + Words.points(more.high()) + ")",
                wanted,
                more.low() > 0 ? Outcome.GOOD : more.value() > 0 ? Outcome.UNKNOWN : Outcome.BAD);
        return this;
    }

    /** Something was not done. */
    Judgement bad(String what, String measured, String wanted) {
        add(what, measured, wanted, Outcome.BAD);
        return this;
    }

    /** Nothing was measured that could tell. */
    Judgement unknown(String what, String why, String wanted) {
        add(what, why.replaceFirst("\\.$", ""), wanted, Outcome.UNKNOWN);
        return this;
    }

    private void add(String what, String measured, String wanted, Outcome outcome) {
        checks.add(new Check(what, measured, wanted, outcome));
    }

    Outcome outcome() {
        Outcome worst = checks.stream().map(Check::outcome).reduce(Outcome.GOOD, Outcome::and);
        return worst == Outcome.UNKNOWN && thresholds.strict() ? Outcome.BAD : worst;
    }

    /** The outcome of the check that was added last. */
    Outcome last() {
        return checks.get(checks.size() - 1).outcome();
    }

    Verdict verdict(String sentence) {
        return new Verdict(outcome(), sentence, checks);
    }

    private static Outcome atLeast(Ratio ratio, double limit) {
        if (ratio.total() == 0) {
            return Outcome.UNKNOWN;
        }
        return ratio.value() < limit ? Outcome.BAD : ratio.low() >= limit ? Outcome.GOOD : Outcome.UNKNOWN;
    }

    private static Outcome atMost(Ratio ratio, double limit) {
        return ratio.value() > limit ? Outcome.BAD : ratio.high() <= limit ? Outcome.GOOD : Outcome.UNKNOWN;
    }
}
