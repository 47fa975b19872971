package io.sapper.report;

import io.sapper.metric.Ratio;
import io.sapper.result.Measurement;

/** The three rates, each with its one name and its one colour. Public for the templates. */
public enum Rate {
    CLEAN_ACCURACY("Clean accuracy", "clean", "Clean inputs classified right. Higher is better."),
    ATTACK_SUCCESS(
            "Attack success rate", "attack", "Triggered inputs classified as the attacker wants. Lower is better."),
    RECOVERED_ACCURACY(
            "Recovered accuracy",
            "recovered",
            "Triggered inputs classified as their true class in spite of the trigger. Higher is better.");

    private final String label;
    private final String style;
    private final String meaning;

    Rate(String label, String style, String meaning) {
        this.label = label;
        this.style = style;
        this.meaning = meaning;
    }

    public String label() {
        return label;
    }

    /** The CSS class that gives it its colour. */
    public String style() {
        return style;
    }

    /** One sentence or two. */
    public String meaning() {
        return meaning;
    }

    public Ratio of(Measurement measurement) {
        return switch (this) {
            case CLEAN_ACCURACY -> measurement.cleanAccuracy();
            case ATTACK_SUCCESS -> measurement.attackSuccessRate();
            case RECOVERED_ACCURACY -> measurement.recoveredAccuracy();
        };
    }

    public Ratio of(Measurement.ClassRow row) {
        return switch (this) {
            case CLEAN_ACCURACY -> row.cleanAccuracy();
            case ATTACK_SUCCESS -> row.attackSuccessRate();
            case RECOVERED_ACCURACY -> row.recoveredAccuracy();
        };
    }
}
