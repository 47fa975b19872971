package io.sapper.network.operator;

import java.util.Map;

/**
 * What a node does: an operator of the table ({@link Operators}) in its newest form, with the node's settings.
 *
 * @param domain empty for ONNX's own operators
 * @param name as in ONNX, for example {@code Conv}
 * @param attributes the node's settings
 */
public record Operator(String domain, String name, Attributes attributes) {
    /** One of ONNX's own, with settings. */
    public static Operator of(String name, Attributes attributes) {
        return new Operator("", name, attributes);
    }

    /** One of ONNX's own without settings. */
    public static Operator of(String name) {
        return of(name, Attributes.NONE);
    }

    /** One of ONNX's own with settings by name. */
    public static Operator of(String name, Map<String, Object> attributes) {
        return of(name, Attributes.of(attributes));
    }

    /** Whether it is one of these of ONNX's own. */
    public boolean is(String... names) {
        if (domain.isEmpty()) {
            for (String one : names) {
                if (one.equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The table's entry. */
    public OperatorType type() {
        return Operators.of(this);
    }

    /** As people write it: with its domain, where it is not ONNX's own. */
    public String text() {
        return domain.isEmpty() ? name : domain + "::" + name;
    }
}
