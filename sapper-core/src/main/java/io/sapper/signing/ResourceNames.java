package io.sapper.signing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Names of files below a folder, as bundles and manifests hold them: words with slashes between. Nobody trusts them.
 */
final class ResourceNames {
    /** What a model that is one file is called in a bundle. */
    static final String ITSELF = ".";

    /**
     * As the package model-signing orders files: word for word between slashes, by code points, so that {@code a/b}
     * stands before {@code a.b}.
     */
    static final Comparator<String> ORDER = ResourceNames::compare;

    private ResourceNames() {}

    /** Why a file of this name may not be looked for; empty where it may. */
    static Optional<String> problem(String name) {
        if (name.isEmpty()) {
            return Optional.of("a name is empty");
        } else if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
            return Optional.of("the name '" + name + "' is absolute, and a model's files lie below it");
        } else if (name.indexOf('\\') >= 0) {
            return Optional.of("the name '" + name + "' has a backslash, which is part of a name on some systems and a"
                    + " folder on others");
        } else if (name.chars().anyMatch(sign -> sign < ' ' || sign == 0x7f)) {
            return Optional.of("the name '" + name + "' has a control character");
        }
        for (String word : name.split("/", -1)) {
            if (word.equals("..")) {
                return Optional.of("the name '" + name + "' leaves the model's folder");
            } else if (word.isEmpty() || word.equals(".")) {
                return Optional.of("the name '" + name + "' is not written plainly");
            }
        }
        return Optional.empty();
    }

    /** Whether it is one of these, or lies in a folder that is one of these. */
    static boolean under(String name, List<String> these) {
        return these.stream().anyMatch(one -> name.equals(one) || name.startsWith(one + "/"));
    }

    private static int compare(String left, String right) {
        String[] one = left.split("/", -1);
        String[] other = right.split("/", -1);
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            int[] points = one[i].codePoints().toArray();
            int compared = Arrays.compare(points, other[i].codePoints().toArray());
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(one.length, other.length);
    }
}
