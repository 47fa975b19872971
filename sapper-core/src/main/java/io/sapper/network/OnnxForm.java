package io.sapper.network;

import io.sapper.network.operator.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A node on its way from a file to the newest form of its operator: everything about it may still change. */
final class OnnxForm {
    final String name;
    String domain;
    String operator;
    final Map<String, Object> attributes;
    final List<String> inputs;
    final List<String> outputs;
    /** Opset of its domain in the file. */
    final long version;

    private final Function<Initializer, String> constants;
    private final Function<String, Initializer> values;

    /**
     * @param constants takes in a new constant, and gives its name
     * @param values the constant of a name; null where it is none
     */
    OnnxForm(
            String name,
            String domain,
            String operator,
            long version,
            Map<String, Object> attributes,
            List<String> inputs,
            List<String> outputs,
            Function<Initializer, String> constants,
            Function<String, Initializer> values) {
        this.name = name;
        this.domain = domain;
        this.operator = operator;
        this.version = version;
        this.attributes = new TreeMap<>(attributes);
        this.inputs = new ArrayList<>(inputs);
        this.outputs = new ArrayList<>(outputs);
        this.constants = constants;
        this.values = values;
    }

    /** The settings as they are now. */
    Attributes set() {
        return Attributes.of(attributes);
    }

    boolean hasInput(int position) {
        return position < inputs.size() && !inputs.get(position).isEmpty();
    }

    /** Lets an input be a new constant. */
    void input(int position, Initializer value) {
        input(position, constants.apply(value));
    }

    void input(int position, String tensor) {
        while (inputs.size() <= position) {
            inputs.add("");
        }
        inputs.set(position, tensor);
    }

    /** The constant at an input; null where it is none. */
    @org.jspecify.annotations.Nullable
    Initializer constant(int position) {
        return hasInput(position) ? values.apply(inputs.get(position)) : null;
    }

    /** A setting of whole numbers becomes an input. */
    void integersToInput(String attribute, int position) {
        if (attributes.containsKey(attribute)) {
            long[] found = set().integers(attribute);
            attributes.remove(attribute);
            input(position, Initializer.of(List.of(found.length), found));
        }
    }

    /** A whole number becomes an input. */
    void integerToInput(String attribute, int position) {
        if (attributes.containsKey(attribute)) {
            long found = set().integer(attribute, 0);
            attributes.remove(attribute);
            input(position, Initializer.of(List.of(1), found));
        }
    }

    /** A real number becomes an input. */
    void realToInput(String attribute, int position) {
        if (attributes.containsKey(attribute)) {
            float found = set().real(attribute, 0);
            attributes.remove(attribute);
            input(position, new Initializer(List.of(), new float[] {found}));
        }
    }
}
