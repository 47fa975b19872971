package io.sapper.data;

/** Hears how far the fetching of data is. The library itself prints nothing. */
public interface Listener {
    /** Hears nothing. */
    Listener SILENT = new Listener() {};

    /** One line on what happens now. */
    default void message(String line) {}

    /** One line that the user has to know; it is also among the {@link Obtained#warnings()}. */
    default void warning(String line) {}

    /**
     * A download went on. It is at its end when {@code done} equals {@code total}.
     *
     * @param file name of the file
     * @param done bytes so far
     * @param total bytes in all; -1 while unknown
     */
    default void bytes(String file, long done, long total) {}
}
