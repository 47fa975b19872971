package io.sapper.network.operator;

/** What is known of a node's inputs before anything is computed. */
public interface Known {
    /** That something is not known yet: it depends on the numbers of an input. Not a fault. */
    final class NotKnown extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NotKnown() {
            super("depends on what is not known yet", null, false, false);
        }
    }

    /** The node's settings. */
    Attributes attributes();

    /** How many inputs, with those left out in between. */
    int count();

    /** How many outputs, with those left out in between. */
    int outputs();

    /** Whether an input is there. */
    boolean has(int input);

    /**
     * Sizes of an input's dimensions.
     *
     * @throws NotKnown if they are not known
     * @throws IllegalArgumentException if the input is left out
     */
    long[] shape(int input);

    /**
     * The numbers of an input of whole numbers, row-major.
     *
     * @throws NotKnown if they are not known
     */
    long[] integers(int input);

    /**
     * The numbers of an input, row-major.
     *
     * @throws NotKnown if they are not known
     */
    double[] reals(int input);
}
