package io.sapper.data;

import java.io.IOException;
import java.util.Map;

/** A place that MNIST may be had from. */
interface MnistSource {
    /** The place in words, for messages. */
    String describe();

    /**
     * Whatever the place has under the four names, unpacked but not yet checked.
     *
     * @throws IOException if the place cannot be reached or lacks a file
     */
    Map<MnistFile, Contents> fetch(Listener listener) throws IOException;
}
