package io.sapper.defense;

import io.sapper.metric.Ratio;

/**
 * What tuning comes to with the masks of pruned channels and without them, on versions of clean images that neither
 * network was tuned on. Images that a network knows by heart cannot show what a mask costs; versions of them can
 * (docs/decisions/0029).
 *
 * @param masked clean accuracy with the masks
 * @param unmasked clean accuracy without them
 */
public record MaskTrial(Ratio masked, Ratio unmasked) {
    /** Whether the masks stay: they do unless the network does better without them. */
    public boolean keeps() {
        return masked.hits() >= unmasked.hits();
    }
}
