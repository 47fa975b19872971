package io.sapper.cli;

import io.sapper.network.zoo.Architecture;
import java.util.ArrayList;
import java.util.Arrays;

/** The values of {@code --network}, for its help. */
final class NetworkNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    NetworkNames() {
        super(Arrays.stream(Architecture.values()).map(Architecture::id).toList());
    }
}
