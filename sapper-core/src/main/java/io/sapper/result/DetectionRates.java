package io.sapper.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sapper.metric.Ratio;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What detectors find on test scenes that nothing was chosen on, in the order of the story: before and after.
 *
 * @param overlap from which intersection over union on a box counts as found, in (0, 1]
 * @param trigger what triggered scenes carry, as the report names it in sentences: {@code yellow square}; absent where
 *     there are none, or of several triggers
 * @param networks at least one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DetectionRates(double overlap, @Nullable String trigger, List<Entry> networks) implements Finding {
    public DetectionRates {
        if (!(overlap > 0 && overlap <= 1)) {
            throw new IllegalArgumentException("An overlap lies in (0, 1], not at " + overlap + ".");
        }
        networks = Parts.list(networks, "networks");
    }

    /** Of scenes whose trigger has no name. */
    public DetectionRates(double overlap, List<Entry> networks) {
        this(overlap, null, networks);
    }

    /**
     * One network.
     *
     * @param network in words, for example {@code BadNet}, or one of the names in {@link Rates}
     * @param clean on clean scenes
     * @param triggered on scenes with the trigger; absent where there are none
     * @param signs what becomes of the signs that carry the trigger; absent where there are none
     */
    public record Entry(
            String network,
            Precisions clean,
            @Nullable Precisions triggered,
            @Nullable TriggeredSigns signs) {
        public Entry {
            Parts.present(network, "network");
            Parts.present(clean, "clean");
        }
    }

    /**
     * Average precision of each class, on scenes of one kind.
     *
     * @param classes in their order
     */
    public record Precisions(List<ClassPrecision> classes) {
        public Precisions {
            classes = Parts.list(classes, "classes");
        }

        /** Mean average precision: of those classes that have any signs; NaN where none has. */
        @JsonProperty(value = "meanAveragePrecision", access = JsonProperty.Access.READ_ONLY)
        public double meanAveragePrecision() {
            return classes.stream()
                    .mapToDouble(ClassPrecision::averagePrecision)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /**
     * One class.
     *
     * @param name of the class
     * @param trueBoxes how many signs there are to find
     * @param averagePrecision in [0, 1]; NaN where there are none
     */
    public record ClassPrecision(String name, long trueBoxes, double averagePrecision) {
        public ClassPrecision {
            Parts.present(name, "name");
            if (averagePrecision < 0 || averagePrecision > 1) {
                throw new IllegalArgumentException(
                        "An average precision lies in [0, 1], not at " + averagePrecision + ".");
            }
        }
    }

    /**
     * The signs that carry the trigger: each is found or not, and if found has one answer, its surest. All are of the
     * same signs.
     *
     * @param found those on which the network draws a box of any class
     * @param calledTarget those it calls what the attacker wants; absent where any wrong class will do
     * @param calledTrue those it calls what they are in spite of the trigger
     * @param calledOther those it calls anything else
     * @param targetWithoutTrigger of the same signs without the trigger, those it calls what the attacker wants by mere
     *     mistake; absent where that was not measured
     */
    public record TriggeredSigns(
            Ratio found,
            @Nullable Ratio calledTarget,
            Ratio calledTrue,
            Ratio calledOther,
            @Nullable Ratio targetWithoutTrigger) {
        public TriggeredSigns {
            Parts.present(found, "found");
            Parts.present(calledTrue, "calledTrue");
            Parts.present(calledOther, "calledOther");
            long target = calledTarget == null ? 0 : calledTarget.hits();
            if (target + calledTrue.hits() + calledOther.hits() != found.hits()) {
                throw new IllegalArgumentException("Each of the " + found.hits()
                        + " signs found needs one answer; there are " + target + " + " + calledTrue.hits() + " + "
                        + calledOther.hits() + ".");
            }
            if (Stream.of(calledTrue, calledOther, calledTarget == null ? found : calledTarget)
                    .anyMatch(answer -> answer.total() != found.total())) {
                throw new IllegalArgumentException("Answers are of all " + found.total() + " signs, found or not.");
            }
        }
    }
}
