package io.sapper.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The picture files in a folder, by their names' endings. */
public final class PictureListing {
    private PictureListing() {}

    /**
     * All below a folder, in the order of their names, without hidden ones.
     *
     * @param depth 1 for those in the folder itself
     */
    public static List<Path> below(Path folder, int depth) throws IOException {
        List<Path> found = new ArrayList<>();
        collect(folder, depth, found, new HashSet<>());
        return found;
    }

    /** @param seen folders, for links may lead back */
    private static void collect(Path folder, int depth, List<Path> found, Set<Path> seen) throws IOException {
        if (!seen.add(folder.toRealPath())) {
            return;
        }
        for (Path path : ClassFolders.sorted(folder)) {
            if (ClassFolders.isHidden(path)) {
                continue;
            }
            if (Kind.PICTURE.has(path)) {
                found.add(path);
            } else if (depth > 1 && Files.isDirectory(path) && Files.isReadable(path)) {
                collect(path, depth - 1, found, seen);
            }
        }
    }
}
