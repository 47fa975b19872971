package io.sapper.data.detection;

import io.sapper.data.MalformedFileException;
import io.sapper.data.image.PictureListing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The photographs below a folder, to be found by whatever annotations and lists call them. */
final class Places {
    private static final int DEEPEST = 6;

    private final Path folder;
    private final Map<String, Path> byPath = new LinkedHashMap<>();
    private final Map<String, List<Path>> byEnd = new LinkedHashMap<>();

    /** Lists the folder. */
    Places(Path folder) throws IOException {
        this.folder = folder;
        for (Path file : PictureListing.below(folder, DEEPEST)) {
            String name = name(file);
            byPath.put(name, file);
            String last = name.substring(name.lastIndexOf('/') + 1);
            for (String end : List.of(last, stem(last))) {
                List<Path> same = byEnd.computeIfAbsent(end, unused -> new ArrayList<>());
                if (!same.contains(file)) {
                    same.add(file);
                }
            }
        }
    }

    /** All photographs, in the order of their names. */
    List<Path> all() {
        return List.copyOf(byPath.values());
    }

    /** Its path below the folder, with {@code /} between. */
    String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /** The photograph of that path below the folder. */
    Optional<Path> at(String path) {
        return Optional.ofNullable(byPath.get(path.replace('\\', '/')));
    }

    /**
     * The photograph of that path below the folder; else the only one of that file name, with its ending or without.
     */
    Optional<Path> find(String called) {
        String wanted = called.replace('\\', '/');
        while (wanted.startsWith("./")) {
            wanted = wanted.substring(2);
        }
        @Nullable Path exact = byPath.get(wanted);
        if (exact != null) {
            return Optional.of(exact);
        }
        List<Path> same = byEnd.getOrDefault(wanted.substring(wanted.lastIndexOf('/') + 1), List.of());
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }

    /** The photograph of that name, or of that name without its ending, in a folder. */
    Optional<Path> beside(Path home, String called) {
        String wanted = called.replace('\\', '/');
        List<Path> there = byEnd.getOrDefault(wanted.substring(wanted.lastIndexOf('/') + 1), List.of()).stream()
                .filter(file -> home.toAbsolutePath()
                        .normalize()
                        .equals(file.toAbsolutePath().normalize().getParent()))
                .toList();
        return there.size() == 1 ? Optional.of(there.get(0)) : Optional.empty();
    }

    /** Whether several photographs are called so. */
    boolean several(String called) {
        String wanted = called.replace('\\', '/');
        return byEnd.getOrDefault(wanted.substring(wanted.lastIndexOf('/') + 1), List.of())
                        .size()
                > 1;
    }

    /** A file name without its ending. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** A file name without its ending. */
    static String stem(Path file) {
        return stem(String.valueOf(file.getFileName()));
    }

    /**
     * A finite number.
     *
     * @throws MalformedFileException if it is none
     */
    static double number(String text, Path file, String where) throws MalformedFileException {
        try {
            double number = Double.parseDouble(text.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new MalformedFileException(file, where, "Expected a number, found '" + text.strip() + "'.");
    }
}
