package io.sapper.data.detection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which classes of the data become which of a detector: {@code stop=stop,stopAhead speedlimit=15,25}. Classes that it
 * does not name are left out.
 */
public final class ClassTable {
    /** All classes, as the data have them. */
    public static final ClassTable AS_THEY_ARE = new ClassTable(List.of(), Map.of());

    private final List<String> names;
    private final Map<String, String> becomes;

    private ClassTable(List<String> names, Map<String, String> becomes) {
        this.names = List.copyOf(names);
        this.becomes = new LinkedHashMap<>(becomes);
    }

    /**
     * Reads it.
     *
     * @param entries each {@code NEW=OLD,OLD...}, or {@code NAME} for a class that stays as it is
     * @throws IllegalArgumentException in one line, if an entry is empty, or a class is named twice
     */
    public static ClassTable parse(Collection<String> entries) {
        List<String> names = new ArrayList<>();
        Map<String, String> becomes = new LinkedHashMap<>();
        for (String entry : entries) {
            int sign = entry.indexOf('=');
            String name = (sign < 0 ? entry : entry.substring(0, sign)).strip();
            List<String> members = List.of((sign < 0 ? entry : entry.substring(sign + 1)).split(",", -1));
            if (name.isEmpty() || members.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("--classes takes entries such as stop=stop,stopAhead with spaces"
                        + " between, not '" + entry + "'.");
            }
            if (sign < 0 && name.contains(",")) {
                throw new IllegalArgumentException(
                        "--classes has '" + entry + "', which is no class: put spaces between"
                                + " several, or say what they become, for example sign=" + entry + ".");
            }
            if (names.contains(name)) {
                throw new IllegalArgumentException("--classes makes the class " + name + " twice.");
            }
            names.add(name);
            for (String member : members) {
                @Nullable String before = becomes.put(member.strip(), name);
                if (before != null) {
                    throw new IllegalArgumentException(
                            "--classes names " + member.strip() + " twice, for " + before + " and for " + name + ".");
                }
            }
        }
        return new ClassTable(names, becomes);
    }

    /** The classes that there are then. */
    List<String> names(List<String> found) {
        return names.isEmpty() ? found : names;
    }

    /** What a class of the data becomes; empty if it is left out. */
    Optional<String> of(String found) {
        return names.isEmpty() ? Optional.of(found) : Optional.ofNullable(becomes.get(found));
    }

    /**
     * Checks that the data have what it names.
     *
     * @throws IllegalArgumentException naming what they have not
     */
    void check(List<String> found) {
        List<String> missing = becomes.keySet().stream()
                .filter(member -> !found.contains(member))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("--classes names " + String.join(", ", missing)
                    + ", but the data have the classes " + String.join(", ", found) + ".");
        }
    }

    /** Whether the other makes the same classes, in the same order, of the same ones. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClassTable table && names.equals(table.names) && becomes.equals(table.becomes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(names, becomes);
    }
}
