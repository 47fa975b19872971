package io.sapper.metric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Hits of a total. In JSON it carries its value and its 95 % Wilson interval too (as null where undefined).
 *
 * @param hits how many had the property, 0 to {@code total}
 * @param total how many were looked at
 */
@JsonPropertyOrder({"hits", "total", "value", "low", "high"})
@JsonIgnoreProperties(ignoreUnknown = true)
public record Ratio(long hits, long total) {
    private static final double Z = 1.959963984540054; // the 97.5 % point of the normal distribution

    @JsonCreator
    public Ratio(@JsonProperty("hits") long hits, @JsonProperty("total") long total) {
        if (total < 0 || hits < 0 || hits > total) {
            throw new IllegalArgumentException("A ratio needs 0 <= hits <= total, not " + hits + " of " + total + ".");
        }
        this.hits = hits;
        this.total = total;
    }

    /** The fraction in [0, 1]; NaN when nothing was looked at. */
    @JsonProperty("value")
    public double value() {
        return total == 0 ? Double.NaN : (double) hits / total;
    }

    /** Lower end of the 95 % Wilson score interval; NaN when nothing was looked at. */
    @JsonProperty("low")
    public double low() {
        return hits == 0 && total > 0 ? 0 : centre() - halfWidth();
    }

    /** Upper end of the 95 % Wilson score interval; NaN when nothing was looked at. */
    @JsonProperty("high")
    public double high() {
        return hits == total && total > 0 ? 1 : centre() + halfWidth();
    }

    /** The sum of both counts. */
    public Ratio plus(Ratio other) {
        return new Ratio(hits + other.hits, total + other.total);
    }

    private double centre() {
        return (value() + Z * Z / (2.0 * total)) / (1 + Z * Z / total);
    }

    private double halfWidth() {
        double p = value();
        return Z / (1 + Z * Z / total) * Math.sqrt(p * (1 - p) / total + Z * Z / (4.0 * total * total));
    }
}
