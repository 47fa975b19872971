package io.sapper.network;

/**
 * That a node of a network cannot compute what it is given, as only running it shows: the network contradicts itself,
 * whatever its caller said.
 */
public final class Contradiction extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Contradiction(Node node, IllegalArgumentException cause) {
        super("Node " + node.name() + " (" + node.operator().text() + "): " + cause.getMessage(), cause);
    }
}
