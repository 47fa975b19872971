package io.sapper.audit;

/**
 * One look at a network.
 *
 * @param id for machines
 * @param name for people
 * @param source the paper or page that it comes from
 * @param saw one or two sentences
 * @param speaks for a backdoor, against one, or neither
 * @param seconds it took
 */
public record Look(String id, String name, String source, String saw, Speaks speaks, double seconds) {
    /** What a look speaks for. */
    public enum Speaks {
        /** A backdoor. */
        FOR,
        /** None. */
        AGAINST,
        /** Neither. */
        NEITHER
    }

    /**
     * What was seen since it began.
     *
     * @param begin as {@link System#nanoTime} said then
     */
    public static Look since(long begin, String id, String name, String source, String saw, Speaks speaks) {
        return new Look(id, name, source, saw, speaks, (System.nanoTime() - begin) / 1e9);
    }
}
