package io.sapper.sweep;

import java.util.List;

/**
 * One option of a command, and the values that it takes in a {@link Grid}, one after the other.
 *
 * @param name of the option, without its dashes
 * @param values at least one, each once
 */
public record Setting(String name, List<String> values) {
    /**
     * Checks that there is something to set, and nothing twice.
     *
     * @throws IllegalArgumentException if there is no value, or one stands there twice: two runs would have one name
     */
    public Setting {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("The setting '" + name + "' has no value, so that there is no run."
                    + " Give it one, or leave it out.");
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.indexOf(values.get(i)) < i) {
                throw new IllegalArgumentException("The setting '" + name + "' has the value '" + values.get(i)
                        + "' twice, so that two runs would have one name. Leave one out.");
            }
        }
    }
}
