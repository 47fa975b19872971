package io.sapper.network.operator;

/**
 * That a network asks for something that may be right and that this build does not do: a refusal, where every other
 * {@link IllegalArgumentException} of an operator says that a network contradicts itself.
 */
public class NotSupported extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public NotSupported(String message) {
        super(message);
    }

    /** The same with its place before it. */
    public NotSupported at(String place) {
        return new NotSupported(place + getMessage());
    }
}
