package io.sapper.result;

import java.util.List;

/**
 * Some test inputs and what the networks say of them.
 *
 * @param chosen in words, how they were chosen
 * @param samples in the order in which to show them
 */
public record Samples(String chosen, List<Sample> samples) implements Finding {
    public Samples {
        Parts.present(chosen, "chosen");
        samples = Parts.list(samples, "samples");
    }
}
