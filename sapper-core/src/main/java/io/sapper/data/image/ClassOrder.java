package io.sapper.data.image;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of class folders: as numbers where all are numbers (0, 1, 2, 10), else as text. As text, 10 would come
 * before 2, and a network that was trained on classes counted as numbers would be measured against the wrong ones.
 */
final class ClassOrder {
    private ClassOrder() {}

    /** The names in order; where they are numbers, that is noted. */
    static List<String> of(Collection<String> names, Notes notes) {
        List<String> ordered = new ArrayList<>(names);
        if (!names.stream().allMatch(name -> name.matches("[0-9]+"))) {
            ordered.sort(Comparator.naturalOrder());
            return List.copyOf(ordered);
        }
        ordered.sort(
                Comparator.comparing((String name) -> new BigInteger(name)).thenComparing(Comparator.naturalOrder()));
        notes.note("class order", "folders named by numbers, ordered as numbers: " + text(ordered));
        return List.copyOf(ordered);
    }

    private static String text(List<String> ordered) {
        String all = ordered.size() <= 4
                ? String.join(", ", ordered)
                : String.join(", ", ordered.subList(0, 3)) + ", ... " + ordered.get(ordered.size() - 1);
        boolean same = IntStream.range(0, ordered.size())
                .allMatch(i -> new BigInteger(ordered.get(i)).equals(BigInteger.valueOf(i)));
        return same
                ? all
                : all + "; classes count from 0 all the same: " + ordered.get(0) + " is class 0, "
                        + ordered.get(ordered.size() - 1) + " is class " + (ordered.size() - 1);
    }
}
