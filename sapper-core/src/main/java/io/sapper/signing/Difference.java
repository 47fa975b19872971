package io.sapper.signing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where files are not those that somebody vouched for. Names stand in order.
 *
 * @param changed with other contents
 * @param missing not there
 * @param extra there, and nobody vouches for them
 * @param odd sentences about what is no plain file
 */
record Difference(List<String> changed, List<String> missing, List<String> extra, List<String> odd) {
    private static final int MOST_NAMED = 3;

    /** How the standard calls a model that is one file. */
    private static final String ITSELF = ".";

    boolean none() {
        return changed.isEmpty() && missing.isEmpty() && extra.isEmpty() && odd.isEmpty();
    }

    /** For people: what differs, a few of each. */
    String text() {
        return String.join(
                "; ",
                List.of(
                                some(changed, "changed"),
                                some(missing, "missing"),
                                some(extra, "not among them"),
                                odd.isEmpty() ? "" : list(odd))
                        .stream()
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static String some(List<String> names, String what) {
        return names.isEmpty() ? "" : what + ": " + list(names);
    }

    private static String list(List<String> names) {
        String some = names.stream()
                .limit(MOST_NAMED)
                .map(name -> name.equals(ITSELF) ? "the file itself" : name)
                .collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMED ? some : some + " and " + (names.size() - MOST_NAMED) + " more";
    }
}
