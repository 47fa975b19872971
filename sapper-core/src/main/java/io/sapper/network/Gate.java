package io.sapper.network;

import java.util.List;

/**
 * A place where something small, worked out of the input past the trained layers, decides about what the layers made: a
 * trigger may be built into the graph there. Found by the graph's form alone; {@link ForcedGate} says what it does.
 *
 * @param tensor what decides: one number for each input, or a condition
 * @param join name of the node where it decides
 * @param condition whether it chooses between two ways, rather than being added or multiplied
 * @param layersPast trained layers on the way from the input to it, at most
 * @param layersDecided trained layers on the way from the input to what it decides about, at most
 * @param path names of nodes from the input over it to an output
 */
public record Gate(
        String tensor, String join, boolean condition, int layersPast, int layersDecided, List<String> path) {
    public Gate {
        path = List.copyOf(path);
    }
}
